#include "tests/fuzz/setting.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "handshake/ticket_keys.h"
#include "tests/support/identity.h"
#include "tests/support/lab.h"

namespace glasstls::fuzz {

namespace {

// That are kept; more are made anew.
constexpr std::size_t most_settings = 500;
constexpr std::size_t most_memories = 100;

/// `width` bits of `bits`, from bit `from` on.
unsigned part(std::uint16_t bits, unsigned from, unsigned width = 1) {
  return bits >> from & ((1u << width) - 1);
}

void apply(tls::CommonSettings& settings, bool protocols, bool record_size, bool few_records,
           bool small_fragments) {
  static test::TestRandom never_drawn_from;
  settings.random = &never_drawn_from;  // each connection has its own
  settings.now = test::in_validity;
  settings.roots = test::roots();
  if (protocols) settings.application_protocols = {"h2", "http/1.1"};
  if (record_size) settings.record_size_limit = 100;
  if (few_records) settings.record_limit = 6;
  if (small_fragments) settings.max_send_fragment = 64;
}

/// Who the doubles of clients can be, and who vouches for them.
struct Clients {
  test::Lab lab;
  std::shared_ptr<handshake::Credential> p256 = lab.client("p256");
  std::shared_ptr<handshake::Credential> ed25519 = lab.client("ed25519");
};

const Clients& clients() {
  static const Clients known;
  return known;
}

std::shared_ptr<const handshake::Credential> credential(const char* name, bool key_elsewhere) {
  auto made = test::credential(name);
  if (key_elsewhere) made->key = nullptr;
  return made;
}

std::shared_ptr<handshake::TicketKeys> ticket_keys() {
  std::vector<handshake::TicketKey> keys(1);
  keys[0].key_name.fill(0x4e);
  keys[0].secret = crypto::SecretBytes::copy_of(Bytes(48, 0x53));
  return std::make_shared<handshake::TicketKeys>(std::move(keys), 0);
}

Setting make_client(std::uint16_t bits) {
  Setting setting;
  setting.bits = bits;
  setting.store = std::make_shared<PlainStore>();
  tls::ClientSettings settings;
  apply(settings, setting.has(ClientBit::application_protocols),
        setting.has(ClientBit::record_size_limit), setting.has(ClientBit::few_records),
        setting.has(ClientBit::small_fragments));
  settings.false_start = setting.has(ClientBit::false_start);
  settings.verify_peer = !setting.has(ClientBit::believes_anyone);
  settings.require_extended_master_secret = setting.has(ClientBit::requires_extended_master_secret);
  settings.offer_extended_master_secret =
      !setting.has(ClientBit::no_extended_master_secret) || settings.require_extended_master_secret;
  settings.request_ocsp_response = setting.has(ClientBit::asks_for_status);
  settings.request_signed_certificate_timestamps = setting.has(ClientBit::asks_for_status);
  settings.offer_tickets = !setting.has(ClientBit::session_ids_only);
  settings.finish_writes_after_peer_closed = setting.has(ClientBit::finishes_writes);
  if (setting.has(ClientBit::sessions)) settings.sessions = setting.store;
  if (setting.has(ClientBit::credential))
    settings.credentials = {credential("p256", setting.has(ClientBit::key_elsewhere))};
  if (setting.has(ClientBit::strict_certificates))
    settings.certificate_profile = x509::Profile::strict;
  setting.options = {Side::client, settings.verify_peer, setting.has(ClientBit::late_answers)};
  setting.config = std::make_shared<const tls::Config>(std::move(settings));
  return setting;
}

Setting make_server(std::uint16_t bits) {
  Setting setting;
  setting.bits = bits;
  setting.store = std::make_shared<PlainStore>();
  tls::ServerSettings settings;
  apply(settings, setting.has(ServerBit::application_protocols),
        setting.has(ServerBit::record_size_limit), setting.has(ServerBit::few_records),
        setting.has(ServerBit::small_fragments));
  settings.roots = clients().lab.roots();
  const bool elsewhere = setting.has(ServerBit::key_elsewhere);
  settings.credentials = std::make_shared<handshake::Credentials>(
      handshake::Credentials::List{credential("p256", elsewhere), credential("ed25519", elsewhere),
                                   credential("rsa", elsewhere)});
  settings.require_extended_master_secret = setting.has(ServerBit::requires_extended_master_secret);
  settings.support_extended_master_secret =
      !setting.has(ServerBit::no_extended_master_secret) || settings.require_extended_master_secret;
  settings.prefer_client_order = setting.has(ServerBit::prefers_client_order);
  settings.strict_server_name = setting.has(ServerBit::strict_server_name);
  settings.finish_writes_after_peer_closed = setting.has(ServerBit::finishes_writes);
  if (setting.has(ServerBit::tickets)) settings.ticket_keys = ticket_keys();
  if (setting.has(ServerBit::sessions)) settings.sessions = setting.store;
  settings.verify_client = !setting.has(ServerBit::believes_anyone);
  if (setting.has(ServerBit::asks_for_certificate))
    settings.client_authentication = handshake::ClientAuthentication::requested;
  if (setting.has(ServerBit::requires_certificate))
    settings.client_authentication = handshake::ClientAuthentication::required;
  setting.options = {Side::server, settings.verify_client, setting.has(ServerBit::late_answers)};
  setting.config = std::make_shared<const tls::Config>(std::move(settings));
  return setting;
}

Setting& cached(std::map<std::uint16_t, Setting>& made, std::uint16_t bits,
                Setting (*make)(std::uint16_t)) {
  if (const auto found = made.find(bits); found != made.end()) return found->second;
  if (made.size() >= most_settings) made.clear();
  return made.emplace(bits, make(bits)).first->second;
}

tls::Connection connect(const Setting& setting, crypto::RandomSource& random,
                        Watched::Observers observers) {
  auto config = std::make_shared<const tls::Config>(*setting.config, random, test::in_validity);
  if (setting.options.own == Side::server)
    return tls::Connection::server(std::move(config), std::move(observers));
  return tls::Connection(std::move(config), x509::ServerName::parse("server.test"),
                         std::move(observers));
}

}  // namespace

Setting& client_setting(std::uint16_t ours) {
  static std::map<std::uint16_t, Setting> made;
  return cached(made, ours, make_client);
}

Setting& server_setting(std::uint16_t ours) {
  static std::map<std::uint16_t, Setting> made;
  return cached(made, ours, make_server);
}

const Setting::Memory& Setting::memory_of(std::uint16_t theirs,
                                          Memory (*remember)(Setting&, std::uint16_t)) {
  if (const auto found = memories_.find(theirs); found != memories_.end()) return found->second;
  if (memories_.size() >= most_memories) memories_.clear();
  return memories_.emplace(theirs, remember(*this, theirs)).first->second;
}

Ours::Ours(const Setting& setting)
    : random_(setting.options.own == Side::client ? "our client" : "our server"),
      watched_(setting.options, [&](Watched::Observers observers) {
        return connect(setting, random_, std::move(observers));
      }) {}

// --- The doubles

test::Choices server_choices(std::uint16_t theirs) {
  using crypto::SignatureScheme;
  struct Known {
    const char* identity;
    SignatureScheme scheme;
  };
  constexpr std::array identities{Known{"p256", SignatureScheme::ecdsa_secp256r1_sha256},
                                  Known{"ed25519", SignatureScheme::ed25519},
                                  Known{"rsa", SignatureScheme::rsa_pss_rsae_sha256},
                                  Known{"p384", SignatureScheme::ecdsa_secp384r1_sha384}};
  const auto suites = crypto::all_suites();
  const auto groups = crypto::all_groups();
  test::Choices choices;
  choices.suite = suites[part(theirs, 0, 3) % suites.size()].id;
  choices.identity = identities[part(theirs, 3, 2)].identity;
  choices.scheme = identities[part(theirs, 3, 2)].scheme;
  choices.group = groups[part(theirs, 5, 2) % groups.size()].id;
  choices.extended_master_secret = part(theirs, 7) == 0;
  if (part(theirs, 8) != 0) choices.ticket = Bytes(40, 0x54);
  if (part(theirs, 9) != 0) choices.session_id = Bytes(32, 0x49);
  choices.seed = "their server";
  return choices;
}

test::ClientChoices client_choices(std::uint16_t theirs) {
  const auto suites = crypto::all_suites();
  const auto groups = crypto::all_groups();
  test::ClientChoices choices;
  if (const unsigned suite = part(theirs, 0, 3); suite < suites.size())
    choices.suites = {suites[suite].id};
  if (const unsigned group = part(theirs, 3, 2); group < groups.size())
    choices.groups = {groups[group].id};
  choices.extended_master_secret = part(theirs, 5) == 0;
  choices.tickets = part(theirs, 6) != 0;
  constexpr std::array names{"server.test", "", "other.test", "a..b"};
  choices.server_name = names[part(theirs, 7, 2)];
  switch (part(theirs, 9, 2)) {
    case 1: choices.credential = clients().p256; break;
    case 2:
      choices.credential = clients().ed25519;
      choices.scheme = crypto::SignatureScheme::ed25519;
      break;
    case 3: choices.credential = test::credential("p256"); break;  // nobody vouches for it
    default: break;
  }
  choices.seed = "their client";
  return choices;
}

}  // namespace glasstls::fuzz
