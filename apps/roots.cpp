#include "apps/roots.h"

#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "apps/error.h"
#include "platform/files.h"
#include "platform/system_roots.h"

namespace glasstls::apps {

namespace {

void say(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::fprintf(stderr, "%s\n", line.c_str());
}

x509::TrustStore read_file(const std::string& path, std::vector<std::string>& skipped) {
  const platform::FileContent file = platform::read_file(path);
  if (!file) throw CommandError(ExitCode::usage, file.error().what);
  if (file.bytes().empty()) throw CommandError(ExitCode::usage, path + " is empty");
  x509::TrustStore store;
  for (const auto& fault : store.add(file.bytes(), path))
    skipped.push_back(platform::describe(fault));
  return store;
}

x509::TrustStore read_folder(const std::string& path, std::vector<std::string>& skipped) {
  platform::SystemRoots roots = platform::load_roots({}, {path});
  if (!roots.unreadable.empty()) throw CommandError(ExitCode::usage, roots.unreadable.front());
  skipped = std::move(roots.skipped);
  return std::move(roots.store);
}

/// Each anchor is read now: who gives a file wants to know what is wrong with it.
x509::TrustStore read_given(const std::string& path) {
  std::error_code unknown;
  const bool folder = std::filesystem::is_directory(path, unknown);
  std::vector<std::string> skipped;
  x509::TrustStore store = folder ? read_folder(path, skipped) : read_file(path, skipped);
  const auto malformed = store.check_all();
  for (const auto& fault : malformed) skipped.push_back(platform::describe(fault));
  for (const std::string& fault : skipped)
    std::fprintf(stderr, "certificate skipped: %s\n", fault.c_str());
  if (store.size() > malformed.size()) return store;
  throw CommandError(ExitCode::usage,
                     path + (skipped.empty() ? " holds no certificate (expected PEM or DER)"
                                             : " holds no certificate that can be used"));
}

}  // namespace

std::shared_ptr<const x509::TrustStore> load_roots(const std::vector<std::string>& ca_paths,
                                                   bool system) {
  x509::TrustStore store;
  for (const std::string& path : ca_paths) store.add(read_given(path));
  if (system || ca_paths.empty()) {
    platform::SystemRoots roots = platform::load_system_roots();
    store.add(roots.store);
    say(roots.unreadable);
    if (store.empty()) say(roots.skipped);
  }
  if (store.empty())
    throw CommandError(ExitCode::usage, "there is no root certificate to trust; give --ca FILE");
  return std::make_shared<const x509::TrustStore>(std::move(store));
}

}  // namespace glasstls::apps
