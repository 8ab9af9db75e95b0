#include "bench/peers/clear_text.h"

#include <stdexcept>

#include "handshake/codec.h"
#include "handshake/defragmenter.h"
#include "record/framing.h"
#include "tls/config.h"

namespace glasstls::bench {

namespace {

using handshake::HandshakeType;

struct Reading {
  ClearText clear;
  handshake::Defragmenter defragmenter{tls::default_max_handshake_message};

  void record(const record::Header& header, View fragment) {
    const bool hello = clear.messages.empty();  // of a client: its record may be of any version
    if (header.version != ProtocolVersion::tls12 && !hello)
      throw std::runtime_error("a record is not of TLS 1.2");
    if (clear.changed_cipher_spec) {
      sealed(header);
    } else if (header.type == ContentType::change_cipher_spec) {
      static_cast<void>(handshake::decode_change_cipher_spec(fragment, defragmenter.aligned()));
      clear.changed_cipher_spec = true;
    } else if (header.type == ContentType::handshake) {
      defragmenter.add(fragment);
      while (const auto message = defragmenter.next())
        clear.messages.push_back({message->type, wire::copy(message->bytes)});
    } else {
      throw std::runtime_error("a record is no part of a handshake: " +
                               std::string(name_of(header.type)));
    }
  }

  void sealed(const record::Header& header) {
    if (header.type != ContentType::handshake)
      throw std::runtime_error("what follows ChangeCipherSpec is no handshake record: " +
                               std::string(name_of(header.type)));
    ++clear.sealed_handshake_records;
  }
};

}  // namespace

ClearText read_clear_text(View records) {
  Reading reading;
  while (!records.empty()) {
    if (records.size() < record::header_length)
      throw std::runtime_error("a record's header is not whole");
    const record::Header header = record::parse_header(
        records, {.version_negotiated = false, .is_protected = reading.clear.changed_cipher_spec});
    const std::size_t length = record::header_length + header.length;
    if (records.size() < length) throw std::runtime_error("a record is not whole");
    reading.record(header, records.subspan(record::header_length, header.length));
    records = records.subspan(length);
  }
  return std::move(reading.clear);
}

std::string names_of(const ClearText& clear) {
  std::string names;
  for (const ClearText::Message& message : clear.messages)
    names += (names.empty() ? "" : ", ") + std::string(handshake::spec_of(message.type).name);
  return names.empty() ? "nothing" : names;
}

}  // namespace glasstls::bench
