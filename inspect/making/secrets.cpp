// The key schedule of the connection: every value, what it derives from, and what is not known of
// it. RFC 5246, 5, 6.3, 7.4.9 and 8.1; RFC 7627, 4; RFC 8422, 5.10.
#include <array>
#include <utility>

#include "crypto/hash.h"
#include "handshake/key_schedule.h"
#include "inspect/making/draft.h"

namespace glasstls::inspect {

namespace {

/// PRF(key, "label", a + b)[0..length-1]
std::string prf_formula(const handshake::Derivation& row, std::size_t length) {
  std::string seed(row.inputs[0]);
  if (!row.inputs[1].empty()) seed += " + " + std::string(row.inputs[1]);
  std::string text =
      "PRF(" + std::string(row.secret) + ", \"" + std::string(row.label) + "\", " + seed + ")";
  if (length > 0) text += "[0.." + std::to_string(length - 1) + "]";
  return text;
}

class SecretMaker {
 public:
  explicit SecretMaker(Draft& draft) : draft_(draft), resumed_(is_resumed(draft)) {}

  void make() {
    if (draft_.suite() == nullptr) return;  // nothing is known of another suite's schedule
    if (!resumed_) {
      add_ephemeral(Side::client);
      add_ephemeral(Side::server);
      add_premaster();
      if (draft_.document.connection.extended_master_secret) add_session_hash();
    }
    add_master();
    add_key_block();
    for (const Side side : {Side::client, Side::server}) add_verify_data(side);
    add_exported();
  }

 private:
  static bool is_resumed(const Draft& draft) {
    const std::string& how = draft.document.connection.resumed;
    return how == "session_id" || how == "ticket";
  }

  /// What the recording holds of that name (and label, where names are not enough).
  const Recording::Secret* seen(std::string_view name, std::string_view label = {}) const {
    for (const Recording::Secret& secret : draft_.recording.secrets)
      if (secret.name == name && (label.empty() || secret.label == label)) return &secret;
    return nullptr;
  }

  /// Fills in the value, or why it is not known.
  void settle(Secret& secret, const Recording::Secret* seen) {
    secret.meaning = said(worded({"secret." + secret.name}));
    if (seen != nullptr) {
      secret.output = seen->value;
      secret.state = seen->value.empty() ? Knowledge::redacted : Knowledge::known;
      if (secret.section.empty()) secret.section = seen->section;
      return;
    }
    secret.state = Knowledge::unknown;
    for (const Recording::Unknown& unknown : draft_.recording.unknown)
      if (unknown.name == secret.name) secret.reason = said(unknown.reason);
    if (secret.reason.empty())
      secret.reason = said(draft_.recording.live ? "unknown.not_derived" : "unknown.no_key");
  }

  Id add(Secret secret) {
    draft_.document.secrets.push_back(std::move(secret));
    return static_cast<Id>(draft_.document.secrets.size() - 1);
  }

  Input from_secret(std::string name, std::optional<Side> side = {}) const {
    const auto id = draft_.secret(name, side);
    return {std::move(name), id ? std::optional(Ref{Table::secret, *id}) : std::nullopt};
  }

  Input from_field(std::string name, std::string_view message, std::string_view field) const {
    const auto id = draft_.message(message);
    const auto found = id ? draft_.any_field(*id, field) : std::nullopt;
    return {std::move(name), found ? std::optional(Ref{Table::field, *found}) : std::nullopt};
  }
  Input client_random() const { return from_field("client_random", "ClientHello", "random"); }
  Input server_random() const { return from_field("server_random", "ServerHello", "random"); }
  Input public_key(Side side) const {
    return from_field(side == Side::client ? "client's public key" : "server's public key",
                      side == Side::client ? "ClientKeyExchange" : "ServerKeyExchange", "point");
  }

  /// The private key of one side's ephemeral pair: known to its owner only.
  void add_ephemeral(Side side) {
    Secret secret;
    secret.name = "ephemeral_private_key";
    secret.side = side;
    secret.formula = "random";
    secret.section = "RFC 8422, 5.10";
    secret.message =
        draft_.message(side == Side::client ? "ClientKeyExchange" : "ServerKeyExchange");
    const bool ours = draft_.recording.live && draft_.recording.own == side;
    settle(secret, ours ? seen("ephemeral_private_key") : nullptr);
    if (secret.state == Knowledge::unknown && !ours)
      secret.reason = said(draft_.recording.live ? "unknown.peers_private_key"
                                                 : "unknown.private_key_never_sent");
    add(std::move(secret));
  }

  void add_premaster() {
    Secret secret;
    secret.name = "premaster_secret";
    const Side own = draft_.recording.own;
    secret.formula = "ECDH(" + std::string(name_of(own)) + "'s private key, " +
                     std::string(name_of(other(own))) + "'s public key)";
    secret.inputs = {from_secret("ephemeral_private_key", own), public_key(other(own))};
    secret.section = "RFC 8422, 5.10";
    secret.message = draft_.message("ClientKeyExchange");
    settle(secret, seen("premaster_secret"));
    if (secret.state == Knowledge::unknown && seen("master_secret") != nullptr &&
        secret.reason.key == "unknown.no_key")
      secret.reason = said("unknown.premaster_from_key_log");
    add(std::move(secret));
  }

