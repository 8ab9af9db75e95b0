// The record layer: any bytes as a record's header, records that are sealed and then spoiled, and
// handshake messages out of fragments of any size.
//
// The first byte of the input selects which of the three.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "handshake/defragmenter.h"
#include "record/connection_state.h"
#include "record/framing.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"

namespace glasstls::fuzz {
namespace {

// --- Framing

void check_header(View bytes, record::Expectation expectation) {
  try {
    const record::Header header = record::parse_header(bytes, expectation);
    Bytes again(record::header_length);
    record::write_header(header, again);
    require(wire::equal(again, bytes.first(record::header_length)),
            "a header is written as it was read");
    const std::size_t limit =
        expectation.is_protected ? record::max_ciphertext_length : record::max_plaintext_length;
    require(header.length <= limit, "a record is bounded");
    require(!expectation.version_negotiated || header.version == ProtocolVersion::tls12,
            "the version is the negotiated one");
    reached("header");
  } catch (const ProtocolError& error) {
    require(error.alert == AlertDescription::unexpected_message ||
                error.alert == AlertDescription::protocol_version ||
                error.alert == AlertDescription::record_overflow,
            "a header is refused with one of three alerts");
    require(!error.section.empty(), "a refusal names its rule");
    require(error.offset.value_or(0) <= record::header_length, "an error lies in the header");
  }
}

void framing(Input& input) {
  const View bytes = input.rest();
  static_cast<void>(record::plain_text_protocol(bytes));
  if (bytes.size() < record::header_length) return;
  for (const bool negotiated : {false, true})
    for (const bool is_protected : {false, true}) check_header(bytes, {negotiated, is_protected});
}

// --- Protection

crypto::TrafficKeys keys_of(crypto::AeadAlgorithm algorithm) {
  const crypto::AeadParameters& sizes = crypto::parameters(algorithm);
  return {algorithm, crypto::TrafficKey::copy_of(Bytes(sizes.enc_key_length, 0x4b)),
          crypto::TrafficIv::copy_of(Bytes(sizes.fixed_iv_length, 0x49))};
}

/// A sender and a receiver with the same keys, and an attacker between them.
class Channel {
 public:
  explicit Channel(crypto::AeadAlgorithm algorithm)
      : write_(record::default_record_limit, nullptr),
        read_(record::default_record_limit, nullptr) {
    const crypto::TrafficKeys keys = keys_of(algorithm);
    write_.set_pending(keys);
    read_.set_pending(keys);
    write_.change_cipher_spec();
    read_.change_cipher_spec();
  }

  Bytes sealed(ContentType type, View plaintext) {
    Bytes bytes(write_.record_size(plaintext.size()));
    write_.seal(type, ProtocolVersion::tls12, plaintext, bytes);
    return bytes;
  }

  /// nullopt: refused.
  std::optional<Bytes> opened(Bytes bytes) {
    if (bytes.size() < record::header_length) return std::nullopt;
    try {
      const record::Header header = record::parse_header(bytes, {true, true});
      if (bytes.size() != record::header_length + header.length) return std::nullopt;
      return wire::copy(read_.open(header, bytes).plaintext);
    } catch (const ProtocolError& error) {
      require(error.alert != AlertDescription::internal_error, "a refusal blames the peer");
      return std::nullopt;
    }
  }

  void rest() {
    write_.rest();
    read_.rest();
  }

