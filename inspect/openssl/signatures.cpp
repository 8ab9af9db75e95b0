// The handshake's messages, its signatures, and the server's chain.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>

#include "inspect/openssl/script.h"

namespace glasstls::inspect::openssl {

namespace {

constexpr std::string_view pss = " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";

struct Scheme {
  std::uint64_t number;
  std::string_view hash;  // empty: the key signs the content itself
  std::string_view options;
};

/// RFC 8422, 5.1.3; RFC 8446, 4.2.3.
constexpr std::array<Scheme, 9> schemes{{
    {0x0401, "sha256", ""},
    {0x0501, "sha384", ""},
    {0x0601, "sha512", ""},
    {0x0804, "sha256", pss},
    {0x0805, "sha384", pss},
    {0x0806, "sha512", pss},
    {0x0403, "sha256", ""},
    {0x0503, "sha384", ""},
    {0x0807, "", ""},
}};

/// Our own verdict, to be compared with.
std::string_view verdict_of(const Script& script, std::string_view name) {
  const Check* check = script.check(name);
  if (check == nullptr || check->verdict == Verdict::not_checkable) return {};
  return check->verdict == Verdict::passed ? "good" : "bad";
}

/// `content` is a shell command that writes what was signed.
void write_verification(Script& script, const std::string& what, std::string_view check,
                        Side signer, std::string_view message, const std::string& content) {
  const auto id = script.message(message);
  const Field* algorithm = script.field(id, "algorithm");
  const std::string signature = script.part_of(script.field(id, "signature"));
  const Certificate* certificate = script.certificate(signer);
  const Field* der = certificate != nullptr && certificate->field
                         ? &script.document.fields[*certificate->field]
                         : nullptr;
  const std::string leaf = script.part_of(der);
  if (algorithm == nullptr || signature.empty() || leaf.empty() || content.empty())
    return script.skip(what, "the signature, what it covers, or the certificate is not known");
  const auto scheme = std::find_if(schemes.begin(), schemes.end(), [&](const Scheme& row) {
    return row.number == algorithm->number.number;
  });
  const std::string_view verdict = verdict_of(script, check);
  if (scheme == schemes.end() || verdict.empty())
    return script.skip(what, "its signature scheme is none that is verified here");
  script.add(fmt::format("{} >\"$work/content\"\n{} >\"$work/signature\"\n", content, signature));
  script.add(fmt::format(
      "{} >\"$work/leaf.der\"\nopenssl x509 -inform DER -in \"$work/leaf.der\" -pubkey -noout "
      ">\"$work/leaf.pub\" 2>/dev/null\n",
      leaf));
  if (scheme->hash.empty())
    script.add(fmt::format(
        "agree \"{}\" {} openssl pkeyutl -verify -rawin -pubin \\\n"
        "  -inkey \"$work/leaf.pub\" -sigfile \"$work/signature\" -in \"$work/content\"\n",
        what, verdict));
  else
    script.add(
        fmt::format("agree \"{}\" {} openssl dgst -{} -verify \"$work/leaf.pub\"{} \\\n"
                    "  -signature \"$work/signature\" \"$work/content\"\n",
                    what, verdict, scheme->hash, scheme->options));
  script.will_check();
}

/// Both randoms and the parameters.
std::string signed_by_server(const Script& script) {
  const std::string client = script.part_of(script.field(script.message("ClientHello"), "random"));
  const std::string server = script.part_of(script.field(script.message("ServerHello"), "random"));
  const auto message = script.message("ServerKeyExchange");
  const Field* params = script.field(message, "params");
  const std::string bytes = params == nullptr ? "" : script.part(params->range, message);
  if (client.empty() || server.empty() || bytes.empty()) return {};
  return fmt::format("{{ {}; {}; {}; }}", client, server, bytes);
}

/// The server's certificates as PEM files: the first, and all of them. False: they are not there.
bool write_certificates(Script& script) {
  const Certificate* leaf = script.certificate(Side::server);
  bool any = false;
  for (const Certificate& certificate : script.document.certificates) {
    if (certificate.message != leaf->message || !certificate.field) continue;
    const std::string der = script.part_of(&script.document.fields[*certificate.field]);
    if (der.empty()) continue;
    if (certificate.place == 0)
      script.add(fmt::format("{} | openssl x509 -inform DER -out \"$work/leaf.pem\"\n", der));
    script.add(fmt::format("{} | openssl x509 -inform DER >>\"$work/chain.pem\"\n", der));
    any = any || certificate.place == 0;
  }
  return any;
}

}  // namespace

void write_messages(Script& script) {
  script.section("The handshake messages",
                 "As they were sent, without the headers of records, and decrypted where they were "
                 "encrypted. All that follows is computed from them and from the secrets.");
  if (script.suite != nullptr) script.add(fmt::format("prf_hash={}\n", script.suite->hash));
  std::size_t number = 0;
  for (const Id id : script.transcript()) {
    const Message& message = script.document.messages[id];
    ++number;
    std::string name;
    for (const char c : message.name)
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) name += c;
    script.add(fmt::format("\n# {}, from the {}\n", name, name_of(message.side)));
    script.here(fmt::format("message {}", number), script.document.bytes(message.range));
  }
}

