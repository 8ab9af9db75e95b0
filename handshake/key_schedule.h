// The key schedule, as a table: how every secret of a connection comes out of the one before.
//
//   ECDHE ──► premaster_secret ──► master_secret ──► key_block ──► client_write_key
//                                       │                │            server_write_key
//                                       │                │            client_write_IV
//                                       │                └──────────► server_write_IV
//                                       └──► verify_data (client finished, server finished)
//
// RFC 5246, 5, 6.3, 7.4.9 and 8.1; RFC 7627, 4.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "crypto/hash.h"
#include "crypto/key_exchange.h"
#include "crypto/secret.h"
#include "crypto/suites.h"
#include "crypto/traffic_keys.h"
#include "handshake/messages/finished.h"
#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/observer.h"

namespace glasstls::handshake {

/// One row: output = PRF(secret, label, inputs)[0..length-1].
struct Derivation {
  std::string_view name;                   // of the output
  std::string_view label;                  // PRF label, ASCII, without a terminating zero
  std::size_t length;                      // in bytes; 0: as long as the suite needs
  std::string_view secret;                 // what the PRF is keyed with
  std::array<std::string_view, 2> inputs;  // its seed, in order
  std::string_view section;
};

inline constexpr Derivation master_secret{
    "master_secret", "master secret", 48, "premaster_secret", {"client_random", "server_random"},
    "RFC 5246, 8.1"};
inline constexpr Derivation extended_master_secret{
    "master_secret",    "extended master secret", 48,
    "premaster_secret", {"session_hash", {}},     "RFC 7627, 4"};
inline constexpr Derivation key_block{
    "key_block",    "key expansion", 0, "master_secret", {"server_random", "client_random"},
    "RFC 5246, 6.3"};
inline constexpr Derivation client_finished{
    "verify_data",   "client finished",      12,
    "master_secret", {"handshake_hash", {}}, "RFC 5246, 7.4.9"};
inline constexpr Derivation server_finished{
    "verify_data",   "server finished",      12,
    "master_secret", {"handshake_hash", {}}, "RFC 5246, 7.4.9"};

/// Protection for both directions.
struct ConnectionKeys {
  crypto::TrafficKeys client_write;
  crypto::TrafficKeys server_write;
};

/// Derives the secrets of one connection and tells the observer of each: the only place that does.
class KeySchedule {
 public:
  /// `observer` may be null.
  KeySchedule(const crypto::SuiteParameters& suite, const Random& client_random,
              const Random& server_random, Observer* observer);

  /// Our key and the peer's point make the premaster secret. Throws as EphemeralKey::agree does.
  crypto::PremasterSecret agree(const crypto::EphemeralKey& own, View peer_point) const;

  /// From the randoms (RFC 5246, 8.1) ...
  crypto::MasterSecret derive_master_secret(const crypto::PremasterSecret& premaster) const;
  /// ... or from the whole handshake up to ClientKeyExchange (RFC 7627, 4).
  crypto::MasterSecret derive_extended_master_secret(const crypto::PremasterSecret& premaster,
                                                     const crypto::Digest& session_hash) const;

  /// Tells the observer of a master secret that a session brought along (RFC 5246, F.1.4).
  void tell_resumed(const crypto::MasterSecret& master) const;

  ConnectionKeys derive_keys(const crypto::MasterSecret& master) const;

  VerifyData derive_verify_data(const Derivation& side, const crypto::MasterSecret& master,
                                const crypto::Digest& handshake_hash) const;

  /// RFC 5705, 4: client_random + server_random, and the context with its length of two bytes, if
  /// there is one. Fills all of `out`.
  void derive_exported(const crypto::MasterSecret& master, std::string_view label,
                       std::optional<View> context, MutableView out) const;

 private:
  void derive(const Derivation& row, View secret, std::initializer_list<View> seed,
              MutableView out) const;
  void tell(std::string_view name, std::string_view label, std::string_view section,
            std::initializer_list<std::string_view> inputs, View value) const;

  const crypto::SuiteParameters& suite_;
  const Random client_random_;
  const Random server_random_;
  Observer* observer_;
};

}  // namespace glasstls::handshake
