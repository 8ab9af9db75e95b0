#include "tests/inspect/dissect/conversation.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>
#include <string>

#include "tests/support/data_files.h"

namespace glasstls::test {

namespace {

Side side_named(const std::string& name) { return name == "client" ? Side::client : Side::server; }

/// After a ServerHello version and suite are known.
void settle(inspect::DissectContext& context, View message) {
  if (message[0] != 2) return;
  const std::size_t suite = 39U + message[38];
  context.version = static_cast<ProtocolVersion>(message[4] << 8 | message[5]);
  context.cipher_suite = static_cast<crypto::CipherSuite>(message[suite] << 8 | message[suite + 1]);
}

void add(Conversation& all, Side side, View message) {
  inspect::DissectContext context = all.empty() ? inspect::DissectContext{} : all.back().context;
  if (!all.empty()) settle(context, all.back().message);
  context.side = side;
  all.push_back({side, wire::copy(message), context});
}

/// The messages of a direction's records, up to the first that is not of the handshake. Every
/// message of these data begins a record or follows another.
void add_records(Conversation& all, Side side, View bytes) {
  while (bytes.size() > 5 && bytes[0] == 22) {
    View fragment = bytes.subspan(5, static_cast<std::size_t>(bytes[3] << 8 | bytes[4]));
    bytes = bytes.subspan(5 + fragment.size());
    while (!fragment.empty()) {
      const std::size_t size = 4U + static_cast<std::size_t>(fragment[2] << 8 | fragment[3]);
      add(all, side, fragment.first(size));
      fragment = fragment.subspan(size);
    }
  }
}

}  // namespace

Conversation conversation(std::string_view name) {
  Conversation all;
  std::istringstream lines(read_data("data/inspect/hellos/" + std::string(name) + ".txt"));
  for (std::string side, hex; lines >> side >> hex;)
    add(all, side_named(side), wire::unhex(hex).value());
  return all;
}

const std::vector<std::string_view>& conversations() {
  static const std::vector<std::string_view> names{
      "chromium",  "curl",        "dh_anon",      "dhe_psk",         "dhe_rsa", "dhe_rsa_tls10",
      "ecdh_anon", "ecdhe_ecdsa", "ecdhe_psk",    "ecdhe_rsa_tls11", "gnutls",  "mutual",
      "openssl",   "openssl_srp", "openssl_srtp", "openssl_tls12",   "psk",     "python",
      "retry",     "rsa",         "rsa_psk"};
  return names;
}

Conversation golden_conversation(std::string_view name) {
  Conversation all;
  std::array<bool, 2> encrypts{};
  std::istringstream lines(read_data("golden/" + std::string(name) + ".txt"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string side;
    std::string hex;
    words >> side >> hex;
    if (side != "client" && side != "server") continue;
    const Bytes record = wire::unhex(hex).value();
    bool& silent = encrypts[side == "client" ? 0 : 1];
    silent = silent || record[0] != 22;
    if (!silent) add_records(all, side_named(side), record);
  }
  return all;
}

/// One connection on one machine, nothing lost: Ethernet, IPv4, TCP, in order.
Conversation tutorial_conversation() {
  const std::string file = read_data("../docs/tutorial/handshake.pcap");
  View bytes = wire::as_bytes(file).subspan(24);
  Conversation all;
  std::array<bool, 2> encrypts{};
  while (bytes.size() > 16) {
    const std::size_t size = bytes[8] | static_cast<std::size_t>(bytes[9] << 8);
    const View packet = bytes.subspan(16, size);
    bytes = bytes.subspan(16 + size);
    const View ip = packet.subspan(14);
    const View tcp = ip.subspan((ip[0] & 0x0fU) * 4);
    const std::size_t length = static_cast<std::size_t>(ip[2] << 8 | ip[3]);
    const View payload = ip.first(length).subspan(static_cast<std::size_t>(tcp.data() - ip.data()) +
                                                  (tcp[12] >> 4) * 4U);
    if (payload.empty()) continue;
    const Side side = (tcp[0] << 8 | tcp[1]) == 7777 ? Side::server : Side::client;
    bool& silent = encrypts[static_cast<std::size_t>(side)];
    if (!silent) add_records(all, side, payload);
    silent = silent || payload[0] != 22 || all.back().message[0] == 16;
  }
  return all;
}

Conversation everything_said() {
  Conversation all = tutorial_conversation();
  const auto take = [&all](const Conversation& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  for (const std::string_view name : conversations()) take(conversation(name));
  for (const std::string_view name : {"aes_256_gcm_x25519", "chacha20_poly1305_secp256r1"})
    take(golden_conversation(name));
  return all;
}

const Utterance& message_in(const Conversation& all, Side side, unsigned type) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Utterance& said) {
    return said.side == side && said.message[0] == type;
  });
  if (found == all.end()) throw std::out_of_range("no such message");
  return *found;
}

}  // namespace glasstls::test
