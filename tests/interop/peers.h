// Real peers on loopback, and our program that connects to them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/interop/process.h"

namespace glasstls::test {

using Words = std::vector<std::string>;

/// Certificates and keys from tests/data/x509; all are for "test", "localhost" and 127.0.0.1.
struct Identity {
  std::string certificate, key;
};
Identity rsa_identity();
Identity p256_identity();
Identity p384_identity();
Identity ed25519_identity();
Identity expired_identity();
/// A file of tests/data/x509.
std::string certificate_file(const std::string& name);

/// A server that is ready for a connection.
struct Server {
  std::unique_ptr<Process> process;
  std::uint16_t port = 0;
};

/// std::runtime_error, with what the program said, if it does not become ready.
Server openssl_server(const Identity& identity, const Words& options = {});
/// The same for any number of connections, one after the other.
Server patient_openssl_server(const Identity& identity, const Words& options);
/// With -quiet: its standard output is the received data. It does not say when it is ready.
Server quiet_openssl_server(const Identity& identity);
/// With -www: answers every request with a page about itself, and any number of them.
Server page_server(const Identity& identity, const Words& options);
/// With -WWW: answers "GET /NAME" with a line of HTTP, an empty line, and that file of the folder.
Server openssl_file_server(const Identity& identity, const std::string& folder);
Server gnutls_server(const Identity& identity, const Words& options = {});
/// A script of this folder; it prints "listening on PORT".
Server python_server(const std::string& script, const Words& arguments);

/// What became of a run of our program, or of another.
struct Client {
  int exit_code = 0;
  std::string output, error;
  std::string all;  // for failure messages

  /// Whether it said so on standard error, wherever its lines were broken.
  bool says(const std::string& text) const;
};
/// Waits for the end of a program.
Client end_of(Process& process);
/// Our program, still running.
std::unique_ptr<Process> start_client(std::uint16_t port, const Words& options);
/// `glasstls client 127.0.0.1:PORT` with the two CAs of the identities, run to its end. `input` is
/// its standard input.
Client run_client(std::uint16_t port, const Words& options, const std::string& input = {});
/// Runs it anew until it is not refused: for a server that does not say when it is ready.
Client run_client_when_ready(std::uint16_t port, const Words& options,
                             const std::string& input = {});
/// With a command of one's own after "glasstls".
Client run_glasstls(const Words& arguments, const std::string& input = {});

/// A folder for one test's files, removed at its end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& content) const;

 private:
  std::string path_;
};

/// So many bytes that do not compress or repeat soon, the same every time.
std::string test_bytes(std::size_t size);
/// In hexadecimal.
std::string sha256(const std::string& data);

}  // namespace glasstls::test

/// A peer that is not installed is a skipped test, by name.
#define GLASSTLS_NEEDS(program, package)               \
  if (::glasstls::test::find_program(program).empty()) \
  GTEST_SKIP() << program << " is not installed (package " package ")"
