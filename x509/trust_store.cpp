#include "x509/trust_store.h"

#include <algorithm>
#include <utility>

#include "x509/pem.h"

namespace glasstls::x509 {

std::vector<TrustStore::Skipped> TrustStore::add(View pem_or_der) {
  std::vector<Skipped> skipped;
  const auto take = [&](View der, std::size_t line) {
    auto parsed = Certificate::parse(der);
    if (parsed) {
      add(*std::move(parsed));
    } else {
      skipped.push_back({line, parsed.error()});
    }
  };

  if (!looks_like_pem(pem_or_der)) {
    take(pem_or_der, 0);
    return skipped;
  }
  PemText text = parse_pem(wire::as_text(pem_or_der));
  for (Malformed& fault : text.faults) skipped.push_back({0, std::move(fault)});
  for (const PemBlock& block : text.blocks) {
    if (block.label == "CERTIFICATE") {
      take(block.der, block.line);
    } else if (block.label == "TRUSTED CERTIFICATE") {
      skipped.push_back({block.line, {0, "carries trust settings of OpenSSL's own", {}}});
    }
  }
  return skipped;
}

void TrustStore::add(Certificate anchor) {
  if (contains(anchor)) return;
  by_subject_.emplace(anchor.subject().key(), std::move(anchor));
}

std::vector<Certificate> TrustStore::find(const Name& subject) const {
  std::vector<Certificate> found;
  const auto range = by_subject_.equal_range(subject.key());
  for (auto i = range.first; i != range.second; ++i) found.push_back(i->second);
  return found;
}

bool TrustStore::contains(const Certificate& certificate) const {
  const auto range = by_subject_.equal_range(certificate.subject().key());
  return std::any_of(range.first, range.second,
                     [&](const auto& entry) { return entry.second == certificate; });
}

}  // namespace glasstls::x509
