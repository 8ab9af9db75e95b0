#include "handshake/key_schedule.h"

#include "crypto/prf.h"

namespace glasstls::handshake {

KeySchedule::KeySchedule(const crypto::SuiteParameters& suite, const Random& client_random,
                         const Random& server_random, Observer* observer)
    : suite_(suite),
      client_random_(client_random),
      server_random_(server_random),
      observer_(observer) {}

void KeySchedule::tell(std::string_view name, std::string_view label, std::string_view section,
                       std::initializer_list<std::string_view> inputs, View value) const {
  if (observer_ == nullptr) return;
  const bool exposed = observer_->exposes_secrets();
  observer_->secret({name, section, label, {inputs}, exposed ? value : View(), client_random_});
}

void KeySchedule::derive(const Derivation& row, View secret, std::initializer_list<View> seed,
                         MutableView out) const {
  crypto::prf(suite_.prf_hash, secret, row.label, seed, out);
  if (row.inputs[1].empty())
    tell(row.name, row.label, row.section, {row.secret, row.inputs[0]}, out);
  else
    tell(row.name, row.label, row.section, {row.secret, row.inputs[0], row.inputs[1]}, out);
}

crypto::PremasterSecret KeySchedule::agree(const crypto::EphemeralKey& own, View peer_point) const {
  crypto::PremasterSecret premaster = own.agree(peer_point);
  tell("ephemeral_private_key", {}, "RFC 8422, 5.10", {"random"}, own.reveal());
  tell("premaster_secret", {}, "RFC 8422, 5.10", {"ephemeral_private_key", "peer's public key"},
       premaster.reveal());
  return premaster;
}

crypto::MasterSecret KeySchedule::derive_master_secret(
    const crypto::PremasterSecret& premaster) const {
  crypto::MasterSecret master(master_secret.length);
  derive(master_secret, premaster.reveal(), {client_random_, server_random_}, master.fill());
  return master;
}

crypto::MasterSecret KeySchedule::derive_extended_master_secret(
    const crypto::PremasterSecret& premaster, const crypto::Digest& session_hash) const {
  crypto::MasterSecret master(extended_master_secret.length);
  derive(extended_master_secret, premaster.reveal(), {session_hash.view()}, master.fill());
  return master;
}

void KeySchedule::tell_resumed(const crypto::MasterSecret& master) const {
  tell("master_secret", {}, "RFC 5246, F.1.4", {"session"}, master.reveal());
}

// RFC 5246, 6.3: the key block is cut in this order; AEAD suites have no MAC keys.
ConnectionKeys KeySchedule::derive_keys(const crypto::MasterSecret& master) const {
  const crypto::AeadParameters& aead = crypto::parameters(suite_.aead);
  crypto::KeyBlock block(2 * (aead.enc_key_length + aead.fixed_iv_length));
  derive(key_block, master.reveal(), {server_random_, client_random_}, block.fill());

  View rest = block.reveal();
  const auto cut = [&](std::string_view name, std::size_t length) {
    const View piece = rest.first(length);
    rest = rest.subspan(length);
    tell(name, {}, "RFC 5246, 6.3", {"key_block"}, piece);
    return piece;
  };
  const View client_write_key = cut("client_write_key", aead.enc_key_length);
  const View server_write_key = cut("server_write_key", aead.enc_key_length);
  const View client_write_IV = cut("client_write_IV", aead.fixed_iv_length);
  const View server_write_IV = cut("server_write_IV", aead.fixed_iv_length);
  return {
      {suite_.aead, crypto::TrafficKey::copy_of(client_write_key),
       crypto::TrafficIv::copy_of(client_write_IV)},
      {suite_.aead, crypto::TrafficKey::copy_of(server_write_key),
       crypto::TrafficIv::copy_of(server_write_IV)},
  };
}

VerifyData KeySchedule::derive_verify_data(const Derivation& side,
                                           const crypto::MasterSecret& master,
                                           const crypto::Digest& handshake_hash) const {
  VerifyData verify_data{};
  derive(side, master.reveal(), {handshake_hash.view()}, verify_data);
  return verify_data;
}

void KeySchedule::derive_exported(const crypto::MasterSecret& master, std::string_view label,
                                  std::optional<View> context, MutableView out) const {
  constexpr std::string_view section = "RFC 5705, 4";
  if (!context) {
    crypto::prf(suite_.prf_hash, master.reveal(), label, {client_random_, server_random_}, out);
    tell("exporter_value", label, section, {"master_secret", "client_random", "server_random"},
         out);
    return;
  }
  const std::uint8_t length[] = {static_cast<std::uint8_t>(context->size() >> 8),
                                 static_cast<std::uint8_t>(context->size())};
  crypto::prf(suite_.prf_hash, master.reveal(), label,
              {client_random_, server_random_, length, *context}, out);
  tell("exporter_value", label, section,
       {"master_secret", "client_random", "server_random", "context"}, out);
}

}  // namespace glasstls::handshake
