#include "platform/system_roots.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "platform/files.h"

namespace glasstls::platform {

namespace {

// Debian, Ubuntu, Alpine; Fedora, RHEL; openSUSE; OpenBSD, macOS; FreeBSD.
constexpr const char* usual_bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
};

void add_file(SystemRoots& roots, const std::string& file) {
  const FileContent content = read_file(file);
  if (!content) {
    roots.skipped.push_back(content.error().what);
    return;
  }
  const std::size_t before = roots.store.size();
  for (const auto& skipped : roots.store.add(content.bytes())) {
    const std::string line = skipped.line == 0 ? "" : ", line " + std::to_string(skipped.line);
    roots.skipped.push_back(file + line + ": " + skipped.error.what);
  }
  if (roots.store.size() > before) roots.sources.push_back(file);
}

void add_directory(SystemRoots& roots, const std::string& directory) {
  std::error_code error;
  std::vector<std::string> files;
  std::filesystem::directory_iterator entry(directory, error);
  const std::filesystem::directory_iterator end;
  while (!error && entry != end) {
    std::error_code unreadable;  // a link to nowhere is no file
    if (entry->is_regular_file(unreadable)) files.push_back(entry->path().string());
    entry.increment(error);
  }
  if (error) roots.skipped.push_back(directory + ": " + error.message());
  std::sort(files.begin(), files.end());  // the same order on every run
  for (const std::string& file : files) add_file(roots, file);
}

std::vector<std::string> split_by_colon(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string environment(const char* name) {
  const char* value = ::secure_getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

SystemRoots load_roots(const std::vector<std::string>& files,
                       const std::vector<std::string>& directories) {
  SystemRoots roots;
  for (const std::string& file : files) add_file(roots, file);
  for (const std::string& directory : directories) add_directory(roots, directory);
  return roots;
}

SystemRoots load_system_roots() {
  const std::string file = environment("SSL_CERT_FILE");
  const std::vector<std::string> directories = split_by_colon(environment("SSL_CERT_DIR"));
  if (!file.empty() || !directories.empty()) {
    return load_roots(file.empty() ? std::vector<std::string>{} : std::vector{file}, directories);
  }
  for (const char* bundle : usual_bundles) {
    std::error_code error;
    if (std::filesystem::exists(bundle, error)) return load_roots({bundle}, {});
  }
  SystemRoots none;
  none.skipped.emplace_back("no SSL_CERT_FILE, no SSL_CERT_DIR, and none of the usual bundles");
  return none;
}

}  // namespace glasstls::platform