  /// A public value on the way: the hash of handshake messages.
  Id add_hash(std::string name, std::optional<Side> side, const Bytes& messages, Id last,
              std::string formula, std::string section) {
    Secret secret;
    secret.name = std::move(name);
    secret.side = side;
    secret.is_public = true;
    secret.formula = std::move(formula);
    secret.inputs = {{"handshake messages", Ref{Table::message, last}}};
    secret.output = wire::copy(crypto::hash(draft_.suite()->prf_hash, messages).view());
    secret.meaning = said(worded({"secret." + secret.name}));
    secret.section = std::move(section);
    secret.message = last;
    return add(std::move(secret));
  }

  std::string hash_name() const { return std::string(crypto::name_of(draft_.suite()->prf_hash)); }

  void add_session_hash() {
    const auto last = draft_.message("ClientKeyExchange");
    if (!last) return;
    add_hash("session_hash", {}, draft_.transcript_through(*last), *last,
             hash_name() + "(ClientHello .. ClientKeyExchange)", "RFC 7627, 3");
  }

  void add_master() {
    const handshake::Derivation& row = draft_.document.connection.extended_master_secret
                                           ? handshake::extended_master_secret
                                           : handshake::master_secret;
    Secret secret;
    secret.name = "master_secret";
    if (resumed_) {
      secret.formula = "the master_secret of the session that is resumed";
      secret.inputs = {{"session", std::nullopt}};
      secret.section = "RFC 5246, F.1.4";
      secret.message = draft_.message("ServerHello");
    } else {
      secret.formula = prf_formula(row, row.length);
      secret.label = row.label;
      secret.inputs = {from_secret("premaster_secret")};
      if (&row == &handshake::extended_master_secret) {
        secret.inputs.push_back(from_secret("session_hash"));
      } else {
        secret.inputs.push_back(client_random());
        secret.inputs.push_back(server_random());
      }
      secret.section = row.section;
      secret.message = draft_.message("ClientKeyExchange");
    }
    const Recording::Secret* master = seen("master_secret");
    settle(secret, master);
    add(std::move(secret));
  }

  void add_key_block() {
    const crypto::AeadParameters& aead = crypto::parameters(draft_.suite()->aead);
    const std::size_t length = 2 * (aead.enc_key_length + aead.fixed_iv_length);
    Secret block;
    block.name = "key_block";
    block.formula = prf_formula(handshake::key_block, length);
    block.label = handshake::key_block.label;
    block.inputs = {from_secret("master_secret"), server_random(), client_random()};
    block.section = handshake::key_block.section;
    block.message = draft_.document.secrets.back().message;
    settle(block, seen("key_block"));
    add(std::move(block));

    const std::pair<Side, std::string_view> cut[] = {{Side::client, "client_write_key"},
                                                     {Side::server, "server_write_key"},
                                                     {Side::client, "client_write_IV"},
                                                     {Side::server, "server_write_IV"}};
    std::size_t offset = 0;
    for (const auto& [side, name] : cut) {
      const bool is_key = name.ends_with("key");
      const std::size_t size = is_key ? aead.enc_key_length : aead.fixed_iv_length;
      Secret piece;
      piece.name = name;
      piece.side = side;
      piece.formula =
          "key_block[" + std::to_string(offset) + ".." + std::to_string(offset + size - 1) + "]";
      piece.inputs = {from_secret("key_block")};
      piece.section = "RFC 5246, 6.3";
      piece.message = draft_.document.secrets.back().message;
      settle(piece, seen(name));
      add(std::move(piece));
      offset += size;
    }
  }

  void add_verify_data(Side side) {
    const auto finished = draft_.message("Finished", side);
    const handshake::Derivation& row =
        side == Side::client ? handshake::client_finished : handshake::server_finished;
    std::optional<Id> hash;
    if (finished)
      hash = add_hash("handshake_hash", side, draft_.transcript_before(*finished), *finished,
                      hash_name() + "(handshake messages before this Finished)", "RFC 5246, 7.4.9");
    Secret secret;
    secret.name = "verify_data";
    secret.side = side;
    secret.formula = prf_formula(row, row.length);
    secret.label = row.label;
    secret.inputs = {
        from_secret("master_secret"),
        {"handshake_hash", hash ? std::optional(Ref{Table::secret, *hash}) : std::nullopt}};
    secret.section = row.section;
    secret.message = finished;
    settle(secret, seen("verify_data", row.label));
    add(std::move(secret));
  }

  void add_exported() {
    for (const Recording::Secret& exported : draft_.recording.secrets) {
      if (exported.name != "exporter_value") continue;
      Secret secret;
      secret.name = exported.name;
      secret.formula = "PRF(master_secret, \"" + exported.label +
                       "\", client_random + server_random" +
                       (exported.inputs.size() > 3 ? " + length + context)" : ")");
      secret.label = exported.label;
      secret.inputs = {from_secret("master_secret"), client_random(), server_random()};
      secret.section = exported.section;
      settle(secret, &exported);
      add(std::move(secret));
    }
  }

  Draft& draft_;
  bool resumed_;
};

}  // namespace

void make_secrets(Draft& draft) {
  SecretMaker(draft).make();
  for (const Secret& secret : draft.document.secrets)
    if (!secret.is_public && secret.state == Knowledge::known)
      draft.document.connection.has_secrets = true;
}

}  // namespace glasstls::inspect
