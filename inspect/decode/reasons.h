// Reasons: what a passive decoder says of a connection in words, as keys of the catalogue. Beside
// each key stands its English sentence, which a translator's file is filled from.
#pragma once

#include <string_view>

namespace glasstls::inspect::reasons {

// Why a protected record is not opened, or a secret is not known.

// "No key log was given, and the capture holds none."
inline constexpr std::string_view no_key_log = "sealed.no_key_log";
// "The key log has no line for this client_random."
inline constexpr std::string_view no_key_log_line = "sealed.no_key_log_line";
// "The connection resumes a session: the key log has no line for it, and the connection that gave it
// its session is not in the capture, or was not decrypted."
inline constexpr std::string_view session_not_known = "sealed.session_not_known";
// "The key log's premaster secret is longer than that of any key exchange that GlassTLS knows."
inline constexpr std::string_view premaster_too_long = "sealed.premaster_too_long";
// "The master secret depends on the whole handshake (RFC 7627), and a part of it is missing."
inline constexpr std::string_view no_session_hash = "sealed.no_session_hash";
// "GlassTLS does not implement this cipher suite."
inline constexpr std::string_view suite_not_implemented = "sealed.suite_not_implemented";
// "The records are compressed, which GlassTLS does not undo."
inline constexpr std::string_view compressed = "sealed.compressed";
// "TLS 1.3 protects all that follows the ServerHello, and GlassTLS does not decrypt it."
inline constexpr std::string_view tls13 = "sealed.tls13";
// "GlassTLS decrypts no version before TLS 1.2."
inline constexpr std::string_view old_version = "sealed.old_version";
// "The negotiated version is not one that GlassTLS knows."
inline constexpr std::string_view unknown_version = "sealed.unknown_version";
// "The ClientHello is missing or cannot be read, and with it the client_random."
inline constexpr std::string_view no_client_hello = "sealed.no_client_hello";
// "The ServerHello is missing or cannot be read, and with it the server_random and the suite."
inline constexpr std::string_view no_server_hello = "sealed.no_server_hello";
// "The capture begins in the middle of the connection: its handshake was not seen."
inline constexpr std::string_view began_in_the_middle = "sealed.began_in_the_middle";
// "Bytes of this direction are missing before this record, so that its sequence number is not known."
inline constexpr std::string_view after_gap = "sealed.after_gap";
// "The first records of this direction did not authenticate: the others were not tried."
inline constexpr std::string_view first_records_fail = "sealed.first_records_fail";
// "Several records before this one did not authenticate: the others were not tried."
inline constexpr std::string_view records_fail = "sealed.records_fail";
// "Application data before any ChangeCipherSpec: nothing says how it is protected."
inline constexpr std::string_view data_before_keys = "sealed.data_before_keys";

// Why a secret is not known although others are.

// "A key log gives the master secret; the premaster secret that it came from is not in it."
inline constexpr std::string_view premaster_from_key_log = "unknown.premaster_from_key_log";
// "verify_data covers all messages before it, and not all of them could be read."
inline constexpr std::string_view messages_missing = "unknown.messages_missing";

// Remarks on the connection.

// "The connection speaks TLS 1.3: its hellos are decoded, the rest is shown sealed."
inline constexpr std::string_view remark_tls13 = "remark.tls13";
// "The connection speaks a version before TLS 1.2: its messages are decoded until they are
// protected."
inline constexpr std::string_view remark_old_version = "remark.old_version";
// "The connection speaks a version that GlassTLS does not know."
inline constexpr std::string_view remark_unknown_version = "remark.unknown_version";
// "GlassTLS does not implement the cipher suite: messages are decoded until they are protected."
inline constexpr std::string_view remark_suite_not_implemented = "remark.suite_not_implemented";
// "The capture begins in the middle of this connection."
inline constexpr std::string_view remark_began_in_the_middle = "remark.began_in_the_middle";
// "The first protected record of a direction does not authenticate: either the key log does not fit
// this connection, or the record was damaged."
inline constexpr std::string_view remark_first_record_fails = "remark.first_record_fails";
// "A record does not authenticate though those before it do: it was damaged."
inline constexpr std::string_view remark_record_fails = "remark.record_fails";
// "A ClientHello came after the handshake: the connection is renegotiated (RFC 5746)."
inline constexpr std::string_view remark_renegotiation = "remark.renegotiation";
// "The server asked for a new handshake (HelloRequest)."
inline constexpr std::string_view remark_hello_request = "remark.hello_request";
// "The master secret is that of the connection in this capture that gave the session."
inline constexpr std::string_view remark_master_of_session = "remark.master_of_session";
// "A record's version is not the negotiated one; an endpoint would refuse it."
inline constexpr std::string_view remark_record_version = "remark.record_version";

}  // namespace glasstls::inspect::reasons
