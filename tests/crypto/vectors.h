// Reads test vectors as NIST publishes them: "name = value" lines, cases set apart by empty lines,
// [sections], # comments. Ours in tests/data/crypto are in the same form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/hash.h"
#include "wire/bytes.h"

namespace glasstls::test {

struct Case {
  std::string section;                        // of a line [section]
  std::map<std::string, std::string> values;  // [Name = value] lines above it count too
  std::size_t line = 0;                       // where it begins, for failure messages

  bool has(const std::string& name) const { return values.contains(name); }
  const std::string& text(const std::string& name) const { return values.at(name); }
  /// Hexadecimal, or a text in double quotes.
  Bytes bytes(const std::string& name) const;
};

/// Of a file in tests/data/crypto.
std::vector<Case> vectors(const std::string& file);

/// Of a file of Debian's package python3-cryptography-vectors; nullopt where that is missing.
std::optional<std::vector<Case>> nist_vectors(const std::string& file);

/// "SHA-256" or "SHA256"; nullopt for hashes that we do not have.
std::optional<crypto::HashAlgorithm> hash_by_name(const std::string& name);

}  // namespace glasstls::test

/// Vectors of NIST's file, or the test ends here as skipped.
#define GLASSTLS_NIST_VECTORS_OR_SKIP(cases, file)                                    \
  const auto cases##_if_installed = glasstls::test::nist_vectors(file);               \
  if (!cases##_if_installed) {                                                        \
    GTEST_SKIP() << "Debian's package python3-cryptography-vectors is not installed"; \
  }                                                                                   \
  const auto& cases = *cases##_if_installed
