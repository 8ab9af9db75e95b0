// TicketKeys: what a server seals its sessions with, to hand them to the client. RFC 5077, 4.
//
//   struct {
//     opaque key_name[16];      // which key
//     opaque salt[32];          // random: each ticket has a key of its own
//     opaque sealed[...];       // encode_session(), under AES-256-GCM
//     opaque tag[16];
//   } ticket;
//
//   ticket_key = HMAC-SHA256(secret of the key, "GlassTLS session ticket" + salt)
//
// The nonce is zero: a ticket_key seals once. key_name and salt are authenticated with the rest.
// 256 random bits of salt for each ticket: no limit on tickets under one key comes near.
//
// Whoever has the keys can read all connections resumed by their tickets, past ones too: keys of
// our own are made anew every `rotation`, and forgotten by the first seal() or open() after the last
// ticket under them has expired.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "crypto/random.h"
#include "crypto/secret.h"
#include "handshake/session.h"
#include "wire/bytes.h"
#include "x509/time.h"

namespace glasstls::handshake {

struct TicketKey {
  std::array<std::uint8_t, 16> key_name{};
  crypto::SecretBytes secret;  // 32 bytes or more
};

/// Thread-safe.
class TicketKeys {
 public:
  /// Keys of our own. The first is made when it is needed. std::invalid_argument for a rotation
  /// below a minute: old keys are kept for a day.
  explicit TicketKeys(std::chrono::seconds rotation = std::chrono::hours(12));
  /// Given keys, shared with other servers, which do not rotate: `sealing` is the index of the one
  /// to seal with. std::invalid_argument for none, an index beyond, two of one name, and a secret
  /// that is too short.
  TicketKeys(std::vector<TicketKey> keys, std::size_t sealing);

  /// Replaces the keys by given ones, at run time. Throws as the constructor does.
  void set(std::vector<TicketKey> keys, std::size_t sealing);

  /// A ticket; empty if the session is too large for one (65,535 bytes). `random` makes salts and
  /// keys. The session has no ID or ticket of its own: that is the server's.
  Bytes seal(const Session& session, x509::Time now, crypto::RandomSource& random);

  struct Opened {
    Session session;
    bool renew = false;  // it was sealed with another key than seal() uses now
  };
  /// nullopt for a ticket that is none of ours: another form, an unknown key, a wrong tag. Whether
  /// the session is current is the caller's to ask.
  std::optional<Opened> open(View ticket, x509::Time now);

 private:
  struct Held {
    TicketKey key;
    // Of keys of our own:
    x509::Time made;
    std::optional<x509::Time> forgotten;  // when it will be; none: it was not replaced yet
  };

  // All with the mutex locked.
  bool is_due(x509::Time now) const;
  void rotate(x509::Time now, crypto::RandomSource& random);
  void forget_expired(x509::Time now);

  std::mutex mutex_;
  std::optional<std::chrono::seconds> rotation_;  // none: given keys
  std::deque<Held> keys_;                         // the one to seal with first
};

}  // namespace glasstls::handshake
