#include "tests/bounds/attack.h"
#include "tests/bounds/hostile.h"
#include "tests/bounds/hostile_chains.h"
#include "tests/support/lab.h"

namespace glasstls::bounds {

namespace {

using test::ScriptedServer;
using Step = std::function<void(ScriptedServer&)>;

constexpr std::size_t kib = 1024, mib = 1024 * kib;

/// What happens to a client after these steps.
Cost after(const std::vector<Step>& steps, test::Choices choices = {},
           const test::Change<tls::ClientSettings>& settings = {}) {
  test::ClientOptions options;
  options.settings = settings;
  HostileServer hostile(std::move(choices), options);
  for (const Step& step : steps) hostile.does(step);
  return hostile.client.cost();
}

std::function<Cost()> shown(const std::function<Chain()>& make) {
  return [chain = make()] {
    return after({[&](ScriptedServer& server) {
      server.hello();
      server.certificate(showing(chain));
      server.key_exchange();
      server.done();
    }});
  };
}

std::function<Cost()> stall_after(const Bytes& bytes) {
  return [bytes] { return after({[&](ScriptedServer& server) { server.raw(bytes); }}); };
}

Cost flood_of_hello_requests() {
  return after({[](ScriptedServer& server) {
    for (unsigned i = 0; i < 1000; ++i) server.hello_request();
  }});
}

/// The signature is wrong; that is found out before any key is agreed on.
Cost stolen_certificate() {
  return after({[](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange(
        {}, [](handshake::ServerKeyExchange& message) { message.signed_params.signature[9] ^= 1; });
  }});
}

Cost largest_certificate_request() {
  return after({[](ScriptedServer& server) {
    server.hello();
    server.certificate();
    server.key_exchange();
    server.certificate_request([](handshake::CertificateRequest& message) {
      message.certificate_authorities.resize(0xffff / 3, {Bytes{0x30}});
    });
  }});
}

/// The client keeps it for the next time.
Cost largest_ticket() {
  test::Choices choices;
  choices.ticket = Bytes(0xffff);
  return after({[](ScriptedServer& server) { server.first_flight(); },
                [](ScriptedServer& server) { server.second_flight(); }},
               choices, [](tls::ClientSettings& s) {
                 s.sessions = std::make_shared<handshake::SessionCache>(1);
               });
}

Cost hello_requests_after_the_handshake() {
  HostileServer hostile;
  hostile.does([](ScriptedServer& server) { server.first_flight(); });
  hostile.does([](ScriptedServer& server) { server.second_flight(); });
  hostile.client.count_anew();
  for (unsigned i = 0; i < 1000; ++i) hostile.server.hello_request();
  hostile.client.give(hostile.server.take());
  return hostile.client.cost();
}

}  // namespace

std::vector<Attack> attacks_on_client() {
  const std::string message = "max_handshake_message", work = "certificate_limits";
  const std::string hello = "WaitServerHello", key_exchange = "WaitServerKeyExchange";
  return {
      {"ServerOneByte", "sends one byte", hello, "ReceiveBuffer::capacity", 100 * kib,
       stall_after({22})},
      {"ServerLargestMessageAnnounced", "announces the largest message, and stalls", hello, message,
       100 * kib, stall_after({22, 3, 3, 0, 4, 2, 2, 1, 0x44})},
      {"ServerHelloRequests", "sends 1,000 HelloRequests", hello, "patience.ignored_hello_requests",
       160 * kib, flood_of_hello_requests},
      {"ServerUnreadableCertificates", "shows 32,000 certificates of one byte", "WaitCertificate",
       message, 6 * mib, shown(unreadable_certificates)},
      {"ServerManyNames", "shows a certificate with 43,000 names", "WaitCertificate", message,
       12 * mib, shown(many_names)},
      {"ServerManyWays", "shows 63 CAs, each of which could have issued each", key_exchange, work,
       1024 * kib, shown(many_ways)},
      {"ServerDearSignatures", "shows CAs with keys of 8192 bits and exponents of 64", key_exchange,
       work, 2 * mib, shown([] { return dear_signatures("GlassTLS test CA"); })},
      {"ServerLongNames", "shows CAs with names of 12 KB", key_exchange, work, 3 * mib,
       shown([] { return long_names("GlassTLS test CA"); })},
      {"ServerStolenCertificate", "shows a good certificate, and a wrong signature", key_exchange,
       message, 160 * kib, stolen_certificate},
      {"ServerLargestCertificateRequest", "asks for a certificate of 21,845 CAs",
       "WaitCertificateRequestOrDone", message, 4 * mib, largest_certificate_request},
      {"ServerLargestTicket", "gives a ticket of 64 KiB, to be kept", "WaitNewSessionTicket",
       "SessionCache's capacity", 512 * kib, largest_ticket},
      {"ServerHelloRequestsLater", "asks 1,000 times for a renegotiation", "Established",
       "patience.renegotiation_attempts", 160 * kib, hello_requests_after_the_handshake},
  };
}

}  // namespace glasstls::bounds
