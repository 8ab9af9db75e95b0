#include "apps/server/seeded_lab.h"

#include <vector>

#include "apps/cert/output_files.h"
#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::apps {

void write_seeded_lab(const LabSpec& lab) {
  const auto key = [&lab](std::string_view name, std::string_view pem) {
    return secret_file(lab.file(name), crypto::SecretBytes::copy_of(wire::as_bytes(pem)));
  };
  const auto certificate = [&lab](std::string_view name, std::string_view pem) {
    return public_file(lab.file(name), pem);
  };
  const SeededLabFiles& pem = seeded_lab_files;
  std::vector<OutputFile> files;
  files.push_back(certificate("ca-cert.pem", pem.ca_cert));
  files.push_back(key("server-key.pem", pem.server_key));
  files.push_back(certificate("server-cert.pem", pem.server_cert));
  files.push_back(certificate("server-chain.pem", pem.server_cert));  // nobody stands between
  files.push_back(key("client-key.pem", pem.client_key));
  files.push_back(certificate("client-cert.pem", pem.client_cert));
  make_folder(lab.folder);
  write_outputs(files, lab.force);
}

}  // namespace glasstls::apps
