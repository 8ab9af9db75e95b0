// What the target `message` decodes: every handshake message and every extension body, and what is
// no handshake message. An input is a byte that selects one of them, then the body of the message,
// without header, or of the extension.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "handshake/codec.h"
#include "handshake/messages.h"
#include "wire/bytes.h"
#include "wire/field.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace glasstls::fuzz {

/// In the order of their selectors: new ones go to the end, as the corpus names them by number.
using Kinds = handshake::TypeList<
    handshake::ClientHello, handshake::ServerHello, handshake::Certificate,
    handshake::ServerKeyExchange, handshake::CertificateRequest, handshake::ServerHelloDone,
    handshake::ClientKeyExchange, handshake::CertificateVerify, handshake::NewSessionTicket,
    handshake::CertificateStatus, handshake::Finished, handshake::HelloRequest,
    handshake::ServerNameList, handshake::CertificateStatusRequest, handshake::SupportedGroups,
    handshake::ECPointFormats, handshake::SignatureAlgorithms, handshake::ProtocolNameList,
    handshake::SignedCertificateTimestampRequest, handshake::SignedCertificateTimestamps,
    handshake::ExtendedMasterSecret, handshake::RecordSizeLimit, handshake::SessionTicket,
    handshake::SessionTicketAcknowledged, handshake::SupportedVersions,
    handshake::SignatureAlgorithmsCert, handshake::RenegotiationInfo,
    handshake::ServerNameAcknowledged, handshake::StatusRequestAcknowledged>;

/// Apart from them, as Kinds grows.
inline constexpr std::uint8_t change_cipher_spec_selector = 0xfe;
inline constexpr std::uint8_t alert_selector = 0xff;

template <class T>
inline constexpr bool is_message =
    std::is_same_v<std::remove_cvref_t<decltype(T::type)>, handshake::HandshakeType>;

/// How many bytes of header stand before the body in what decode() reads.
template <class T>
inline constexpr std::size_t header_of = is_message<T> ? handshake::message_header_length : 0;

/// The body with its header, if it has one.
template <class T>
Bytes with_header(View body) {
  Bytes bytes;
  if constexpr (is_message<T>) {
    wire::Writer writer(bytes);
    writer.field("msg_type", T::type);
    writer.opaque("body", wire::copy(body), within<0, 0xffffff>);
  } else {
    wire::append(bytes, body);
  }
  return bytes;
}

/// Throws ProtocolError.
template <class T>
T decode(View bytes, FieldSink* sink = nullptr) {
  if constexpr (is_message<T>) {
    return handshake::decode<T>(bytes, sink);
  } else {
    T extension;
    wire::Reader reader(bytes, T::spec, sink);
    T::fields(reader, extension);
    reader.expect_done(T::spec.name);
    return extension;
  }
}

template <class T>
Bytes encode(const T& value) {
  if constexpr (is_message<T>)
    return handshake::encode(value);
  else
    return wire::encode(value);
}

/// Calls `visit.operator()<T>()` for the kind that the selector names, if there is one.
template <class Visit>
void visit_kind(std::uint8_t selector, Visit&& visit) {
  std::uint8_t index = 0;
  handshake::for_each_type(Kinds{}, [&]<class T>() {
    if (index++ == selector) visit.template operator()<T>();
  });
}

}  // namespace glasstls::fuzz
