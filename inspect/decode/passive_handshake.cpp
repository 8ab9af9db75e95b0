// PassiveDecoder: messages that decide, and secrets. RFC 5246, 7.4 and 8.1; RFC 5077; RFC 7627.
#include <algorithm>
#include <utility>

#include "inspect/decode/passive_decoder.h"
#include "inspect/decode/reasons.h"

namespace glasstls::inspect {

namespace {

/// The content of the first field of that name; empty without one.
View content(View message, const FieldTree& fields, std::string_view name) {
  const wire::Field* field = fields.find(name);
  if (field == nullptr || !field->end || *field->end > message.size()) return {};
  return message.subspan(field->content, *field->end - field->content);
}

std::optional<std::uint64_t> number(const FieldTree& fields, std::string_view name) {
  const wire::Field* field = fields.find(name);
  return field == nullptr ? std::nullopt : field->number;
}

bool has_extension(const FieldTree& fields, handshake::ExtensionType type) {
  return std::any_of(fields.fields().begin(), fields.fields().end(), [type](const auto& field) {
    return field.name == "extension_type" && field.number == static_cast<std::uint64_t>(type);
  });
}

std::optional<handshake::Random> random_of(View message, const FieldTree& fields) {
  const View bytes = content(message, fields, "random");
  handshake::Random random{};
  if (bytes.size() != random.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), random.begin());
  return random;
}

std::string text_of(View bytes) { return std::string(wire::as_text(bytes)); }

}  // namespace

// --- Hellos ----------------------------------------------------------------------------------------

/// Inside a protected connection: a new handshake, with keys of its own.
void PassiveDecoder::begin_again() {
  remark(reasons::remark_renegotiation);
  summary_.renegotiated = true;
  transcript_.restart();
  session_hash_.reset();
  master_.reset();
  not_derived_ = {};
  key_exchange_seen_ = false;
  for (Way& way : ways_) way.pending.reset();
}

void PassiveDecoder::on_client_hello(View message, const FieldTree& fields) {
  ++handshakes_;
  client_random_ = random_of(message, fields);
  offered_session_id_ = wire::copy(content(message, fields, "session_id"));
  offered_ticket_ = wire::copy(content(message, fields, "ticket"));
  client_ems_ = has_extension(fields, handshake::ExtensionType::extended_master_secret);
  if (handshakes_ > 1) return;
  summary_.client_random = client_random_;
  summary_.server_name = text_of(content(message, fields, "host_name"));
  if (const auto version = number(fields, "client_version"))
    summary_.offered_version = static_cast<ProtocolVersion>(*version);
  for (const wire::Field& field : fields.fields())  // RFC 8446, 4.2.1
    if (field.name == "versions" && field.number &&
        !name_of(ProtocolVersion(*field.number)).empty())
      summary_.offered_version =
          std::max(*summary_.offered_version, static_cast<ProtocolVersion>(*field.number));
}

void PassiveDecoder::on_server_hello(View message, const FieldTree& fields) {
  server_random_ = random_of(message, fields);
  session_id_ = wire::copy(content(message, fields, "session_id"));
  server_ems_ = has_extension(fields, handshake::ExtensionType::extended_master_secret);
  if (handshakes_ > 1) return;
  if (const auto version = number(fields, "server_version"))
    summary_.version = static_cast<ProtocolVersion>(*version);
  if (const auto selected = number(fields, "selected_version"))
    summary_.version = static_cast<ProtocolVersion>(*selected);
  if (const auto suite = number(fields, "cipher_suite")) {
    summary_.cipher_suite = static_cast<crypto::CipherSuite>(*suite);
    summary_.suite_name = name_of(*summary_.cipher_suite);
  }
  summary_.application_protocol = text_of(content(message, fields, "ProtocolName"));
  summary_.extended_master_secret = client_ems_ && server_ems_;
  if (!summary_.version) return;
  is_tls13_ = *summary_.version > ProtocolVersion::tls12 &&
              *summary_.version < static_cast<ProtocolVersion>(0x8000);
  if (is_tls13_)
    remark(reasons::remark_tls13);
  else if (*summary_.version < ProtocolVersion::tls12)
    remark(reasons::remark_old_version);
  else if (*summary_.version != ProtocolVersion::tls12)
    remark(reasons::remark_unknown_version);
  else if (summary_.cipher_suite && crypto::find(*summary_.cipher_suite) == nullptr)
    remark(reasons::remark_suite_not_implemented);
}

void PassiveDecoder::on_ticket(View message, const FieldTree& fields) {
  ticket_ = wire::copy(content(message, fields, "ticket"));
  remember_session();
}

/// Its verify_data covers all messages before it.
void PassiveDecoder::on_finished(Side from) {
  note_finished(from);
  if (master_ && transcript_.whole()) {
    const handshake::Derivation& row =
        from == Side::client ? handshake::client_finished : handshake::server_finished;
    static_cast<void>(schedule().derive_verify_data(
        row, *master_,
        crypto::hash(crypto::find(*summary_.cipher_suite)->prf_hash, transcript_.bytes())));
  } else if (master_ && recorder_ != nullptr) {
    recorder_->unknown_secret("verify_data", std::string(reasons::messages_missing));
  }
}

