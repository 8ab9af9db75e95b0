// Files that hold one thing or many: PEM or DER.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "x509/pem.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// T::parse() of every PEM block with this label, in order, or of the DER bytes. A fault anywhere
/// in the text is an error, and so is the lack of any: "holds no certificate".
template <class T>
Result<std::vector<T>> parse_all(View pem_or_der, std::string_view label, const std::string& noun) {
  std::vector<T> all;
  if (!looks_like_pem(pem_or_der)) {
    auto parsed = T::parse(pem_or_der);
    if (!parsed) return parsed.error();
    all.push_back(*std::move(parsed));
    return all;
  }
  const PemText text = parse_pem(wire::as_text(pem_or_der));
  if (!text.faults.empty()) return text.faults.front();
  for (const PemBlock& block : text.blocks) {
    if (block.label != label) continue;
    auto parsed = T::parse(block.der);
    if (!parsed) {
      Malformed error = parsed.error();
      error.what += " (" + noun + " at line " + std::to_string(block.line) + ")";
      return error;
    }
    all.push_back(*std::move(parsed));
  }
  if (all.empty()) return Malformed{0, "holds no " + noun, "RFC 7468, 2"};
  return all;
}

}  // namespace glasstls::x509
