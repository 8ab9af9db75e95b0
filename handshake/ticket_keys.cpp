#include "handshake/ticket_keys.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "crypto/aead.h"
#include "crypto/hmac.h"

namespace glasstls::handshake {

namespace {

constexpr std::size_t key_name_length = 16;
constexpr std::size_t salt_length = 32;
constexpr std::size_t header_length = key_name_length + salt_length;
constexpr std::size_t secret_length = 32;
constexpr std::size_t max_ticket_length = 0xffff;  // RFC 5077, 3.3
constexpr std::chrono::seconds min_rotation = std::chrono::minutes(1);

constexpr std::array<std::uint8_t, crypto::aead_nonce_length> nonce{};

crypto::TrafficKey derive(const TicketKey& key, View salt) {
  constexpr std::string_view label = "GlassTLS session ticket";
  crypto::Hmac hmac(crypto::HashAlgorithm::sha256, key.secret.reveal());
  hmac.update(wire::as_bytes(label));
  hmac.update(salt);
  return crypto::TrafficKey::copy_of(hmac.finish().view());
}

void check(const std::vector<TicketKey>& keys, std::size_t sealing) {
  if (keys.empty()) throw std::invalid_argument("there are no ticket keys");
  if (sealing >= keys.size())
    throw std::invalid_argument("the ticket key to seal with is not among the keys");
  std::set<std::array<std::uint8_t, key_name_length>> names;
  for (const TicketKey& key : keys) {
    if (key.secret.size() < secret_length)
      throw std::invalid_argument("a ticket key has fewer than 32 secret bytes");
    if (!names.insert(key.key_name).second)
      throw std::invalid_argument("two ticket keys have the same name");
  }
}

x509::Time later(x509::Time time, std::chrono::seconds by) { return {time.seconds + by.count()}; }

}  // namespace

TicketKeys::TicketKeys(std::chrono::seconds rotation) : rotation_(rotation) {
  if (rotation < min_rotation)
    throw std::invalid_argument("ticket keys cannot be made anew more often than every minute");
}

TicketKeys::TicketKeys(std::vector<TicketKey> keys, std::size_t sealing) {
  set(std::move(keys), sealing);
}

void TicketKeys::set(std::vector<TicketKey> keys, std::size_t sealing) {
  check(keys, sealing);
  std::rotate(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(sealing),
              keys.begin() + static_cast<std::ptrdiff_t>(sealing) + 1);
  std::deque<Held> held;
  for (TicketKey& key : keys) held.push_back({std::move(key), {}, {}});
  const std::lock_guard lock(mutex_);
  rotation_.reset();
  keys_ = std::move(held);
}

/// However far the clock was set back or forward, the key's age is counted from its making.
bool TicketKeys::is_due(x509::Time now) const {
  if (!rotation_) return false;
  if (keys_.empty()) return true;
  const x509::Time made = keys_.front().made;
  return now >= later(made, *rotation_) || later(now, *rotation_) <= made;
}

void TicketKeys::rotate(x509::Time now, crypto::RandomSource& random) {
  if (!is_due(now)) return;
  Held fresh;
  fresh.key.secret = crypto::SecretBytes(secret_length);
  fresh.made = now;
  crypto::RandomSource& source = random.stream(crypto::RandomPurpose::ticket_key);
  source.fill(fresh.key.key_name);
  source.fill(fresh.key.secret.fill());
  if (!keys_.empty()) keys_.front().forgotten = later(now, max_session_lifetime);
  keys_.push_front(std::move(fresh));
}

void TicketKeys::forget_expired(x509::Time now) {
  for (Held& held : keys_) {
    if (!held.forgotten) continue;
    // No ticket lives longer, even if the clock was set back after the key was replaced.
    held.forgotten = std::min(*held.forgotten, later(now, max_session_lifetime));
  }
  std::erase_if(keys_, [&](const Held& held) { return held.forgotten && *held.forgotten <= now; });
}

Bytes TicketKeys::seal(const Session& session, x509::Time now, crypto::RandomSource& random) {
  const crypto::SecretBytes encoded = encode_session(session);
  const std::size_t size = header_length + encoded.size() + crypto::aead_tag_length;
  if (size > max_ticket_length) return {};

  Bytes ticket(size);
  const MutableView key_name = MutableView(ticket).first(key_name_length);
  const MutableView salt = MutableView(ticket).subspan(key_name_length, salt_length);
  random.stream(crypto::RandomPurpose::ticket).fill(salt);
  crypto::TrafficKey ticket_key;
  {
    const std::lock_guard lock(mutex_);
    rotate(now, random);
    forget_expired(now);
    const TicketKey& key = keys_.front().key;
    std::copy(key.key_name.begin(), key.key_name.end(), key_name.begin());
    ticket_key = derive(key, salt);
  }
  const MutableView text = MutableView(ticket).subspan(header_length, encoded.size());
  std::copy(encoded.reveal().begin(), encoded.reveal().end(), text.begin());
  crypto::Aead(crypto::AeadAlgorithm::aes_256_gcm, ticket_key.reveal(), crypto::AeadDirection::seal)
      .seal(nonce, View(ticket).first(header_length), text,
            MutableView(ticket).last(crypto::aead_tag_length));
  return ticket;
}

std::optional<TicketKeys::Opened> TicketKeys::open(View ticket, x509::Time now) {
  if (ticket.size() < header_length + crypto::aead_tag_length || ticket.size() > max_ticket_length)
    return std::nullopt;
  const View header = ticket.first(header_length);
  const View key_name = header.first(key_name_length);
  crypto::TrafficKey ticket_key;
  bool renew = false;
  {
    const std::lock_guard lock(mutex_);
    forget_expired(now);
    const auto held = std::find_if(keys_.begin(), keys_.end(), [&](const Held& one) {
      return wire::equal(one.key.key_name, key_name);
    });
    if (held == keys_.end()) return std::nullopt;
    renew = held != keys_.begin() || is_due(now);
    ticket_key = derive(held->key, header.subspan(key_name_length));
  }
  const View sealed = ticket.subspan(header_length);
  crypto::SecretBytes text =
      crypto::SecretBytes::copy_of(sealed.first(sealed.size() - crypto::aead_tag_length));
  crypto::Aead aead(crypto::AeadAlgorithm::aes_256_gcm, ticket_key.reveal(),
                    crypto::AeadDirection::open);
  if (!aead.open(nonce, header, text.fill(), sealed.last(crypto::aead_tag_length)))
    return std::nullopt;
  std::optional<Session> session = decode_session(text.reveal());
  if (!session) return std::nullopt;
  return Opened{*std::move(session), renew};
}

}  // namespace glasstls::handshake
