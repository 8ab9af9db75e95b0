// Config: how connections behave. Checked once, immutable, shared by any number of connections and
// threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "crypto/groups.h"
#include "crypto/random.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"
#include "handshake/client.h"
#include "record/protection.h"
#include "x509/crl.h"
#include "x509/time.h"
#include "x509/trust_store.h"
#include "x509/verify.h"

namespace glasstls::tls {

/// The largest body that a ClientHello can have; no other message needs more.
inline constexpr std::size_t default_max_handshake_message = 131'396;

/// What a client may set. The defaults are good; only `roots` must be given.
struct ClientSettings {
  // In order of preference. Empty: all that we speak, in our order; of the suites those that the
  // signature schemes can serve.
  std::vector<crypto::CipherSuite> cipher_suites;
  std::vector<crypto::NamedGroup> groups;
  std::vector<crypto::SignatureScheme> signature_schemes;

  bool verify_peer = true;  // false: whoever answers is believed. For experiments only.
  std::shared_ptr<const x509::TrustStore> roots;
  x509::Profile certificate_profile = x509::Profile::standard;
  std::vector<x509::CertificateList> crls;  // who is on one of them is refused
  bool require_crl = false;                 // so is who is on none that is current

  bool offer_extended_master_secret = true;     // RFC 7627
  bool require_extended_master_secret = false;  // refuse servers without it

  std::size_t max_handshake_message = default_max_handshake_message;  // bytes of body
  std::uint64_t record_limit = record::default_record_limit;          // records under one key

  /// After the peer's close_notify: false answers it at once (RFC 5246, 7.2.1), true lets the
  /// application go on writing until it calls close().
  bool finish_writes_after_peer_closed = false;

  crypto::RandomSource* random =
      nullptr;                      // null: the system's. Must outlive the Config, thread-safe
  std::function<x509::Time()> now;  // empty: the system's clock. Thread-safe
};

class Config {
 public:
  /// Throws std::invalid_argument, with the reason, for settings that make no sense: unknown or
  /// repeated values, no roots to verify with, suites that no offered scheme can serve, bounds out
  /// of range.
  explicit Config(ClientSettings settings);

  const handshake::ClientPolicy& client() const { return client_; }
  std::size_t max_handshake_message() const { return max_handshake_message_; }
  std::uint64_t record_limit() const { return record_limit_; }
  bool finish_writes_after_peer_closed() const { return finish_writes_after_peer_closed_; }

 private:
  handshake::ClientPolicy client_;
  std::size_t max_handshake_message_;
  std::uint64_t record_limit_;
  bool finish_writes_after_peer_closed_;
};

}  // namespace glasstls::tls
