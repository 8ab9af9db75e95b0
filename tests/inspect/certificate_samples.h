// Certificates of tests/data/x509, and the moment at which tests look at them.
#pragma once

#include <string>

#include "tests/support/data_files.h"
#include "wire/bytes.h"
#include "x509/pem.h"
#include "x509/time.h"

namespace glasstls::test {

/// 2026-01-01: within the validity of all but those that are called expired or not yet valid.
inline const x509::Time sample_time = *x509::time_from(2026, 1, 1, 0, 0, 0);

/// The first PEM block of a file in tests/data/x509.
inline Bytes sample_der(const std::string& file) {
  return x509::parse_pem(read_data("data/x509/" + file)).blocks.at(0).der;
}

}  // namespace glasstls::test
