#include "apps/roots.h"

#include <cstdio>
#include <utility>

#include "apps/error.h"
#include "platform/files.h"
#include "platform/system_roots.h"

namespace glasstls::apps {

namespace {

void add_file(x509::TrustStore& store, const std::string& path) {
  const platform::FileContent file = platform::read_file(path);
  if (!file) throw CommandError(ExitCode::usage, file.error().what);
  if (file.bytes().empty()) throw CommandError(ExitCode::usage, path + " is empty");
  x509::TrustStore from_file;
  const auto skipped = from_file.add(file.bytes());
  for (const auto& certificate : skipped) {
    const std::string line =
        certificate.line == 0 ? "" : "line " + std::to_string(certificate.line) + ": ";
    std::fprintf(stderr, "%s: %scertificate skipped: %s\n", path.c_str(), line.c_str(),
                 certificate.error.what.c_str());
  }
  if (from_file.empty())
    throw CommandError(ExitCode::usage,
                       path + (skipped.empty() ? " holds no certificate (expected PEM or DER)"
                                               : " holds no certificate that can be used"));
  static_cast<void>(store.add(file.bytes()));
}

}  // namespace

std::shared_ptr<const x509::TrustStore> load_roots(const std::vector<std::string>& ca_files) {
  x509::TrustStore store;
  for (const std::string& path : ca_files) add_file(store, path);
  if (ca_files.empty()) {
    platform::SystemRoots system = platform::load_system_roots();
    store = std::move(system.store);
    if (store.empty())
      for (const std::string& line : system.skipped) std::fprintf(stderr, "%s\n", line.c_str());
  }
  if (store.empty())
    throw CommandError(ExitCode::usage, "there is no root certificate to trust; give --ca FILE");
  return std::make_shared<const x509::TrustStore>(std::move(store));
}

}  // namespace glasstls::apps
