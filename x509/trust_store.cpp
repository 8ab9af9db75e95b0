#include "x509/trust_store.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "crypto/hash.h"
#include "x509/der.h"
#include "x509/name.h"
#include "x509/pem.h"

namespace glasstls::x509 {

namespace {

/// What the anchor is found by, with as little reading as that takes: Name::key() of its subject.
/// nullopt is no verdict yet: parsing tells what is wrong.
std::optional<std::string> subject_key(View certificate) {
  std::string key;
  DerReader der(certificate);
  der.sequence({}, [&] {
    der.sequence({}, [&] {
      if (der.next() == context_constructed(0)) der.any({});
      // serialNumber, signature, issuer, validity
      for (int passed = 0; passed < 4; ++passed) der.any({});
      key = read_name(der, {}).key();
      der.skip_rest();
    });
    der.skip_rest();
  });
  der.finish();
  if (!der.ok()) return std::nullopt;
  return key;
}

}  // namespace

/// A certificate that is read when it is first wanted.
class TrustStore::Anchor {
 public:
  Anchor(std::string key, Bytes der, std::size_t line, std::string_view source)
      : key_(std::move(key)), der_(std::move(der)), line_(line), source_(source) {}
  explicit Anchor(Certificate certificate)
      : key_(certificate.subject().key()),
        der_(wire::copy(certificate.der())),
        certificate_(std::move(certificate)) {}

  const std::string& key() const { return key_; }
  View der() const { return der_; }

  const Result<Certificate>& certificate() const {
    std::call_once(once_, [this] {
      if (!certificate_) certificate_ = Certificate::parse(der_);
    });
    return *certificate_;
  }

  /// Only if it does not parse.
  Skipped skipped() const { return {line_, certificate().error(), source_}; }

 private:
  std::string key_;  // of its subject
  Bytes der_;
  std::size_t line_ = 0;
  std::string source_;
  mutable std::once_flag once_;
  mutable std::optional<Result<Certificate>> certificate_;
};

std::vector<TrustStore::Skipped> TrustStore::add(View pem_or_der, std::string_view source) {
  std::vector<Skipped> skipped;
  const auto skip = [&](std::size_t line, Malformed error) {
    skipped.push_back({line, std::move(error), std::string(source)});
  };
  const auto take = [&](Bytes der, std::size_t line) {
    if (auto key = subject_key(der)) {
      insert(std::make_shared<const Anchor>(*std::move(key), std::move(der), line, source));
    } else if (auto parsed = Certificate::parse(der)) {
      add(*std::move(parsed));
    } else {
      skip(line, parsed.error());
    }
  };

  if (!looks_like_pem(pem_or_der)) {
    take(wire::copy(pem_or_der), 0);
    return skipped;
  }
  PemText text = parse_pem(wire::as_text(pem_or_der));
  for (Malformed& fault : text.faults) skip(0, std::move(fault));
  for (PemBlock& block : text.blocks) {
    if (block.label == "CERTIFICATE") {
      take(std::move(block.der), block.line);
    } else if (block.label == "TRUSTED CERTIFICATE") {
      skip(block.line, {0, "carries trust settings of OpenSSL's own", {}});
    }
  }
  return skipped;
}

void TrustStore::add(Certificate anchor) {
  insert(std::make_shared<const Anchor>(std::move(anchor)));
}

void TrustStore::add(const TrustStore& others) {
  if (&others == this) return;
  for (const auto& anchor : others.in_order_) insert(anchor);
}

bool TrustStore::holds(const std::string& key, View der) const {
  const auto range = by_subject_.equal_range(key);
  return std::any_of(range.first, range.second,
                     [&](const auto& entry) { return wire::equal(entry.second->der(), der); });
}

void TrustStore::insert(std::shared_ptr<const Anchor> anchor) {
  if (holds(anchor->key(), anchor->der())) return;
  by_subject_.emplace(anchor->key(), anchor);
  in_order_.push_back(std::move(anchor));
}

std::vector<Certificate> TrustStore::find(const Name& subject) const {
  std::vector<Certificate> found;
  const auto range = by_subject_.equal_range(subject.key());
  for (auto i = range.first; i != range.second; ++i)
    if (const auto& certificate = i->second->certificate()) found.push_back(*certificate);
  return found;
}

std::vector<TrustStore::Skipped> TrustStore::unreadable(const Name& subject) const {
  std::vector<Skipped> skipped;
  const auto range = by_subject_.equal_range(subject.key());
  for (auto i = range.first; i != range.second; ++i)
    if (!i->second->certificate()) skipped.push_back(i->second->skipped());
  return skipped;
}

std::vector<TrustStore::Skipped> TrustStore::check_all() const {
  std::vector<Skipped> skipped;
  for (const auto& anchor : in_order_)
    if (!anchor->certificate()) skipped.push_back(anchor->skipped());
  return skipped;
}

bool TrustStore::contains(const Certificate& certificate) const {
  return holds(certificate.subject().key(), certificate.der());
}

Bytes TrustStore::digest() const {
  std::vector<Bytes> each;
  each.reserve(in_order_.size());
  for (const auto& anchor : in_order_)
    each.push_back(wire::copy(crypto::hash(crypto::HashAlgorithm::sha256, anchor->der()).view()));
  std::sort(each.begin(), each.end());
  crypto::Hash all(crypto::HashAlgorithm::sha256);
  for (const Bytes& one : each) all.update(one);
  return wire::copy(all.finish().view());
}

}  // namespace glasstls::x509
