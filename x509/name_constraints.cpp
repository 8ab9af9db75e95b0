#include "x509/name_constraints.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "x509/server_name.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

enum class Match { no, yes, unknown };

Match match_if(bool holds) { return holds ? Match::yes : Match::no; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_text(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && same_text(text.substr(text.size() - end.size()), end);
}

// `host` is `domain` or lies under it.
bool is_under(std::string_view host, std::string_view domain) {
  return same_text(host, domain) || ends_with(host, "." + std::string(domain));
}

// "example.com" holds itself and all below; ".example.com", which is not of the RFC but in use,
// only what is below; "" holds everything.
Match dns_in_subtree(std::string_view name, std::string_view base, bool excluded) {
  const bool wildcard = name.starts_with("*.");
  const std::string_view host = wildcard ? name.substr(2) : name;
  if (!is_dns_name(host)) return Match::unknown;
  if (base.empty()) return Match::yes;
  const bool strictly_below = base.front() == '.';
  const std::string_view domain = strictly_below ? base.substr(1) : base;
  if (!is_dns_name(domain)) return Match::unknown;

  if (wildcard && excluded) {  // it is enough that one expansion lies inside
    const std::size_t dot = domain.find('.');
    const bool expands_to_base =
        dot != std::string_view::npos && same_text(domain.substr(dot + 1), host) && !strictly_below;
    return match_if(is_under(host, domain) || expands_to_base);
  }
  if (wildcard) return match_if(is_under(host, domain));
  return match_if(strictly_below ? ends_with(host, base) : is_under(host, domain));
}

Match ip_in_subtree(View address, View subnet) {
  if (subnet.size() != 2 * address.size()) return Match::no;  // the other version of IP
  for (std::size_t i = 0; i < address.size(); ++i) {
    const std::uint8_t mask = subnet[address.size() + i];
    if ((address[i] & mask) != (subnet[i] & mask)) return Match::no;
  }
  return Match::yes;
}

// Whether it is one of the three that follow; anything else would match nothing and exclude nothing.
bool is_email_base(std::string_view base) {
  const std::size_t at = base.rfind('@');
  if (at == 0) return false;
  std::string_view host = at == std::string_view::npos ? base : base.substr(at + 1);
  if (at == std::string_view::npos && host.empty()) return true;
  if (at == std::string_view::npos && host.front() == '.') host.remove_prefix(1);
  return is_dns_name(host);
}

// A mailbox ("a@example.com"), a host ("example.com") or all hosts of a domain (".example.com").
Match email_in_subtree(std::string_view mailbox, std::string_view base) {
  const std::size_t at = mailbox.rfind('@');
  if (at == std::string_view::npos || at == 0 || !is_dns_name(mailbox.substr(at + 1))) {
    return Match::unknown;
  }
  const std::string_view host = mailbox.substr(at + 1);
  const std::size_t base_at = base.rfind('@');
  if (!is_email_base(base)) return Match::unknown;
  if (base_at != std::string_view::npos) {
    return match_if(mailbox.substr(0, at) == base.substr(0, base_at) &&
                    same_text(host, base.substr(base_at + 1)));
  }
  if (base.empty()) return Match::yes;
  return match_if(base.front() == '.' ? ends_with(host, base) : same_text(host, base));
}

// Of each attribute what a reader sees, without case and white space, in no order.
std::vector<std::string> readings(const RelativeDistinguishedName& rdn) {
  std::vector<std::string> texts;
  for (const AttributeTypeAndValue& attribute : rdn) {
    std::string text = to_string(attribute.type) + "=";
    for (const char c : to_string(attribute)) {
      const bool space = c == ' ' || c == '\\' || (c >= '\t' && c <= '\r');
      if (!space) text += lower(c);
    }
    texts.push_back(std::move(text));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

// Whether the two read alike, however their strings are encoded.
bool reads_alike(const RelativeDistinguishedName& a, const RelativeDistinguishedName& b) {
  return readings(a) == readings(b);
}

// Strings of different types do not match (RFC 5280, 7.1). To be outside an excluded subtree takes
// more: a TeletexString must not slip past a PrintableString that reads alike.
Match directory_in_subtree(const Name& name, const Name& base, bool excluded) {
  if (name.is_within(base)) return Match::yes;
  if (!excluded || name.rdns().size() < base.rdns().size()) return Match::no;
  const bool alike =
      std::equal(base.rdns().begin(), base.rdns().end(), name.rdns().begin(), reads_alike);
  return alike ? Match::unknown : Match::no;
}

Match in_subtree(const GeneralName& name, const GeneralName& base, bool excluded) {
  const auto text = [](const GeneralName& general) { return wire::as_text(general.value); };
  switch (name.kind) {
    case GeneralNameKind::dNSName: return dns_in_subtree(text(name), text(base), excluded);
    case GeneralNameKind::iPAddress: return ip_in_subtree(name.value, base.value);
    case GeneralNameKind::rfc822Name: return email_in_subtree(text(name), text(base));
    case GeneralNameKind::directoryName:
      return directory_in_subtree(name.directory, base.directory, excluded);
    default: return Match::unknown;
  }
}

class Judge {
 public:
  Judge(const NameConstraints& constraints, std::size_t& comparisons_left)
      : constraints_(constraints), left_(comparisons_left) {}

  std::optional<std::string> violation(const GeneralName& name) {
    bool any_of_this_form = false;
    bool inside = false;
    for (const GeneralName& base : constraints_.excluded) {
      if (!take()) return unknown(name, base);
      if (base.kind != name.kind) continue;
      const Match match = in_subtree(name, base, true);
      if (match == Match::unknown) return unknown(name, base);
      if (match == Match::yes)
        return shortened(to_string(name)) + " is excluded by " + shortened(to_string(base));
    }
    for (const GeneralName& base : constraints_.permitted) {
      if (!take()) return unknown(name, base);
      if (base.kind != name.kind) continue;
      any_of_this_form = true;
      const Match match = in_subtree(name, base, false);
      if (match == Match::unknown) return unknown(name, base);
      inside = inside || match == Match::yes;
    }
    if (any_of_this_form && !inside)
      return shortened(to_string(name)) + " is in no permitted subtree";
    return std::nullopt;
  }

 private:
  /// Forms that differ are quickly told apart, but there may be very many of them.
  bool take() {
    if (left_ == 0) return false;
    --left_;
    return true;
  }

  static std::string unknown(const GeneralName& name, const GeneralName& base) {
    return shortened(to_string(name)) + " cannot be held against " + shortened(to_string(base));
  }

  const NameConstraints& constraints_;
  std::size_t& left_;
};

// The subject itself, and the e-mail addresses in it.
std::vector<GeneralName> names_in(const Name& subject) {
  std::vector<GeneralName> names;
  if (!subject.empty()) names.push_back({GeneralNameKind::directoryName, {}, subject});
  for (const RelativeDistinguishedName& rdn : subject.rdns()) {
    for (const AttributeTypeAndValue& attribute : rdn) {
      if (attribute.type != oid::emailAddress) continue;
      names.push_back({GeneralNameKind::rfc822Name, attribute.value, {}});
    }
  }
  return names;
}

}  // namespace

std::optional<std::string> name_constraint_violation(const NameConstraints& constraints,
                                                     const Certificate& subject,
                                                     std::size_t& comparisons_left) {
  Judge judge(constraints, comparisons_left);
  for (const GeneralName& name : names_in(subject.subject())) {
    if (auto violation = judge.violation(name)) return violation;
  }
  const auto& alternatives = subject.extensions().subject_alt_name;
  if (!alternatives) return std::nullopt;
  for (const GeneralName& name : *alternatives) {
    if (auto violation = judge.violation(name)) return violation;
  }
  return std::nullopt;
}

}  // namespace glasstls::x509
