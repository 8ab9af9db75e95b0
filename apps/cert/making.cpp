#include "apps/cert/making.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "apps/error.h"
#include "apps/options.h"
#include "platform/clock.h"
#include "platform/random.h"
#include "x509/encode.h"
#include "x509/name_text.h"
#include "x509/pem.h"
#include "x509/server_name.h"

namespace glasstls::apps {

namespace {

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t clock_difference = 300;  // seconds
constexpr int max_days = 36'500;

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

struct KeyKind {
  std::string_view name;
  crypto::PrivateKey (*generate)(crypto::RandomSource& random);
};

template <std::size_t bits>
crypto::PrivateKey rsa(crypto::RandomSource& random) {
  return crypto::PrivateKey::generate_rsa(bits, random);
}

template <crypto::NamedGroup group>
crypto::PrivateKey ec(crypto::RandomSource& random) {
  return crypto::PrivateKey::generate_ec(group, random);
}

constexpr KeyKind kinds[] = {
    {"rsa", rsa<2048>},
    {"rsa3072", rsa<3072>},
    {"rsa4096", rsa<4096>},
    {"ec", ec<crypto::NamedGroup::secp256r1>},
    {"p384", ec<crypto::NamedGroup::secp384r1>},
    {"ed25519", crypto::PrivateKey::generate_ed25519},
};

const KeyKind* find_kind(std::string_view name) {
  const auto* found = std::find_if(std::begin(kinds), std::end(kinds),
                                   [&](const KeyKind& kind) { return kind.name == name; });
  return found == std::end(kinds) ? nullptr : found;
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

using Kind = x509::GeneralNameKind;

x509::GeneralName text_name(Kind kind, std::string_view text) {
  return {kind, wire::copy(wire::as_bytes(text)), {}};
}

std::optional<x509::GeneralName> read_ip(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']')
    text = text.substr(1, text.size() - 2);
  auto address = x509::parse_address(text);
  if (!address) return std::nullopt;
  return x509::GeneralName{Kind::iPAddress, *std::move(address), {}};
}

/// RFC 9525, 6.3: a wildcard is the whole leftmost label, and two labels must follow it.
std::optional<x509::GeneralName> read_dns(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const bool wildcard = text.starts_with("*.");
  const std::string_view name = wildcard ? text.substr(2) : text;
  if (!x509::is_dns_name(lower(name))) return std::nullopt;
  if (wildcard && name.find('.') == std::string_view::npos) return std::nullopt;
  return text_name(Kind::dNSName, lower(text));
}

std::optional<x509::GeneralName> read_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || !is_visible(text)) return std::nullopt;
  if (!x509::is_dns_name(lower(text.substr(at + 1)))) return std::nullopt;
  return text_name(Kind::rfc822Name, text);
}

/// RFC 5280, 4.2.1.6: with a scheme, and not relative.
std::optional<x509::GeneralName> read_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size())
    return std::nullopt;
  const std::string_view scheme = text.substr(0, colon);
  const bool good = std::isalpha(static_cast<unsigned char>(scheme.front())) != 0 &&
                    std::all_of(scheme.begin(), scheme.end(), [](unsigned char c) {
                      return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.';
                    });
  if (!good || !is_visible(text)) return std::nullopt;
  return text_name(Kind::uniformResourceIdentifier, text);
}

struct NameForm {
  std::string_view prefix;
  std::optional<x509::GeneralName> (*read)(std::string_view);
  const char* called;
};

constexpr NameForm forms[] = {
    {"DNS:", read_dns,
     "a DNS name (labels of a-z, 0-9 and inner '-', internationalized ones as xn--..., a wildcard "
     "only as '*.' before two labels or more)"},
    {"IP:", read_ip, "an IP address"},
    {"email:", read_email, "an e-mail address"},
    {"URI:", read_uri, "a URI with a scheme"},
};

const NameForm& form_of(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return forms[3];
  if (text.find('@') != std::string_view::npos) return forms[2];
  if (read_ip(text)) return forms[1];
  return forms[0];
}

CLI::Validator key_kind_check() {
  return CLI::Validator(
      [](std::string& text) {
        return find_kind(text) ? std::string()
                               : fmt::format("'{}' is none of {}", text, key_kinds());
      },
      "");
}

}  // namespace

const std::string& key_kinds() {
  static const std::string text = [] {
    std::string all;
    for (const KeyKind& kind : kinds) all.append(all.empty() ? "" : ", ").append(kind.name);
    return all;
  }();
  return text;
}