 private:
  record::WriteState write_;
  record::ReadState read_;
};

/// False: the attack is over, as the receiver has refused something.
bool attack(Channel& channel, Bytes& last, Input& input) {
  constexpr std::array types{ContentType::change_cipher_spec, ContentType::alert,
                             ContentType::handshake, ContentType::application_data};
  const std::uint8_t step = input.byte();
  const Bytes plaintext(input.pair() % (record::max_plaintext_length + 1), step);
  const Bytes record = channel.sealed(types[step >> 4 & 3], plaintext);
  Bytes changed = record;
  switch (step & 7) {
    case 0: channel.rest(); break;
    case 1: changed[input.pair() % changed.size()] ^= input.byte(); break;
    case 2: changed = last; break;                                               // a replay
    case 3: changed = channel.sealed(ContentType::handshake, plaintext); break;  // one was lost
    case 4: changed.resize(input.pair() % (changed.size() + 1)); break;
    case 5: {  // a forgery
      const View forged = input.bytes(input.byte());
      changed.resize(record::header_length);
      changed[3] = 0;
      changed[4] = static_cast<std::uint8_t>(forged.size());
      wire::append(changed, forged);
      break;
    }
    default: break;
  }
  last = record;
  const std::optional<Bytes> opened = channel.opened(changed);
  require(opened.has_value() == wire::equal(changed, record),
          "what was sealed is opened, in its place and unchanged, and nothing else is");
  if (!opened) return false;
  require(wire::equal(*opened, plaintext), "what was opened is what was sealed");
  reached("record opened");
  return true;
}

void protection(Input& input) {
  constexpr std::array algorithms{crypto::AeadAlgorithm::aes_128_gcm,
                                  crypto::AeadAlgorithm::aes_256_gcm,
                                  crypto::AeadAlgorithm::chacha20_poly1305};
  Channel channel(algorithms[input.byte() % algorithms.size()]);
  Bytes last;
  for (int steps = 0; steps < 32 && !input.done() && attack(channel, last, input); ++steps) {
  }
}

// --- Defragmenting

/// The next whole message of a stream, as RFC 5246, 7.4 says it in the plainest way. False: the
/// stream cannot go on, whatever follows.
bool next_message(View stream, std::size_t bound, std::optional<View>& message) {
  message.reset();
  if (stream.empty()) return true;
  if (handshake::spec_of(static_cast<handshake::HandshakeType>(stream[0])).name.empty())
    return false;
  if (stream.size() < handshake::message_header_length) return true;
  const std::size_t length =
      std::size_t{stream[1]} << 16 | std::size_t{stream[2]} << 8 | std::size_t{stream[3]};
  if (length > bound) return false;
  if (stream.size() - handshake::message_header_length >= length)
    message = stream.first(handshake::message_header_length + length);
  return true;
}

bool is_aligned(const handshake::Defragmenter& defragmenter) {
  try {
    static_cast<void>(defragmenter.aligned());
    return true;
  } catch (const ProtocolError&) {
    return false;
  }
}

/// All messages that are there now. False: it was refused.
bool take_messages(handshake::Defragmenter& defragmenter, View& stream, std::size_t bound) {
  for (;;) {
    std::optional<View> expected;
    const bool good = next_message(stream, bound, expected);
    std::optional<handshake::RawMessage> message;
    try {
      message = defragmenter.next();
    } catch (const ProtocolError& error) {
      require(!good, "only what cannot become a message is refused");
      require(!error.section.empty(), "a refusal names its rule");
      return false;
    }
    require(good, "what cannot become a message is refused at once");
    require(message.has_value() == expected.has_value(), "a message is there when it is whole");
    require(is_aligned(defragmenter) == (stream.size() == (expected ? expected->size() : 0)),
            "keys may change between messages only");
    if (!message) return true;
    require(wire::equal(message->bytes, *expected), "a message does not depend on its fragments");
    stream = stream.subspan(expected->size());
    reached("message joined");
  }
}

void defragmenting(Input& input) {
  const std::size_t bound = input.pair();
  handshake::Defragmenter defragmenter(bound);
  Bytes stream;
  std::size_t taken = 0;
  while (!input.done()) {
    const View fragment = input.bytes(std::size_t{1} + input.byte());
    if (fragment.empty()) return;
    defragmenter.add(fragment);
    wire::append(stream, fragment);
    View rest = View(stream).subspan(taken);
    if (!take_messages(defragmenter, rest, bound)) return;
    taken = stream.size() - rest.size();
  }
}

}  // namespace
}  // namespace glasstls::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  fuzz::Input input(View(data, size));
  switch (input.byte() % 3) {
    case 0: fuzz::framing(input); break;
    case 1: fuzz::protection(input); break;
    case 2: fuzz::defragmenting(input); break;
    default: break;
  }
  return 0;
}
