// Settings: what the runner's flags ask of one connection of the shim. Each field is named as its
// flag; tests/bogo/README.md says where the flags are described.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"
#include "wire/bytes.h"

namespace glasstls::bogo {

struct Settings {
  // --- Every test
  std::uint16_t port = 0;
  bool ipv6 = false;
  std::uint64_t shim_id = 0;
  bool server = false;
  std::string cert_file, key_file;

  // --- Resumption, sessions
  unsigned resume_count = 0;
  bool expect_session_miss = false;
  bool expect_session_id = false;
  bool expect_no_session_id = false;
  bool expect_no_session = false;
  bool expect_ticket_renewal = false;
  bool expect_extended_master_secret = false;
  bool no_ticket = false;

  // --- Certificates and signatures
  bool verify_peer = false;
  bool require_any_client_certificate = false;
  bool verify_fail = false;
  bool use_custom_verify_callback = false;
  bool expect_verify_result = false;
  std::vector<crypto::SignatureScheme> signing_prefs, verify_prefs;
  std::optional<crypto::SignatureScheme> expect_peer_signature_algorithm;
  std::vector<crypto::SignatureScheme> expect_peer_verify_pref;
  std::optional<Bytes> expect_certificate_types;
  std::vector<Bytes> use_client_ca_list;  // names in DER
  std::optional<std::vector<Bytes>> expect_client_ca_list;
  std::string expect_peer_cert_file;
  std::optional<std::size_t> max_cert_list;  // bytes

  // --- Groups, suites
  std::vector<crypto::NamedGroup> curves;
  std::optional<crypto::NamedGroup> expect_curve_id;
  std::vector<crypto::CipherSuite> cipher;

  // --- Names, ALPN, OCSP, exporter
  std::string host_name;
  std::optional<std::string> expect_server_name;
  std::vector<std::string> advertise_alpn;
  std::string expect_alpn;  // empty: none may be negotiated
  std::string select_alpn;
  std::optional<Bytes> expect_advertised_alpn;  // names behind a byte of length, as on the wire
  bool decline_alpn = false;
  bool reject_alpn = false;
  bool enable_ocsp_stapling = false;
  Bytes ocsp_response;
  std::optional<Bytes> expect_ocsp_response;
  std::size_t export_keying_material = 0;  // bytes; 0: none
  std::string export_label, export_context;
  bool use_export_context = false;

  // --- Driving and ending a connection
  bool async = false;
  bool no_op_extra_handshake = false;
  bool shim_writes_first = false;
  bool send_alert = false;
  bool shim_shuts_down = false;
  bool check_close_notify = false;
  std::size_t read_size = 512;  // bytes
  std::optional<std::size_t> max_send_fragment;
  std::string expect_msg_callback;
};

/// What the arguments ask of a whole process: the first connection, and those that resume it.
struct Plan {
  Settings initial, resume;
};

}  // namespace glasstls::bogo
