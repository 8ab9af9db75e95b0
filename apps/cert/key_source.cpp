#include "apps/cert/key_source.h"

#include <fmt/format.h>

#include "apps/cert/input_files.h"
#include "apps/cert/making.h"
#include "apps/error.h"
#include "x509/private_key.h"

namespace glasstls::apps {

namespace {

constexpr std::size_t least_rsa_bits = 2048;

}  // namespace

void add_key_source(CLI::App& command, KeySource& source) {
  auto* which = command.add_option_group("key", "one of");
  CLI::Option* file = add_file(*which, "--key", source.file, "use this private key");
  add_file(*which, "--key-out", source.out, "make a new private key and write it here (mode 0600)");
  which->require_option(1);
  add_key_kind(command, "--key-type", source.kind)->excludes(file);
  add_passphrase_file(command, source.passphrase_file);
}

crypto::PrivateKey obtain_key(const KeySource& source) {
  if (source.file.empty()) return generate_key(source.kind);
  crypto::PrivateKey key = read_private_key(source.file, source.passphrase_file);
  if (key.type() == crypto::KeyType::rsa && key.public_key().bits() < least_rsa_bits)
    throw CommandError(ExitCode::usage,
                       fmt::format("{}: an RSA key of {} bits is too weak; {} is the least",
                                   source.file, key.public_key().bits(), least_rsa_bits));
  return key;
}

std::vector<std::string> outputs_of(const KeySource& source, const std::string& out) {
  if (source.out.empty()) return {out};
  return {source.out, out};
}

std::vector<std::string> inputs_of(const KeySource& source) {
  std::vector<std::string> inputs;
  for (const std::string& path : {source.file, source.passphrase_file})
    if (!path.empty()) inputs.push_back(path);
  return inputs;
}

void add_key_file(std::vector<OutputFile>& files, const KeySource& source,
                  const crypto::PrivateKey& key) {
  if (!source.out.empty()) files.push_back(secret_file(source.out, x509::private_key_pem(key)));
}

}  // namespace glasstls::apps
