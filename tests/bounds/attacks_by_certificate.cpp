#include "tests/bounds/attack.h"
#include "tests/bounds/hostile.h"
#include "tests/bounds/hostile_chains.h"
#include "tests/support/lab.h"

namespace glasstls::bounds {

namespace {

using test::ScriptedClient;

constexpr std::size_t kib = 1024, mib = 1024 * kib;

test::Lab& lab() {
  static test::Lab one;
  return one;
}
constexpr const char* lab_name = "Lab CA";

/// A server that asks for certificates of the lab, and a client that shows what `step` says.
Cost shown(test::ClientChoices choices, const std::function<void(ScriptedClient&)>& step) {
  test::ServerOptions options;
  options.settings = [](tls::ServerSettings& s) {
    s.client_authentication = handshake::ClientAuthentication::required;
    s.roots = lab().roots();
  };
  HostileClient hostile(std::move(choices), options);
  hostile.does([](ScriptedClient& client) { client.hello(); });
  step(hostile.client);
  hostile.server.give(hostile.client.take());
  return hostile.server.cost();
}

std::function<Cost()> shown(const std::function<Chain()>& make) {
  return [chain = make()] {
    return shown({}, [&](ScriptedClient& client) { client.certificate(showing(chain)); });
  };
}

Cost largest_message_without_its_end() {
  return shown({}, [](ScriptedClient& client) {
    client.certificate(showing(many_names()));
    const Bytes records = client.take();
    client.raw(View(records).first(records.size() - 1));
  });
}

/// The certificate is a good one, but not the proof that it is theirs: an RSA key of 2048 bits.
Cost stolen_certificate() {
  test::ClientChoices choices;
  choices.credential = lab().client("rsa");
  choices.scheme = crypto::SignatureScheme::rsa_pss_rsae_sha256;
  return shown(choices, [](ScriptedClient& client) {
    client.certificate();
    client.key_exchange();
    client.certificate_verify([](handshake::CertificateVerify& message) {
      message.handshake_messages.signature[9] ^= 1;
    });
  });
}

}  // namespace

std::vector<Attack> attacks_by_certificate() {
  const std::string state = "WaitClientCertificate";
  const std::string limits = "max_handshake_message", work = "certificate_limits";
  return {
      {"LargestCertificateWithoutItsEnd", "sends the largest Certificate message but its last byte",
       state, "max_handshake_message", 400 * kib, largest_message_without_its_end},
      {"UnreadableCertificates", "shows 32,000 certificates of one byte", state, limits, 6 * mib,
       shown(unreadable_certificates)},
      {"ManyNames", "shows a certificate with 43,000 names", state, limits, 12 * mib,
       shown(many_names)},
      {"ManyWays", "shows 63 CAs, each of which could have issued each", state, work, 1024 * kib,
       shown(many_ways)},
      {"DearSignatures", "shows CAs with keys of 8192 bits and exponents of 64", state, work,
       2 * mib, shown([] { return dear_signatures(lab_name); })},
      {"LongNames", "shows CAs with names of 12 KB", state, work, 3 * mib,
       shown([] { return long_names(lab_name); })},
      {"StolenCertificate", "shows a good certificate, and a wrong signature",
       "WaitCertificateVerify", limits, 256 * kib, stolen_certificate},
  };
}

}  // namespace glasstls::bounds
