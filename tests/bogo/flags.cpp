#include "tests/bogo/flags.h"

#include <charconv>
#include <functional>
#include <map>
#include <string_view>

#include "tests/bogo/text.h"
#include "x509/pem.h"

namespace glasstls::bogo {

namespace {

using crypto::NamedGroup;
using crypto::SignatureScheme;
using Value = const std::string&;

/// One flag: whether an argument of its own follows, and what it does to the settings.
struct Flag {
  bool has_value;
  std::function<void(Settings&, Value)> apply;
};

template <class Number>
Number number(Value text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end) throw Unimplemented("not a number: " + text);
  return value;
}

/// A code point that the library can use.
template <class Code>
Code code(Value text) {
  const auto value = static_cast<Code>(number<std::uint16_t>(text));
  if (crypto::find(value) == nullptr) throw Unimplemented("not a code point of ours: " + text);
  return value;
}

Bytes base64(Value text) {
  const auto bytes = x509::base64_decode(text);
  if (!bytes) throw Unimplemented("not base64: " + text);
  return *bytes;
}

std::vector<std::string> alpn_names(Value text) { return parse_alpn(wire::as_bytes(text)); }

// --- Kinds of flags

/// Accepted: there is nothing to do for a library that speaks TLS 1.2 alone.
Flag nothing() {
  return {false, [](Settings&, Value) {}};
}
Flag nothing_with_value() {
  return {true, [](Settings&, Value) {}};
}

Flag no_tls12() {
  return {false, [](Settings&, Value) { throw Unimplemented("TLS 1.2 is all that we speak"); }};
}

Flag on(bool Settings::*field) {
  return {false, [field](Settings& s, Value) { s.*field = true; }};
}

template <class Field, class Parse>
Flag set(Field Settings::*field, Parse parse) {
  return {true, [=](Settings& s, Value value) { s.*field = parse(value); }};
}
template <class Field>
Flag text(Field Settings::*field) {
  return set(field, [](Value value) { return value; });
}
template <class Field>
Flag bytes(Field Settings::*field) {
  return set(field, [](Value value) { return wire::copy(wire::as_bytes(value)); });
}
template <class Number>
Flag count(Number Settings::*field) {
  return set(field, number<Number>);
}
Flag count(std::optional<std::size_t> Settings::*field) { return set(field, number<std::size_t>); }
template <class Code>
Flag list(std::vector<Code> Settings::*field) {
  return {true, [=](Settings& s, Value value) { (s.*field).push_back(code<Code>(value)); }};
}

// --- Flags with rules of their own

/// What our own side may use. pass_over_unknown() looks at the whole list.
Flag preferences(std::vector<SignatureScheme> Settings::*field) {
  return {true, [=](Settings& s, Value value) {
            (s.*field).push_back(static_cast<SignatureScheme>(number<std::uint16_t>(value)));
          }};
}

/// A list may end in SHA-1, say, which we lack: it is of use as long as we have one of its schemes.
void pass_over_unknown(std::vector<SignatureScheme>& preferences) {
  const bool given = !preferences.empty();
  std::erase_if(preferences, [](SignatureScheme one) { return crypto::find(one) == nullptr; });
  if (given && preferences.empty()) throw Unimplemented("no signature scheme of ours is preferred");
}

constexpr unsigned tls12 = 771, tls13 = 772;

/// Whoever speaks TLS 1.3 too is to offer it here: for us that is 1.2.
Flag max_version() {
  return {true, [](Settings&, Value value) {
            const auto version = number<unsigned>(value);
            if (version != tls12 && version != tls13) throw Unimplemented("-max-version " + value);
          }};
}

Flag min_version() {
  return {true, [](Settings&, Value value) {
            if (number<unsigned>(value) > tls12) throw Unimplemented("-min-version " + value);
          }};
}

/// The one list of suites that the tests use: no AES.
Flag cipher() {
  return {true, [](Settings& s, Value value) {
            if (value != "DEFAULT:!AES") throw Unimplemented("-cipher " + value);
            s.cipher = {crypto::CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                        crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256};
          }};
}

const std::map<std::string_view, Flag>& flags() {
  using S = Settings;
  static const std::map<std::string_view, Flag> all{
      // Every test
      {"port", count(&S::port)},
      {"ipv6", on(&S::ipv6)},
      {"shim-id", count(&S::shim_id)},
      {"server", on(&S::server)},
      {"cert-file", text(&S::cert_file)},
      {"key-file", text(&S::key_file)},
      {"trust-cert", nothing_with_value()},  // the shim's check lets every chain pass

      // Resumption, sessions
      {"resume-count", count(&S::resume_count)},
      {"expect-session-miss", on(&S::expect_session_miss)},
      {"expect-session-id", on(&S::expect_session_id)},
      {"expect-no-session-id", on(&S::expect_no_session_id)},
      {"expect-no-session", on(&S::expect_no_session)},
      {"expect-ticket-renewal", on(&S::expect_ticket_renewal)},
      {"expect-extended-master-secret", on(&S::expect_extended_master_secret)},
      {"no-ticket", on(&S::no_ticket)},

      // Certificates and signatures
      {"verify-peer", on(&S::verify_peer)},
      {"require-any-client-certificate", on(&S::require_any_client_certificate)},
      {"verify-fail", on(&S::verify_fail)},
      {"use-custom-verify-callback", on(&S::use_custom_verify_callback)},
      {"expect-verify-result", on(&S::expect_verify_result)},
      {"signing-prefs", preferences(&S::signing_prefs)},
      {"verify-prefs", preferences(&S::verify_prefs)},
      {"expect-peer-signature-algorithm",
       set(&S::expect_peer_signature_algorithm, code<SignatureScheme>)},
      {"expect-peer-verify-pref", list(&S::expect_peer_verify_pref)},
      {"expect-certificate-types", set(&S::expect_certificate_types, base64)},
      {"use-client-ca-list", set(&S::use_client_ca_list, parse_ca_list)},
      {"expect-client-ca-list", set(&S::expect_client_ca_list, parse_ca_list)},
      {"expect-peer-cert-file", text(&S::expect_peer_cert_file)},
      {"use-old-client-cert-callback", nothing()},
      {"max-cert-list", count(&S::max_cert_list)},

      // Versions, groups, suites
      {"max-version", max_version()},
      {"min-version", min_version()},
      {"no-tls1", nothing()},
      {"no-tls11", nothing()},
      {"no-tls12", no_tls12()},
      {"no-tls13", nothing()},
      {"curves", list(&S::curves)},
      {"expect-curve-id", set(&S::expect_curve_id, code<NamedGroup>)},
      {"cipher", cipher()},
      {"expect-no-hrr", nothing()},

      // Names, ALPN, OCSP, exporter
      {"host-name", text(&S::host_name)},
      {"expect-server-name", text(&S::expect_server_name)},
      {"advertise-alpn", set(&S::advertise_alpn, alpn_names)},
      {"expect-alpn", text(&S::expect_alpn)},
      {"select-alpn", text(&S::select_alpn)},
      {"expect-advertised-alpn", bytes(&S::expect_advertised_alpn)},
      {"decline-alpn", on(&S::decline_alpn)},
      {"reject-alpn", on(&S::reject_alpn)},
      {"enable-ocsp-stapling", on(&S::enable_ocsp_stapling)},
      {"ocsp-response", set(&S::ocsp_response, base64)},
      {"expect-ocsp-response", set(&S::expect_ocsp_response, base64)},
      {"export-keying-material", count(&S::export_keying_material)},
      {"export-label", text(&S::export_label)},
      {"export-context", text(&S::export_context)},
      {"use-export-context", on(&S::use_export_context)},

      // Driving and ending a connection
      {"async", on(&S::async)},
      {"implicit-handshake", nothing()},  // the first read drives the handshake here anyway
      {"use-early-callback", nothing()},
      {"no-op-extra-handshake", on(&S::no_op_extra_handshake)},
      {"shim-writes-first", on(&S::shim_writes_first)},
      {"send-alert", on(&S::send_alert)},
      {"shim-shuts-down", on(&S::shim_shuts_down)},
      {"check-close-notify", on(&S::check_close_notify)},
      {"read-size", count(&S::read_size)},
      {"max-send-fragment", count(&S::max_send_fragment)},
      {"expect-msg-callback", text(&S::expect_msg_callback)},
  };
  return all;
}

bool strip(std::string_view& name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  return true;
}

}  // namespace

Plan parse_flags(const std::vector<std::string>& arguments) {
  Plan plan;
  for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
    std::string_view name = *argument;
    if (!strip(name, "-")) throw Unimplemented("not a flag: " + *argument);
    const bool only_initial = strip(name, "on-initial-");
    const bool only_resume = !only_initial && strip(name, "on-resume-");
    const auto flag = flags().find(name);
    if (flag == flags().end()) throw Unimplemented("an unknown flag: " + *argument);

    std::string value;
    if (flag->second.has_value) {
      if (++argument == arguments.end()) throw Unimplemented("a value is missing at the end");
      value = *argument;
    }
    if (!only_resume) flag->second.apply(plan.initial, value);
    if (!only_initial) flag->second.apply(plan.resume, value);
  }
  for (Settings* settings : {&plan.initial, &plan.resume}) {
    pass_over_unknown(settings->signing_prefs);
    pass_over_unknown(settings->verify_prefs);
    if (settings->read_size == 0) throw Unimplemented("-read-size 0 reads nothing");
  }
  return plan;
}

}  // namespace glasstls::bogo
