#include "apps/cert/objects.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "apps/cert/input_files.h"
#include "crypto/constant_time.h"
#include "x509/pem.h"

namespace glasstls::apps {

namespace {

struct KnownLabel {
  std::string_view text;
  ObjectLabel label;
};

constexpr KnownLabel labels[] = {
    {"CERTIFICATE", ObjectLabel::certificate},
    {"X509 CERTIFICATE", ObjectLabel::certificate},
    {"CERTIFICATE REQUEST", ObjectLabel::request},
    {"NEW CERTIFICATE REQUEST", ObjectLabel::request},
    {"X509 CRL", ObjectLabel::revocation_list},
};

ObjectLabel label_of(std::string_view text) {
  for (const KnownLabel& known : labels)
    if (known.text == text) return known.label;
  return ObjectLabel::other;
}

std::string_view noun_of(ObjectLabel label) {
  switch (label) {
    case ObjectLabel::certificate: return "certificate";
    case ObjectLabel::request: return "request";
    case ObjectLabel::revocation_list: return "list";
    default: return "block";
  }
}

}  // namespace

FoundObjects find_objects(const std::string& path) {
  const std::string name = path == "-" ? "standard input" : path;
  Bytes content = read_input(path);
  FoundObjects found;
  if (!x509::looks_like_pem(content)) {
    found.objects.push_back({ObjectLabel::any, {}, std::move(content), name});
    return found;
  }
  x509::PemText text = x509::parse_pem(wire::as_text(content));
  std::array<std::size_t, 5> counts{};
  for (x509::PemBlock& block : text.blocks) {
    const ObjectLabel label = label_of(block.label);
    const std::size_t number = ++counts[static_cast<std::size_t>(label)];
    if (label == ObjectLabel::other) crypto::wipe(block.der);  // it may be a private key
    found.objects.push_back(
        {label, block.label, label == ObjectLabel::other ? Bytes() : std::move(block.der),
         fmt::format("{}, {} {} (line {})", name, noun_of(label), number, block.line)});
  }
  for (const x509::Malformed& fault : text.faults)
    found.faults.push_back(fmt::format("{}: {} ({})", name, fault.what, fault.section));
  crypto::wipe(content);
  return found;
}

}  // namespace glasstls::apps
