#include "apps/credential_files.h"

#include <stdexcept>
#include <utility>

#include "apps/cert/input_files.h"
#include "apps/error.h"

namespace glasstls::apps {

std::shared_ptr<const handshake::Credential> load_credential(const std::string& certificate_file,
                                                             const std::string& key_file,
                                                             const std::string& passphrase_file) {
  handshake::Credential credential;
  credential.chain = read_certificates(certificate_file);
  credential.key =
      std::make_shared<const crypto::PrivateKey>(read_private_key(key_file, passphrase_file));
  try {
    handshake::check(credential);
  } catch (const std::invalid_argument& error) {
    throw CommandError(ExitCode::usage,
                       certificate_file + " with " + key_file + ": " + error.what());
  }
  return std::make_shared<const handshake::Credential>(std::move(credential));
}

}  // namespace glasstls::apps
