// Forms in which the runner writes bytes.
#pragma once

#include <string>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::bogo {

/// Names of CAs: comma-separated hexadecimal DER, or "<NULL>" or "<EMPTY>" for none. Throws
/// Unimplemented.
std::vector<Bytes> parse_ca_list(const std::string& text);

/// The names of an ALPN list, each behind a byte of length. Throws Unimplemented.
std::vector<std::string> parse_alpn(View list);
/// And back.
Bytes alpn_list(const std::vector<std::string>& names);

}  // namespace glasstls::bogo