void write_signatures(Script& script) {
  if (script.message("ServerKeyExchange")) {
    script.section(
        "The server's signature",
        "ServerKeyExchange: the key of the server's certificate signs ClientHello.random "
        "+ ServerHello.random + params, so that the ephemeral key is the server's, and "
        "of this very handshake. RFC 8422, section 5.4.");
    write_verification(script, "the server's signature", "server_signature", Side::server,
                       "ServerKeyExchange", signed_by_server(script));
  }
  const auto verify = script.place(script.message("CertificateVerify", Side::client));
  if (!verify) return;
  script.section("The client's signature",
                 "CertificateVerify: the key of the client's certificate signs all handshake "
                 "messages before this one. RFC 5246, section 7.4.8.");
  write_verification(script, "the client's signature", "client_signature", Side::client,
                     "CertificateVerify", fmt::format("transcript {}", *verify - 1));
}

namespace {

/// When the chain was judged, "2026-01-31 12:00:00 UTC" in the reason: seconds since 1970.
std::optional<std::int64_t> judged_at(const Script& script) {
  const Check* check = script.check("certificate_chain");
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (check != nullptr && check->reason.arguments.size() > 1 &&
      std::sscanf(check->reason.arguments[1].c_str(), "%d-%d-%d %d:%d:%d UTC", &year, &month, &day,
                  &hour, &minute, &second) == 6) {
    const std::chrono::sys_days days{std::chrono::year(year) / month / day};
    const std::chrono::sys_seconds at = days + std::chrono::hours{hour} +
                                        std::chrono::minutes{minute} + std::chrono::seconds{second};
    return at.time_since_epoch().count();
  }
  if (const auto begin = script.document.connection.begin) return *begin / 1'000'000'000;
  return std::nullopt;
}

/// Only where the name that was checked is the one in the ClientHello: the script takes it from there.
void write_name(Script& script) {
  const Check* check = script.check("certificate_name");
  const std::string_view verdict = verdict_of(script, "certificate_name");
  const std::string name = script.part_of(script.field(script.message("ClientHello"), "host_name"));
  if (verdict.empty() || name.empty() || check->reason.arguments.empty() ||
      check->reason.arguments.front() != script.document.connection.server_name)
    return script.skip("the name in the certificate", "the ClientHello holds no name to check");
  script.add(
      fmt::format("agree \"the name in the certificate\" {} is_for \"$({})\" \"$work/leaf.pem\"\n",
                  verdict, name));
  script.will_check();
}

}  // namespace

void write_chain(Script& script) {
  if (script.certificate(Side::server) == nullptr) return;
  script.section("The server's certificate",
                 "Its name is checked as RFC 9525 says; its chain (RFC 5280, section 6) only if "
                 "trusted certificates are given.");
  script.add(R"sh(
# is_for NAME FILE
is_for() { openssl x509 -in "$2" -noout -checkhost "$1" | grep 'does match'; }

)sh");
  if (!write_certificates(script))
    return script.skip("the server's certificate", "it is not all there");
  write_name(script);
  const std::string_view verdict = verdict_of(script, "certificate_chain");
  if (verdict.empty()) return script.skip("the server's chain", "nothing was said of it");
  std::string options = "-purpose sslserver -no-CApath -no-CAstore";
  if (const auto at = judged_at(script)) options += fmt::format(" -attime {}", *at);
  script.add(
      fmt::format("if [ -z \"$ca\" ]; then\n"
                  "  skip \"the server's chain\" \"no trusted certificates were given\"\n"
                  "else\n"
                  "  agree \"the server's chain\" {} openssl verify {} \\\n"
                  "    -CAfile \"$ca\" -untrusted \"$work/chain.pem\" \"$work/leaf.pem\"\n"
                  "fi\n",
                  verdict, options));
}

}  // namespace glasstls::inspect::openssl
