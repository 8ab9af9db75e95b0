#include "apps/cert/input_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "apps/error.h"
#include "platform/files.h"
#include "x509/private_key.h"

namespace glasstls::apps {

namespace {

constexpr std::size_t secret_limit = std::size_t{1} << 20;  // bytes
constexpr const char* passphrase_variable = "GLASSTLS_PASSPHRASE";

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

std::string called(const std::string& path) { return path == "-" ? "standard input" : path; }

/// Closes what it was given.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

int open_input(const std::string& path) {
  return path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

crypto::SecretBytes first_line(const crypto::SecretBytes& content) {
  const View all = content.reveal();
  std::size_t length =
      static_cast<std::size_t>(std::find(all.begin(), all.end(), '\n') - all.begin());
  if (length > 0 && length < all.size() && all[length - 1] == '\r') --length;
  return crypto::SecretBytes::copy_of(all.first(length));
}

crypto::SecretBytes passphrase_for(const std::string& key_path,
                                   const std::string& passphrase_file) {
  if (!passphrase_file.empty()) return first_line(read_secret_input(passphrase_file));
  if (const char* value = std::getenv(passphrase_variable))
    return crypto::SecretBytes::copy_of(wire::as_bytes(std::string_view(value)));
  refuse(called(key_path) + " is encrypted: give --passphrase-file FILE, or set " +
         passphrase_variable);
}

}  // namespace

std::string fault_text(const std::string& path, const x509::Malformed& fault) {
  return fmt::format("{}: {} (byte {}; {})", called(path), fault.what, fault.offset, fault.section);
}

Bytes read_input(const std::string& path) {
  if (path == "-") return wire::copy(read_secret_input(path).reveal());
  const platform::FileContent file = platform::read_file(path);
  if (!file) refuse(file.error().what);
  if (file.bytes().empty()) refuse(called(path) + " is empty");
  return file.bytes();
}

crypto::SecretBytes read_secret_input(const std::string& path) {
  const Descriptor file(open_input(path));
  if (file.number() < 0) refuse(called(path) + ": " + std::strerror(errno));
  crypto::SecretBytes buffer(4096);
  std::size_t size = 0;
  while (true) {
    if (size == buffer.size()) {
      if (size >= secret_limit) refuse(called(path) + " is larger than 1 MiB");
      crypto::SecretBytes larger(size * 2);
      std::copy_n(buffer.reveal().begin(), size, larger.fill().begin());
      buffer = std::move(larger);
    }
    const MutableView space = buffer.fill().subspan(size);
    const ssize_t got = ::read(file.number(), space.data(), space.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(called(path) + ": " + std::strerror(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size == 0) refuse(called(path) + " is empty");
  return crypto::SecretBytes::copy_of(buffer.reveal().first(size));
}

std::vector<x509::Certificate> read_certificates(const std::string& path) {
  auto certificates = x509::parse_certificates(read_input(path));
  if (!certificates) refuse(fault_text(path, certificates.error()));
  return *std::move(certificates);
}

x509::CertificationRequest read_request(const std::string& path) {
  auto request = x509::parse_request(read_input(path));
  if (!request) refuse(fault_text(path, request.error()));
  return *std::move(request);
}

crypto::PrivateKey read_private_key(const std::string& path, const std::string& passphrase_file) {
  const crypto::SecretBytes file = read_secret_input(path);
  std::optional<crypto::SecretBytes> passphrase;
  if (x509::needs_passphrase(file.reveal())) passphrase = passphrase_for(path, passphrase_file);
  auto key = x509::parse_private_key(
      file.reveal(), passphrase ? std::optional<View>(passphrase->reveal()) : std::nullopt);
  if (!key) refuse(fault_text(path, key.error()));
  return *std::move(key);
}

}  // namespace glasstls::apps
