// What the making commands of `glasstls cert` share: kinds of keys, names, validity, and how their
// options read. A text that cannot be understood is CommandError (usage).
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "x509/certificate.h"
#include "x509/general_name.h"
#include "x509/issue.h"
#include "x509/name.h"
#include "x509/time.h"

namespace glasstls::apps {

/// "rsa, rsa3072, rsa4096, ec, p384, ed25519": what generate_key() knows.
const std::string& key_kinds();
/// A new key: rsa is RSA of 2048 bits, ec is P-256.
crypto::PrivateKey generate_key(std::string_view kind);

/// "CN=test,O=Example" (RFC 4514, most specific first) or "/O=Example/CN=test".
x509::Name parse_subject(std::string_view text);
/// A name for subjectAltName: an IP address, a URI (it has a ':' after its scheme, and "//"), an
/// e-mail address, or a DNS name, perhaps with a wildcard as its leftmost label. "DNS:", "IP:",
/// "email:" and "URI:" before it say which is meant.
x509::GeneralName parse_general_name(std::string_view text);
std::vector<x509::GeneralName> parse_general_names(const std::vector<std::string>& texts);

/// Whether one of them is a DNS name or an IP address: what a server is reached by.
bool names_a_host(const std::vector<x509::GeneralName>& names);
/// The first of them as a common name; empty if it has more than the 64 characters that X.520 allows.
x509::Name subject_of(const std::vector<x509::GeneralName>& names);
/// "DNS:test, IP:127.0.0.1"; "none".
std::string to_string(const std::vector<x509::GeneralName>& names);

struct Validity {
  x509::Time not_before, not_after;
};
/// From five minutes ago, because clocks differ, for so many days from now.
Validity validity(int days);

/// extKeyUsage of an intermediate CA: serverAuth and clientAuth.
x509::NewExtension tls_purposes();

std::string certificate_pem(const x509::Certificate& certificate);

/// --key-type or --key, as the command calls it.
CLI::Option* add_key_kind(CLI::App& command, const std::string& option, std::string& kind);
CLI::Option* add_names(CLI::App& command, std::vector<std::string>& names, const std::string& text);
CLI::Option* add_days(CLI::App& command, int& days, const std::string& text);
CLI::Option* add_file(CLI::App& command, const std::string& option, std::string& path,
                      const std::string& text);
CLI::Option* add_passphrase_file(CLI::App& command, std::string& path);
CLI::Option* add_force(CLI::App& command, bool& force);

}  // namespace glasstls::apps
