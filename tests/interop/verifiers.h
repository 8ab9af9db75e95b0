// Programs that judge certificate chains: ours and the others.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/interop/certificate_cases.h"

namespace glasstls::test {

enum class Opinion { trusted, refused, none };

/// What a verifier said of a case. `none`: it could not be asked; `words` say why.
struct Judgement {
  Opinion opinion = Opinion::none;
  std::string words;
};

/// One that is not installed has no judgements.
struct Verifier {
  std::string_view name;     // of its column
  std::string_view program;  // as PATH knows it; empty: ours
  std::string_view package;
  /// One judgement for each case.
  std::vector<Judgement> (*judge)(std::span<const CertificateCase> cases,
                                  const TemporaryFolder& work);
};

/// Ours first.
std::span<const Verifier> verifiers();

}  // namespace glasstls::test
