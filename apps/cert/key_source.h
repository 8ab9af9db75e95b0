// The key of `cert ca` and `cert request`: one from a file, or a new one.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "apps/cert/output_files.h"
#include "crypto/keys.h"

namespace glasstls::apps {

struct KeySource {
  std::string file;          // --key: an existing key
  std::string out;           // --key-out: a new key goes here
  std::string kind = "rsa";  // --key-type: of the new key
  std::string passphrase_file;
};

/// --key or --key-out, one of the two; --key-type, --passphrase-file.
void add_key_source(CLI::App& command, KeySource& source);

/// Reads or makes it. CommandError (usage) for a key that x509 would call too weak.
crypto::PrivateKey obtain_key(const KeySource& source);

/// Files that the command will write, and those it reads.
std::vector<std::string> outputs_of(const KeySource& source, const std::string& out);
std::vector<std::string> inputs_of(const KeySource& source);
/// Adds the new key, if it is one.
void add_key_file(std::vector<OutputFile>& files, const KeySource& source,
                  const crypto::PrivateKey& key);

}  // namespace glasstls::apps
