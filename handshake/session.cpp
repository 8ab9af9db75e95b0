#include "handshake/session.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include "crypto/constant_time.h"
#include "handshake/session_archive.h"

namespace glasstls::handshake {

namespace {

constexpr std::uint8_t current_format = 1;
constexpr std::size_t master_secret_length = crypto::MasterSecret::capacity;
constexpr std::size_t master_secret_offset = sizeof current_format;

using MasterSecretBytes = std::array<std::uint8_t, master_secret_length>;

/// The encoding, in order.
void fields(auto& ar, auto& format, auto& master_secret, auto& session) {
  ar.field("format", format);
  ar.opaque("master_secret", master_secret);
  ar.field("cipher_suite", session.cipher_suite);
  ar.flag("extended_master_secret", session.extended_master_secret);
  ar.field("group", session.group);
  ar.field("signature_scheme", session.signature_scheme);
  ar.text("server_name", session.server_name, within<0, 0xffff>);
  ar.opaque("context", session.context, within<0, 0xffff>);
  ar.certificates("peer_chain", session.peer_chain);
  ar.optional("verdict", session.verdict,
              [&](auto& verdict) { ar.text("verdict", verdict, any_length); });
  ar.optional("valid_from", session.valid_from, [&](auto& time) { ar.time("valid_from", time); });
  ar.optional("valid_until", session.valid_until,
              [&](auto& time) { ar.time("valid_until", time); });
  ar.opaque("server_end_point", session.server_end_point, within<0, 0xff>);
  ar.opaque("ocsp_response", session.ocsp_response, any_length);
  ar.opaque("signed_certificate_timestamps", session.signed_certificate_timestamps, any_length);
  ar.time("established", session.established);
  ar.time("expires", session.expires);
  ar.opaque("session_id", session.session_id, within<0, 32>);
  ar.opaque("ticket", session.ticket, within<0, 0xffff>);
}

/// Unsigned, so that no two times can make it overflow; an end before the beginning is far away.
bool lifetime_is_possible(const Session& session) {
  const auto lifetime = static_cast<std::uint64_t>(session.expires.seconds) -
                        static_cast<std::uint64_t>(session.established.seconds);
  return lifetime <= static_cast<std::uint64_t>(max_session_lifetime.count());
}

}  // namespace

bool Session::is_current(x509::Time now) const {
  if (now >= expires) return false;
  // A clock that was set back must not make it live longer.
  if (expires.seconds - max_session_lifetime.count() > now.seconds) return false;
  return (!valid_from || *valid_from <= now) && (!valid_until || now <= *valid_until);
}

crypto::SecretBytes encode_session(const Session& session) {
  if (session.master_secret.size() != master_secret_length)
    throw std::logic_error("a session without its master secret cannot be encoded");
  // The secret is put in at last: it must not lie in a buffer that grows.
  constexpr MasterSecretBytes place{};
  Bytes bytes;
  SessionWriter writer(bytes);
  fields(writer, current_format, place, session);
  crypto::SecretBytes encoded = crypto::SecretBytes::copy_of(bytes);
  const View secret = session.master_secret.reveal();
  std::copy(secret.begin(), secret.end(),
            encoded.fill().subspan(master_secret_offset, master_secret_length).begin());
  return encoded;
}

std::optional<Session> decode_session(View bytes) {
  if (bytes.empty() || bytes.front() != current_format) return std::nullopt;
  std::optional<Session> session(std::in_place);
  std::uint8_t format = 0;
  MasterSecretBytes secret{};
  SessionReader reader(bytes);
  fields(reader, format, secret, *session);
  session->master_secret = crypto::MasterSecret::copy_of(secret);
  crypto::wipe(secret);
  if (!reader.complete() || crypto::find(session->cipher_suite) == nullptr ||
      !lifetime_is_possible(*session))
    return std::nullopt;
  return session;
}

}  // namespace glasstls::handshake
