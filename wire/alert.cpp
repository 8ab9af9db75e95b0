#include "wire/alert.h"

namespace glasstls::wire {
namespace {

/// Descriptions that TLS 1.2 does not know, or that belong to extensions which we do not speak.
std::string_view other_name(std::uint8_t description) {
  switch (description) {
    case 1: return "end_of_early_data_RESERVED";    // drafts of TLS 1.3
    case 52: return "too_many_cids_requested";      // RFC 9147
    case 109: return "missing_extension";           // RFC 8446
    case 114: return "bad_certificate_hash_value";  // RFC 6066
    case 116: return "certificate_required";        // RFC 8446
    case 117: return "general_error";               // draft-ietf-tls-rfc8446bis
    case 121: return "ech_required";                // RFC 9849
    default: return {};
  }
}

}  // namespace

std::string_view name_of(AlertLevel level) {
  switch (level) {
    case AlertLevel::warning: return "warning";
    case AlertLevel::fatal: return "fatal";
  }
  return {};
}

std::string_view name_of(AlertDescription description) {
  switch (description) {
    using enum AlertDescription;
    case close_notify: return "close_notify";
    case unexpected_message: return "unexpected_message";
    case bad_record_mac: return "bad_record_mac";
    case decryption_failed_RESERVED: return "decryption_failed_RESERVED";
    case record_overflow: return "record_overflow";
    case decompression_failure: return "decompression_failure";
    case handshake_failure: return "handshake_failure";
    case no_certificate_RESERVED: return "no_certificate_RESERVED";
    case bad_certificate: return "bad_certificate";
    case unsupported_certificate: return "unsupported_certificate";
    case certificate_revoked: return "certificate_revoked";
    case certificate_expired: return "certificate_expired";
    case certificate_unknown: return "certificate_unknown";
    case illegal_parameter: return "illegal_parameter";
    case unknown_ca: return "unknown_ca";
    case access_denied: return "access_denied";
    case decode_error: return "decode_error";
    case decrypt_error: return "decrypt_error";
    case export_restriction_RESERVED: return "export_restriction_RESERVED";
    case protocol_version: return "protocol_version";
    case insufficient_security: return "insufficient_security";
    case internal_error: return "internal_error";
    case inappropriate_fallback: return "inappropriate_fallback";
    case user_canceled: return "user_canceled";
    case no_renegotiation: return "no_renegotiation";
    case unsupported_extension: return "unsupported_extension";
    case certificate_unobtainable: return "certificate_unobtainable";
    case unrecognized_name: return "unrecognized_name";
    case bad_certificate_status_response: return "bad_certificate_status_response";
    case unknown_psk_identity: return "unknown_psk_identity";
    case no_application_protocol: return "no_application_protocol";
  }
  return other_name(static_cast<std::uint8_t>(description));
}

}  // namespace glasstls::wire
