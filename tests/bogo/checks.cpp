#include "tests/bogo/checks.h"

#include <sstream>
#include <string>
#include <vector>

#include "tests/bogo/failure.h"
#include "tests/bogo/text.h"

namespace glasstls::bogo {

namespace {

using crypto::SignatureScheme;

void expect(bool holds, const char* what) {
  if (!holds) throw Failure("check failed", what);
}

bool resumed(const Completed& c) { return c.agreement.resumed != handshake::Resumption::none; }

void check_resumption(const Completed& c) {
  const Settings& settings = c.settings;
  expect(resumed(c) == (c.is_resume && !settings.expect_session_miss),
         "the handshake is resumed, or not, as it should not be");
  expect(!resumed(c) || !c.verification.asked,
         "the verification hook was asked about a resumed session");
  if (settings.expect_extended_master_secret)
    expect(c.agreement.extended_master_secret, "-expect-extended-master-secret");
}

/// A full handshake must bring a client something to resume; a resumed one a new ticket, if and only
/// if that is expected.
void check_client_session(const Completed& c, const Memory& memory) {
  const Settings& settings = c.settings;
  if (c.is_resume) expect(c.agreement.session_offered, "no session was offered");
  if (resumed(c)) {
    expect(c.agreement.ticket_issued == settings.expect_ticket_renewal, "-expect-ticket-renewal");
    return;
  }
  expect(c.agreement.session_stored != settings.expect_no_session, "-expect-no-session");
  expect((memory.client_sessions->size() == 1) != settings.expect_no_session,
         "-expect-no-session, by the store");
}

void check_server_session(const Completed& c, const Memory& memory) {
  if (c.is_resume) return;
  const bool stored = memory.server_sessions->size() > 0;
  if (c.settings.expect_session_id) expect(stored, "-expect-session-id");
  if (c.settings.expect_no_session_id) expect(!stored, "-expect-no-session-id");
}

void check_peer_certificate(const Completed& c, const Memory& memory) {
  const Settings& settings = c.settings;
  const auto& chain = c.agreement.peer_chain;
  if (!settings.server || settings.require_any_client_certificate)
    expect(!chain.empty(), "the peer showed no certificate");
  if (settings.expect_verify_result)
    expect(memory.verified == !settings.verify_fail, "-expect-verify-result");
  if (!settings.expect_peer_cert_file.empty())
    expect(chain == read_certificates(settings.expect_peer_cert_file), "-expect-peer-cert-file");
}

void check_signatures(const Completed& c, const Memory& memory) {
  const Settings& settings = c.settings;
  if (settings.expect_peer_signature_algorithm)
    expect(memory.peer_signature_scheme == settings.expect_peer_signature_algorithm,
           "-expect-peer-signature-algorithm");
  if (settings.expect_peer_verify_pref.empty()) return;
  std::vector<SignatureScheme> offered;
  if (settings.server) {
    const auto& hello = c.seen.client_hello();
    if (const auto* list = hello ? hello->find<handshake::SignatureAlgorithms>() : nullptr)
      offered = list->supported_signature_algorithms;
  } else if (c.seen.certificate_request()) {
    offered = c.seen.certificate_request()->supported_signature_algorithms;
  }
  expect(offered == settings.expect_peer_verify_pref, "-expect-peer-verify-pref");
}

void check_certificate_request(const Completed& c) {
  const Settings& settings = c.settings;
  const auto& request = c.seen.certificate_request();
  if (settings.expect_certificate_types) {
    Bytes types;
    if (request)
      for (const auto type : request->certificate_types)
        types.push_back(static_cast<std::uint8_t>(type));
    expect(types == *settings.expect_certificate_types, "-expect-certificate-types");
  }
  if (settings.expect_client_ca_list) {
    expect(request.has_value(), "-expect-client-ca-list: no CertificateRequest came");
    std::vector<Bytes> names;
    for (const auto& name : request->certificate_authorities) names.push_back(name.der);
    expect(names == *settings.expect_client_ca_list, "-expect-client-ca-list");
  }
}

void check_names(const Completed& c) {
  const Settings& settings = c.settings;
  if (settings.expect_server_name)
    expect(c.agreement.server_name == *settings.expect_server_name, "-expect-server-name");
  if (!settings.server)
    expect(c.agreement.application_protocol == settings.expect_alpn, "-expect-alpn");
  if (!settings.expect_advertised_alpn) return;
  std::vector<std::string> offered;
  if (const auto& hello = c.seen.client_hello())
    if (const auto* list = hello->find<handshake::ProtocolNameList>())
      for (const auto& one : list->protocol_name_list)
        offered.emplace_back(wire::as_text(one.name));
  expect(alpn_list(offered) == *settings.expect_advertised_alpn, "-expect-advertised-alpn");
}

/// Alerts are left out: when they come is not the handshake's. A text of another form than ours is
/// not compared.
void check_trace(const Completed& c) {
  std::istringstream lines(c.settings.expect_msg_callback);
  std::string expected;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("read ") && !line.starts_with("write ")) return;
    if (line.find(" alert ") == std::string::npos) expected += line + "\n";
  }
  if (!expected.empty()) expect(c.seen.trace() == expected, "-expect-msg-callback");
}

/// With what the peer signed, as far as this handshake tells: a session remembers the rest.
void remember_peer_signature(const Completed& c, Memory& memory) {
  if (!c.settings.server)
    memory.peer_signature_scheme = c.agreement.signature_scheme;
  else if (!resumed(c))
    memory.peer_signature_scheme = c.agreement.client_signature_scheme;
}

}  // namespace

void check_handshake(const Completed& completed, Memory& memory) {
  const Settings& settings = completed.settings;
  const handshake::Agreement& agreement = completed.agreement;
  remember_peer_signature(completed, memory);
  expect(agreement.version == ProtocolVersion::tls12, "the version is not TLS 1.2");
  check_resumption(completed);
  if (settings.server)
    check_server_session(completed, memory);
  else
    check_client_session(completed, memory);
  check_peer_certificate(completed, memory);
  check_signatures(completed, memory);
  check_certificate_request(completed);
  check_names(completed);
  if (settings.expect_curve_id)
    expect(agreement.group == *settings.expect_curve_id, "-expect-curve-id");
  if (settings.expect_ocsp_response)
    expect(agreement.ocsp_response == *settings.expect_ocsp_response, "-expect-ocsp-response");
  check_trace(completed);
}

}  // namespace glasstls::bogo
