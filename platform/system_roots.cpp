#include "platform/system_roots.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
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

void add_content(SystemRoots& roots, const std::string& file, View content) {
  const std::size_t before = roots.store.size();
  for (const auto& skipped : roots.store.add(content, file))
    roots.skipped.push_back(describe(skipped));
  if (roots.store.size() > before) roots.sources.push_back(file);
}

void add_file(SystemRoots& roots, const std::string& file) {
  const FileContent content = read_file(file);
  if (content) {
    add_content(roots, file, content.bytes());
  } else {
    roots.unreadable.push_back(content.error().what);
  }
}

void add_directory(SystemRoots& roots, const std::string& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  std::filesystem::directory_iterator entry(directory, error);
  const std::filesystem::directory_iterator end;
  while (!error && entry != end) {
    std::error_code unknown;  // a link to nowhere is no file
    if (entry->is_regular_file(unknown)) files.push_back(entry->path());
    entry.increment(error);
  }
  if (error) roots.unreadable.push_back(directory + ": " + error.message());
  std::sort(files.begin(), files.end());  // the same order on every run

  // A directory made by c_rehash holds each certificate under two or three names.
  std::set<std::filesystem::path> seen;
  for (const std::filesystem::path& file : files) {
    std::error_code unknown;
    const std::filesystem::path target = std::filesystem::canonical(file, unknown);
    if (!unknown && !seen.insert(target).second) continue;
    const FileContent content = read_file(file);
    if (content) {
      add_content(roots, file.string(), content.bytes());
    } else {
      roots.skipped.push_back(content.error().what);
    }
  }
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

std::string describe(const x509::TrustStore::Skipped& skipped) {
  const std::string line = skipped.line == 0 ? "" : ", line " + std::to_string(skipped.line);
  return skipped.source + line + ": " + skipped.error.what;
}

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
  none.unreadable.emplace_back("no SSL_CERT_FILE, no SSL_CERT_DIR, and none of the usual bundles");
  return none;
}

}  // namespace glasstls::platform
