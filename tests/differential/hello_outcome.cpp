#include "tests/differential/hello_outcome.h"

#include <algorithm>
#include <cstddef>

#include "handshake/codec.h"
#include "record/framing.h"

namespace glasstls::differential {

namespace {

constexpr std::size_t server_random_end = 2 + 32;  // of a ServerHello's body

}  // namespace

Bytes in_records(View message) {
  Bytes records;
  while (!message.empty()) {
    const View fragment = message.first(std::min(message.size(), record::max_plaintext_length));
    records.resize(records.size() + record::header_length);
    record::write_header({ContentType::handshake, ProtocolVersion::tls10,
                          static_cast<std::uint16_t>(fragment.size())},
                         MutableView(records).last(record::header_length));
    wire::append(records, fragment);
    message = message.subspan(fragment.size());
  }
  return records;
}

View first_message(View bytes) {
  constexpr std::size_t header = handshake::message_header_length;
  if (bytes.size() < header) return {};
  const std::size_t length = std::size_t{bytes[1]} << 16 | std::size_t{bytes[2]} << 8 | bytes[3];
  return bytes.size() - header < length ? View() : bytes.first(header + length);
}

void read_answer(View sent, HelloOutcome& outcome) {
  constexpr std::uint8_t alert = 21, fatal = 2;
  constexpr std::size_t header = record::header_length;
  while (sent.size() > header) {
    const std::size_t length = std::size_t{sent[3]} << 8 | sent[4];
    const View fragment = sent.subspan(header, length);
    if (sent[0] != alert) {
      outcome.answer = Answer::answered;
      const View body = fragment.subspan(4);
      const View suite = body.subspan(server_random_end + 1 + body[server_random_end], 2);
      outcome.suite = static_cast<unsigned>(suite[0] << 8 | suite[1]);
      return;
    }
    if (fragment[0] == fatal) {
      outcome.answer = Answer::refused;
      return;
    }
    sent = sent.subspan(header + length);  // a warning
  }
}

}  // namespace glasstls::differential
