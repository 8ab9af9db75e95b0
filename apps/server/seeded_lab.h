// The lab of `glasstls server --seed`: the same certificates and keys in every run.
//
// They lie beside this file, in seeded_lab/, made once by `glasstls cert lab`: valid from 2024 to 2049
// for test, localhost, 127.0.0.1 and ::1. Their keys are PUBLISHED and protect nothing; the key of
// their CA was thrown away, so that nobody can issue more.
#pragma once

#include <string_view>

#include "apps/cert/lab.h"

namespace glasstls::apps {

/// In PEM.
struct SeededLabFiles {
  std::string_view ca_cert, server_cert, server_key, client_cert, client_key;
};

extern const SeededLabFiles seeded_lab_files;

/// Writes them as make_lab() would, without ca-key.pem; only the folder of `lab` counts. CommandError
/// (usage) as write_outputs() gives it.
void write_seeded_lab(const LabSpec& lab);

}  // namespace glasstls::apps
