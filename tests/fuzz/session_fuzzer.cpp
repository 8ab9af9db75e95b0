// Any bytes as an encoded session, and as a ticket that holds one: no session at all, or one that is
// written as it was read. A forged ticket opens nothing.
//
// The first byte of the input selects: a session, a ticket as it stands, or a session that is sealed
// with our own key, by the form that ticket_keys.h tells, so that what is inside a ticket is reached.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/aead.h"
#include "crypto/hmac.h"
#include "handshake/session.h"
#include "handshake/ticket_keys.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "tests/support/test_random.h"

namespace glasstls::handshake {
namespace {

using fuzz::require;

constexpr x509::Time now{1'800'000'000};

void check_same(const Session& session, View encoded) {
  require(wire::equal(encode_session(session).reveal(), encoded),
          "a session is written as it was read");
}

void check_session(View bytes) {
  const auto session = decode_session(bytes);
  if (!session) return;
  check_same(*session, bytes);
  require(!session->is_current(now) || now < session->expires, "what has expired is not current");
  require(!session->is_current(session->expires), "whatever else holds");
  fuzz::reached("session read");
}

Bytes secret() { return Bytes(48, 0x53); }

std::vector<TicketKey> fixed_keys() {
  std::vector<TicketKey> keys(2);
  keys[0].key_name.fill(0x4e);
  keys[0].secret = crypto::SecretBytes::copy_of(secret());
  keys[1].key_name.fill(0x4f);
  keys[1].secret = crypto::SecretBytes::copy_of(Bytes(48, 0x54));
  return keys;
}

/// By the form in ticket_keys.h, with nothing of its code.
Bytes sealed(View content) {
  Bytes ticket(16, 0x4e);
  ticket.resize(48, 0x73);  // the salt
  crypto::Hmac hmac(crypto::HashAlgorithm::sha256, secret());
  hmac.update(wire::as_bytes(std::string_view("GlassTLS session ticket")));
  hmac.update(View(ticket).last(32));
  const crypto::Digest key = hmac.finish();
  wire::append(ticket, content);
  ticket.resize(ticket.size() + crypto::aead_tag_length);
  const std::array<std::uint8_t, crypto::aead_nonce_length> nonce{};
  crypto::Aead(crypto::AeadAlgorithm::aes_256_gcm, key.view(), crypto::AeadDirection::seal)
      .seal(nonce, View(ticket).first(48), MutableView(ticket).subspan(48, content.size()),
            MutableView(ticket).last(crypto::aead_tag_length));
  return ticket;
}

void check_sealed(View content, TicketKeys& keys, std::uint8_t spoiled) {
  Bytes ticket = sealed(content);
  const auto opened = keys.open(ticket, now);
  const auto session = decode_session(content);
  require(opened.has_value() == session.has_value(), "a ticket holds what was sealed");
  if (!opened) return;
  check_same(opened->session, content);
  require(!opened->renew, "it was sealed with the key of today");
  test::TestRandom random;
  const Bytes again = keys.seal(*session, now, random);
  if (!again.empty()) check_same(keys.open(again, now).value().session, content);
  ticket[spoiled % ticket.size()] ^= 1;
  require(!keys.open(ticket, now), "a changed ticket opens nothing");
  fuzz::reached("ticket opened");
}

}  // namespace
}  // namespace glasstls::handshake

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  using namespace glasstls::handshake;
  static TicketKeys keys(fixed_keys(), 0);
  fuzz::Input input(View(data, size));
  const std::uint8_t selector = input.byte();
  const View rest = input.rest();
  switch (selector % 3) {
    case 0: check_session(rest); break;
    case 1: require(!keys.open(rest, now), "nobody forges a ticket"); break;
    case 2: check_sealed(rest, keys, selector); break;
    default: break;
  }
  return 0;
}
