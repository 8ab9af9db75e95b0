// From the ephemeral keys to the keys of records, and the two Finished.
#include <array>
#include <fmt/format.h>

#include "inspect/openssl/script.h"

namespace glasstls::inspect::openssl {

namespace {

/// DER around raw keys: what openssl reads. RFC 8410, 7; RFC 5958, 2; RFC 5915, 3; RFC 5480, 2.
struct Group {
  std::string_view name;
  std::string_view private_key;  // hexadecimal in front of the scalar
  std::string_view public_key;   // and in front of the point
  std::size_t point;             // bytes
};

constexpr std::array<Group, 3> groups{{
    {"x25519", "302e020100300506032b656e04220420", "302a300506032b656e032100", 32},
    {"secp256r1", "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420",
     "3059301306072a8648ce3d020106082a8648ce3d030107034200", 65},
    {"secp384r1", "304e020100301006072a8648ce3d020106052b81040022043730350201010430",
     "3076301006072a8648ce3d020106052b81040022036200", 97},
}};

const Group* group_of(const Script& script) {
  for (const Group& group : groups)
    if (group.name == script.document.connection.group) return &group;
  return nullptr;
}

constexpr std::string_view exchange_of(Side side) {
  return side == Side::client ? "ClientKeyExchange" : "ServerKeyExchange";
}

/// The owner's scalar and the peer's point.
void write_agreement(Script& script, Side owner, const Secret& scalar, const Group& group) {
  const std::string mine =
      script.part_of(script.field(script.message(exchange_of(owner)), "point"));
  const std::string peers =
      script.part_of(script.field(script.message(exchange_of(other(owner))), "point"));
  const Secret* premaster = script.known("premaster_secret");
  if (mine.empty() || peers.empty() || premaster == nullptr)
    return script.skip("premaster_secret", "the points or the value are not known");
  script.value("ephemeral_private_key", scalar.output);
  script.add(
      fmt::format("printf '%s%s\\n' {} \"$ephemeral_private_key\" | unhex >\"$work/private.der\"\n"
                  "{{ echo {} | unhex; {}; }} >\"$work/peer.der\"\n",
                  group.private_key, group.public_key, peers));
  script.add(fmt::format(
      "same \"the {}'s public key\" \\\n"
      "  \"$(openssl pkey -in \"$work/private.der\" -inform DER -pubout -outform DER | tail -c {} |"
      " hex)\" \\\n  \"$({} | hex)\"\n",
      name_of(owner), group.point, mine));
  script.value("premaster_secret", premaster->output);
  script.add(
      "same premaster_secret \"$(openssl pkeyutl -derive -inkey \"$work/private.der\" -keyform DER "
      "\\\n  -peerkey \"$work/peer.der\" -peerform DER | hex)\" \"$premaster_secret\"\n");
  script.will_check();
}

bool is_resumed(const Script& script) {
  const std::string& how = script.document.connection.resumed;
  return how == "session_id" || how == "ticket";
}

void write_extended_master(Script& script) {
  const Secret* hash = script.known("session_hash");
  const auto place = script.place(script.message("ClientKeyExchange"));
  if (hash == nullptr || !place)
    return script.skip("session_hash", "the handshake messages are not all known");
  script.comment("session_hash = Hash(ClientHello .. ClientKeyExchange). RFC 7627, section 3.");
  script.value("session_hash", hash->output);
  script.add(
      fmt::format("same session_hash \"$(transcript {} | hash)\" \"$session_hash\"\n\n", *place));
  script.will_check();
  const Secret* premaster = script.known("premaster_secret");
  if (premaster == nullptr)
    return script.skip("master_secret", "the premaster secret is not known");
  script.comment(
      "master_secret = PRF(premaster_secret, \"extended master secret\", session_hash)[0..47]. RFC "
      "7627, section 4.");
  script.value("premaster_secret", premaster->output);
  script.add(
      "same master_secret \"$(prf 48 \"$premaster_secret\" 'extended master secret' "
      "\"$session_hash\")\" \\\n  \"$master_secret\"\n");
  script.will_check();
}

void write_plain_master(Script& script) {
  const Secret* premaster = script.known("premaster_secret");
  if (premaster == nullptr)
    return script.skip("master_secret", "the premaster secret is not known");
  script.comment(
      "master_secret = PRF(premaster_secret, \"master secret\", ClientHello.random + "
      "ServerHello.random)[0..47]. RFC 5246, section 8.1.");
  script.value("premaster_secret", premaster->output);
  script.add(
      "same master_secret \"$(prf 48 \"$premaster_secret\" 'master secret' \\\n"
      "  \"$client_random$server_random\")\" \"$master_secret\"\n");
  script.will_check();
}

/// In the order of RFC 5246, 6.3. An AEAD has no MAC keys.
constexpr std::pair<Side, std::string_view> pieces[] = {{Side::client, "client_write_key"},
                                                        {Side::server, "server_write_key"},
                                                        {Side::client, "client_write_IV"},
                                                        {Side::server, "server_write_IV"}};

/// Compares the pieces with the key block.
void write_pieces(Script& script) {
  std::size_t offset = 0;
  for (const auto& [side, name] : pieces) {
    const Secret* piece = script.known(name, side);
    if (piece == nullptr) return script.skip(name, "it is not known, and where it lies neither");
    script.add(fmt::format("same {0} \"$(cut_hex {1} {2} \"$key_block\")\" \"${0}\"\n", name,
                           offset, piece->output.size()));
    offset += piece->output.size();
  }
}

bool has_randoms(const Script& script) {
  return !script.part_of(script.field(script.message("ClientHello"), "random")).empty() &&
         !script.part_of(script.field(script.message("ServerHello"), "random")).empty();
}

void write_key_block(Script& script) {
  const Secret* block = script.known("key_block");
  if (block == nullptr) return script.skip("key_block", "it is not known");
  if (!has_randoms(script)) return script.skip("key_block", "the randoms are not known");
  script.add("\n");
  script.comment(
      "key_block = PRF(master_secret, \"key expansion\", ServerHello.random + ClientHello.random): "
      "here the server's random comes first. It is cut into the keys of both sides and the parts "
      "of their nonces that stay the same. RFC 5246, section 6.3.");
  script.value("key_block", block->output);
  script.add(
      fmt::format("same key_block \"$(prf {} \"$master_secret\" 'key expansion' \\\n"
                  "  \"$server_random$client_random\")\" \"$key_block\"\n",
                  block->output.size()));
  script.will_check();
  write_pieces(script);
}

}  // namespace

void write_key_agreement(Script& script) {
  if (script.suite == nullptr || is_resumed(script)) return;
  script.section(
      "The key agreement",
      "premaster_secret = ECDH(own private key, peer's public key). RFC 8422, section "
      "5.10. The bytes in front of the keys are the DER that openssl wants around them.");
  const Group* group = group_of(script);
  for (const Side owner : {Side::client, Side::server}) {
    const Secret* scalar = script.known("ephemeral_private_key", owner);
    if (scalar != nullptr && group != nullptr)
      return write_agreement(script, owner, *scalar, *group);
  }
  script.skip("premaster_secret",
              "it needs the ephemeral private key of one side, which never leaves it");
}

void write_key_schedule(Script& script) {
  if (script.suite == nullptr) return;
  script.section("The key schedule", "");
  for (const auto& [side, name] : pieces)
    if (const Secret* piece = script.known(name, side))
      script.value(std::string(name), piece->output);
  const Secret* master = script.known("master_secret");
  if (master == nullptr) return script.skip("the key schedule", "the master secret is not known");
  script.value("master_secret", master->output);
  if (has_randoms(script)) {
    const auto random = [&](std::string_view hello) {
      return script.part_of(script.field(script.message(hello), "random"));
    };
    script.add(fmt::format("client_random=$({} | hex)\nserver_random=$({} | hex)\n\n",
                           random("ClientHello"), random("ServerHello")));
  }
  if (is_resumed(script))
    script.skip("master_secret", "it is that of the session that was resumed");
  else if (script.document.connection.extended_master_secret)
    write_extended_master(script);
  else if (has_randoms(script))
    write_plain_master(script);
  write_key_block(script);
}

void write_finished(Script& script) {
  if (script.suite == nullptr || script.known("master_secret") == nullptr) return;
  script.section("Finished",
                 "verify_data = PRF(master_secret, \"client finished\" or \"server finished\", "
                 "Hash(handshake messages before this Finished))[0..11]. RFC 5246, section 7.4.9. "
                 "Who knows both proves that nobody changed the handshake.");
  for (const Side side : {Side::client, Side::server}) {
    const std::string who(name_of(side));
    const auto place = script.place(script.message("Finished", side));
    const Secret* hash = script.known("handshake_hash", side);
    const Secret* verify_data = script.known("verify_data", side);
    if (!place || hash == nullptr) {
      script.skip(who + "_verify_data", "that Finished could not be read");
      continue;
    }
    script.value(who + "_handshake_hash", hash->output);
    script.add(fmt::format(
        "same {0}_handshake_hash \"$(transcript {1} | hash)\" \"${0}_handshake_hash\"\n"
        "computed=$(prf 12 \"$master_secret\" '{0} finished' \"${0}_handshake_hash\")\n",
        who, *place - 1));
    if (verify_data != nullptr) {
      script.value(who + "_verify_data", verify_data->output);
      script.add(fmt::format("same {0}_verify_data \"$computed\" \"${0}_verify_data\"\n", who));
    }
    const std::string sent =
        script.part_of(script.field(script.message("Finished", side), "verify_data"));
    if (!sent.empty())
      script.add(fmt::format(
          "same \"verify_data in the {}'s Finished\" \"$computed\" \"$({} | hex)\"\n", who, sent));
    script.will_check();
  }
}

}  // namespace glasstls::inspect::openssl
