#include "wire/version.h"

namespace glasstls::wire {

std::string_view name_of(ProtocolVersion version) {
  switch (version) {
    case ProtocolVersion::ssl30: return "SSL 3.0";
    case ProtocolVersion::tls10: return "TLS 1.0";
    case ProtocolVersion::tls11: return "TLS 1.1";
    case ProtocolVersion::tls12: return "TLS 1.2";
    case ProtocolVersion::tls13: return "TLS 1.3";
  }
  return {};
}

std::string_view name_of(ContentType type) {
  switch (type) {
    case ContentType::change_cipher_spec: return "change_cipher_spec";
    case ContentType::alert: return "alert";
    case ContentType::handshake: return "handshake";
    case ContentType::application_data: return "application_data";
  }
  return {};
}

}  // namespace glasstls::wire
