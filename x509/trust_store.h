// Trust anchors: the certificates that are believed because the user gave them. RFC 5280, 6.1.1
// (d).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// A set of anchors. Fill it, then share it: const use is safe from many threads.
class TrustStore {
 public:
  /// An anchor that could not be used, and why.
  struct Skipped {
    std::size_t line = 0;  // of its BEGIN line; 0 for DER
    Malformed error;
  };

  /// Adds every CERTIFICATE (also "TRUSTED CERTIFICATE", whose trust settings we cannot honour, is
  /// reported and skipped) of a PEM text, or the one certificate of DER bytes. What does not parse
  /// is skipped and returned; the rest counts. The same bytes are held once.
  std::vector<Skipped> add(View pem_or_der);
  void add(Certificate anchor);

  /// Anchors whose subject matches, in order of adding.
  std::vector<Certificate> find(const Name& subject) const;
  /// Whether this very certificate, byte for byte, is an anchor.
  bool contains(const Certificate& certificate) const;

  std::size_t size() const { return by_subject_.size(); }
  bool empty() const { return by_subject_.empty(); }

 private:
  std::multimap<std::string, Certificate> by_subject_;  // by Name::key()
};

}  // namespace glasstls::x509