// --- Secrets ---------------------------------------------------------------------------------------

handshake::KeySchedule PassiveDecoder::schedule() const {
  return handshake::KeySchedule(*crypto::find(*summary_.cipher_suite), *client_random_,
                                *server_random_, recorder_);
}

std::string_view PassiveDecoder::why_not_derivable() const {
  if (!client_random_) return reasons::no_client_hello;
  if (!server_random_ || !summary_.version || !summary_.cipher_suite)
    return reasons::no_server_hello;
  if (*summary_.version < ProtocolVersion::tls12) return reasons::old_version;
  if (*summary_.version != ProtocolVersion::tls12) return reasons::unknown_version;
  if (crypto::find(*summary_.cipher_suite) == nullptr) return reasons::suite_not_implemented;
  return {};
}

/// The keys of both sides, when the first of them changes its cipher. Once for each handshake.
void PassiveDecoder::derive() {
  if (master_ || !not_derived_.empty()) return;
  not_derived_ = why_not_derivable();
  if (!not_derived_.empty()) return;
  if (handshakes_ == 1) summary_.resumed = !key_exchange_seen_;
  if (!find_master()) {
    if (not_derived_.empty())
      not_derived_ = !key_exchange_seen_ ? reasons::session_not_known
                     : log_ == nullptr   ? reasons::no_key_log
                                         : reasons::no_key_log_line;
    if (recorder_ != nullptr)
      for (const char* name :
           {"premaster_secret", "master_secret", "key_block", "client_write_key",
            "server_write_key", "client_write_IV", "server_write_IV", "verify_data"})
        recorder_->unknown_secret(name, std::string(not_derived_));
    return;
  }
  const handshake::ConnectionKeys keys = schedule().derive_keys(*master_);
  way(Side::client).pending.emplace(keys.client_write, crypto::AeadDirection::open);
  way(Side::server).pending.emplace(keys.server_write, crypto::AeadDirection::open);
  remember_session();
}

bool PassiveDecoder::find_master() {
  const bool is_resumed = !key_exchange_seen_;
  if (log_ != nullptr) {
    if (const auto* logged = log_->master_secret(*client_random_))
      return use(logged->secret, is_resumed ? "session" : "key log"), true;
    if (!is_resumed && take_premaster()) return true;
    if (!session_id_.empty())
      if (const auto* logged = log_->master_secret_of_session(session_id_))
        return use(logged->secret, is_resumed ? "session" : "key log"), true;
  }
  if (!is_resumed) return false;
  const crypto::MasterSecret* known =
      offered_ticket_.empty() ? nullptr : sessions_.by_ticket(offered_ticket_);
  if (known == nullptr && !session_id_.empty()) known = sessions_.by_session_id(session_id_);
  if (known == nullptr) return false;
  remark(reasons::remark_master_of_session);
  return use(*known, "session"), true;
}

/// A key log may give what the master secret is made from.
bool PassiveDecoder::take_premaster() {
  const auto* logged = log_->premaster_secret(*client_random_);
  if (logged == nullptr) return false;
  if (logged->secret.size() > crypto::PremasterSecret::capacity) {
    not_derived_ = reasons::premaster_too_long;
    return false;
  }
  const bool extended = client_ems_ && server_ems_;
  if (extended && !session_hash_) {
    not_derived_ = reasons::no_session_hash;
    return false;
  }
  const auto premaster = crypto::PremasterSecret::copy_of(logged->secret.reveal());
  if (recorder_ != nullptr)
    recorder_->secret({"premaster_secret",
                       "RFC 5246, 8.1",
                       {},
                       {"key log"},
                       premaster.reveal(),
                       *client_random_});
  master_ = extended ? schedule().derive_extended_master_secret(premaster, *session_hash_)
                     : schedule().derive_master_secret(premaster);
  return true;
}

void PassiveDecoder::use(const crypto::MasterSecret& master, std::string_view from) {
  master_ = crypto::MasterSecret::copy_of(master.reveal());
  if (recorder_ == nullptr) return;
  recorder_->secret({"master_secret",
                     from == "session" ? "RFC 5246, F.1.4" : "RFC 5246, 8.1",
                     {},
                     {from},
                     master.reveal(),
                     *client_random_});
  if (from != "session")
    recorder_->unknown_secret("premaster_secret", std::string(reasons::premaster_from_key_log));
}

/// Who resumes this session later needs no key log line of its own.
void PassiveDecoder::remember_session() {
  if (!master_) return;
  if (!session_id_.empty()) sessions_.add_session_id(session_id_, *master_);
  if (!ticket_.empty()) sessions_.add_ticket(ticket_, *master_);
}

}  // namespace glasstls::inspect