crypto::PrivateKey generate_key(std::string_view kind) {
  const KeyKind* found = find_kind(kind);
  if (!found) refuse(fmt::format("'{}' is none of {}", kind, key_kinds()));
  return found->generate(platform::system_random());
}

x509::Name parse_subject(std::string_view text) {
  auto name = x509::parse_name(text);
  if (!name)
    refuse(fmt::format("the subject '{}': {} (at character {}; {})", text, name.error().what,
                       name.error().offset + 1, name.error().section));
  return *std::move(name);
}

x509::GeneralName parse_general_name(std::string_view text) {
  const auto* form = std::find_if(std::begin(forms), std::end(forms), [&](const NameForm& known) {
    return lower(text).starts_with(lower(known.prefix));
  });
  const bool prefixed = form != std::end(forms);
  if (!prefixed) form = &form_of(text);
  auto name = form->read(prefixed ? text.substr(form->prefix.size()) : text);
  if (!name) refuse(fmt::format("the name '{}' is not {}", text, form->called));
  return *std::move(name);
}

std::vector<x509::GeneralName> parse_general_names(const std::vector<std::string>& texts) {
  std::vector<x509::GeneralName> names;
  for (const std::string& text : texts) {
    x509::GeneralName name = parse_general_name(text);
    const bool known = std::any_of(names.begin(), names.end(), [&](const x509::GeneralName& other) {
      return other.kind == name.kind && other.value == name.value;
    });
    if (!known) names.push_back(std::move(name));
  }
  return names;
}

x509::Name subject_of(const std::vector<x509::GeneralName>& names) {
  constexpr std::size_t ub_common_name = 64;  // RFC 5280, A.1
  if (names.empty()) return {};
  const x509::GeneralName& first = names.front();
  const std::string text = first.kind == Kind::iPAddress ? x509::address_text(first.value)
                                                         : std::string(wire::as_text(first.value));
  return text.size() > ub_common_name ? x509::Name() : x509::common_name(text);
}

std::string to_string(const std::vector<x509::GeneralName>& names) {
  std::string text;
  for (const x509::GeneralName& name : names)
    text.append(text.empty() ? "" : ", ").append(x509::to_string(name));
  return text.empty() ? "none" : text;
}

bool names_a_host(const std::vector<x509::GeneralName>& names) {
  return std::any_of(names.begin(), names.end(), [](const x509::GeneralName& name) {
    return name.kind == x509::GeneralNameKind::dNSName ||
           name.kind == x509::GeneralNameKind::iPAddress;
  });
}

Validity validity(int days) {
  const std::int64_t now = platform::now().seconds;
  return {{now - clock_difference}, {now + days * seconds_per_day}};
}

x509::NewExtension tls_purposes() {
  return {
      x509::oid::extKeyUsage, false,
      x509::encode_extended_key_usage({x509::oid::id_kp_serverAuth, x509::oid::id_kp_clientAuth})};
}

std::string certificate_pem(const x509::Certificate& certificate) {
  return x509::to_pem("CERTIFICATE", certificate.der());
}

CLI::Option* add_key_kind(CLI::App& command, const std::string& option, std::string& kind) {
  return command.add_option(option, kind, "kind of the new keys: " + key_kinds())
      ->option_text("KIND (" + kind + ")")
      ->check(key_kind_check());
}

CLI::Option* add_names(CLI::App& command, std::vector<std::string>& names,
                       const std::string& text) {
  return command.add_option("--name", names, text + " (may repeat)")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->check(not_empty());
}

CLI::Option* add_days(CLI::App& command, int& days, const std::string& text) {
  return command.add_option("--days", days, text)
      ->option_text("DAYS (" + std::to_string(days) + ")")
      ->check(number_within(1, max_days));
}

CLI::Option* add_file(CLI::App& command, const std::string& option, std::string& path,
                      const std::string& text) {
  return command.add_option(option, path, text)->type_name("FILE")->check(not_empty());
}

CLI::Option* add_passphrase_file(CLI::App& command, std::string& path) {
  return add_file(command, "--passphrase-file", path,
                  "its first line opens an encrypted key; without it: GLASSTLS_PASSPHRASE");
}

CLI::Option* add_force(CLI::App& command, bool& force) {
  return command.add_flag("--force", force, "replace files that exist");
}

}  // namespace glasstls::apps
