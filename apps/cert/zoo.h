// glasstls cert zoo: deliberately wrong certificates, for people who test verifiers, us included.
//
// The cases are tables in zoo_*.cpp: each takes a chain in which all is right and spoils one thing.
// But for keys, serial numbers and what follows from them, a zoo is the same every time.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "apps/cert/zoo_specimen.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::apps {

std::span<const ZooCase> zoo_trust_cases();
std::span<const ZooCase> zoo_name_cases();
std::span<const ZooCase> zoo_authority_cases();
std::span<const ZooCase> zoo_encoding_cases();
/// All of them.
std::vector<ZooCase> zoo_cases();

struct ZooFile {
  std::string name;
  std::string pem;
};

struct Zoo {
  std::vector<ZooFile> files;  // certificates and CRLs, each once
  crypto::SecretBytes key;     // of most leaves: a server can show them (leaf-key.pem)
  /// The manifest (manifest.json), for programs: docs/certificates.md describes it.
  std::string manifest;
};

/// Makes all of it; takes a second or so for the RSA keys.
Zoo make_zoo(crypto::RandomSource& random);

}  // namespace glasstls::apps
