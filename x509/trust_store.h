// Trust anchors: the certificates that are believed because the user gave them. RFC 5280, 6.1.1
// (d).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// A set of anchors. Fill it, then share it: const use is safe from many threads. Copies share what
/// they hold.
///
/// A program loads a hundred and fifty anchors and uses one. So add() reads of each no more than
/// its subject, and the whole certificate is read when its name is first asked for, once.
class TrustStore {
 public:
  /// An anchor that could not be used, and why.
  struct Skipped {
    std::size_t line = 0;  // of its BEGIN line; 0 for DER
    Malformed error;       // its offset counts from the first byte of the certificate
    std::string source;    // as it was given to add()
  };

  /// Adds every CERTIFICATE (also "TRUSTED CERTIFICATE", whose trust settings we cannot honour, is
  /// reported and skipped) of a PEM text, or the one certificate of DER bytes. What is plainly none
  /// is skipped and returned; the rest counts. Faults behind the subject are told later, by
  /// unreadable() and check_all(). The same bytes are held once. `source`, a file's name say,
  /// stands in the reports.
  std::vector<Skipped> add(View pem_or_der, std::string_view source = {});
  void add(Certificate anchor);
  void add(const TrustStore& others);

  /// Anchors whose subject matches, in order of adding; without those that do not parse.
  std::vector<Certificate> find(const Name& subject) const;
  /// Those that do not parse, of this subject.
  std::vector<Skipped> unreadable(const Name& subject) const;
  /// Reads every anchor; returns all that do not parse, in order of adding.
  std::vector<Skipped> check_all() const;
  /// Whether this very certificate, byte for byte, is an anchor.
  bool contains(const Certificate& certificate) const;

  /// SHA-256 over what is held, whatever its order: equal if and only if the same is trusted.
  Bytes digest() const;

  /// How many are held, those included that turn out not to parse.
  std::size_t size() const { return by_subject_.size(); }
  bool empty() const { return by_subject_.empty(); }

 private:
  class Anchor;

  bool holds(const std::string& key, View der) const;
  void insert(std::shared_ptr<const Anchor> anchor);

  // By Name::key(), which the anchor holds.
  std::multimap<std::string_view, std::shared_ptr<const Anchor>> by_subject_;
  std::vector<std::shared_ptr<const Anchor>> in_order_;
};

}  // namespace glasstls::x509
