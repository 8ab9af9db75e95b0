#include "tests/adversary/faults/spoiling.h"

#include <utility>

#include "crypto/suites.h"
#include "handshake/codec.h"
#include "handshake/key_schedule.h"
#include "record/framing.h"
#include "record/protection.h"

namespace glasstls::adversary {

using handshake::HandshakeType;
using handshake::message_header_length;

namespace {

void write16(Bytes& bytes, std::size_t at, std::size_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}

Bytes message_of(HandshakeType type, View body) {
  Bytes message{static_cast<std::uint8_t>(type), static_cast<std::uint8_t>(body.size() >> 16),
                static_cast<std::uint8_t>(body.size() >> 8),
                static_cast<std::uint8_t>(body.size())};
  wire::append(message, body);
  return message;
}

}  // namespace

void spoil(test::ScriptedPeer& peer, HandshakeType type,
           const std::function<void(Bytes& body)>& change) {
  peer.tamper = [type, change](HandshakeType sent, Bytes& message) {
    if (sent != type) return;
    Bytes body = wire::copy(View(message).subspan(message_header_length));
    change(body);
    message = message_of(type, body);
  };
}

std::size_t position_of(HandshakeType type, View body, std::string_view field) {
  const Bytes message = message_of(type, body);
  return handshake::offset_of({type, message}, field).value() - message_header_length;
}

std::function<void(Bytes& body)> with_extension(HandshakeType hello, std::uint16_t type,
                                                Bytes data) {
  return [hello, type, data = std::move(data)](Bytes& body) {
    const std::size_t list = position_of(hello, body, "extensions");
    const std::size_t at = body.size();
    body.resize(at + 4);
    write16(body, at, type);
    write16(body, at + 2, data.size());
    wire::append(body, data);
    write16(body, list, body.size() - list - 2);
  };
}

void interleave(test::ScriptedPeer& peer, const std::function<void()>& between) {
  const Bytes queued = peer.take();
  const std::size_t first = record::header_length + (std::size_t{queued[3]} << 8 | queued[4]);
  peer.raw(View(queued).first(first));
  between();
  peer.raw(View(queued).subspan(first));
}

Bytes sealed_record(const test::ScriptedPeer& peer, Side side, std::uint64_t sequence,
                    ContentType type, View plaintext) {
  const test::ScriptedSession session = peer.session();
  const handshake::KeySchedule schedule(*crypto::find(session.suite), peer.client_random(),
                                        peer.server_random(), nullptr);
  const auto keys = schedule.derive_keys(crypto::MasterSecret::copy_of(session.master_secret));
  record::Protection protection(side == Side::client ? keys.client_write : keys.server_write,
                                crypto::AeadDirection::seal);
  while (protection.sequence_number() < sequence) protection.skip();

  const std::size_t length = plaintext.size() + protection.overhead();
  Bytes bytes(record::header_length + length);
  record::write_header({type, ProtocolVersion::tls12, static_cast<std::uint16_t>(length)}, bytes);
  const MutableView fragment = MutableView(bytes).subspan(record::header_length);
  std::copy(plaintext.begin(), plaintext.end(),
            fragment.begin() + static_cast<std::ptrdiff_t>(protection.nonce_explicit_length()));
  protection.seal(type, fragment);
  return bytes;
}

}  // namespace glasstls::adversary
