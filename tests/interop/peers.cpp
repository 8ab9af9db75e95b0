#include "tests/interop/peers.h"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "crypto/hash.h"
#include "tests/interop/free_port.h"
#include "wire/bytes.h"

namespace glasstls::test {

namespace {

Identity identity(const std::string& certificate, const std::string& key) {
  return {certificate_file(certificate), certificate_file(key)};
}

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

/// A server that prints its port behind `label` when it is ready.
Server start(Words command, std::string_view label) {
  Server server;
  server.process = std::make_unique<Process>(std::move(command));
  const std::string port = server.process->wait_for_line(label);
  if (port.empty()) throw std::runtime_error("did not start: " + server.process->describe());
  server.port = static_cast<std::uint16_t>(std::stoul(port));
  return server;
}

Words s_server(const Identity& identity, const std::string& address, const Words& options) {
  Words command = {"openssl", "s_server",           "-accept", address,
                   "-cert",   identity.certificate, "-key",    identity.key};
  append(command, options);
  return command;
}

Words one_connection(Words command) {
  append(command, {"-naccept", "1"});
  return command;
}

/// A file of this folder.
std::string script(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/interop/" + name;
}

}  // namespace

std::string certificate_file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/x509/" + name;
}

Identity rsa_identity() { return identity("server-rsa.pem", "server-rsa-key.pem"); }
Identity p256_identity() { return identity("server-ec256.pem", "server-ec256-key.pem"); }
Identity p384_identity() { return identity("server-ec384.pem", "server-ec384-key.pem"); }
Identity ed25519_identity() { return identity("server-ed25519.pem", "server-ed25519-key.pem"); }
Identity expired_identity() { return identity("expired.pem", "server-ec256-key.pem"); }

Server openssl_server(const Identity& identity, const Words& options) {
  return start(one_connection(s_server(identity, "127.0.0.1:0", options)), "ACCEPT 127.0.0.1:");
}

Server patient_openssl_server(const Identity& identity, const Words& options) {
  return start(s_server(identity, "127.0.0.1:0", options), "ACCEPT 127.0.0.1:");
}

Server page_server(const Identity& identity, const Words& options) {
  Words command = s_server(identity, "127.0.0.1:0", options);
  command.emplace_back("-www");
  return start(std::move(command), "ACCEPT 127.0.0.1:");
}

Server openssl_file_server(const Identity& identity, const std::string& folder) {
  Words command = {"env", "-C", folder};
  append(command, one_connection(s_server(identity, "127.0.0.1:0", {"-WWW"})));
  return start(std::move(command), "ACCEPT 127.0.0.1:");
}

Server quiet_openssl_server(const Identity& identity) {
  Server server;
  server.port = free_port();
  server.process = std::make_unique<Process>(
      one_connection(s_server(identity, "127.0.0.1:" + std::to_string(server.port), {"-quiet"})));
  return server;
}

Server gnutls_server(const Identity& identity, const Words& options) {
  Server server;
  server.port = free_port();
  const std::string port = std::to_string(server.port);
  Words command = {"gnutls-serv",        "--port",        port,        "--x509certfile",
                   identity.certificate, "--x509keyfile", identity.key};
  append(command, options);
  server.process = std::make_unique<Process>(std::move(command));
  if (!server.process->wait_for("port " + port + "...done"))
    throw std::runtime_error("did not start: " + server.process->describe());
  return server;
}

Server python_server(const std::string& name, const Words& arguments) {
  Words command = {"python3", script(name)};
  append(command, arguments);
  return start(std::move(command), "listening on ");
}

namespace {

Words program(const Words& arguments) {
  Words command = {GLASSTLS_PROGRAM};
  append(command, arguments);
  return command;
}

Words client_command(std::uint16_t port, const Words& options) {
  Words command = {"client", "127.0.0.1:" + std::to_string(port),
                   "--ca",   certificate_file("ca-rsa.pem"),
                   "--ca",   certificate_file("ca-ec.pem")};
  append(command, options);
  return command;
}

}  // namespace

bool Client::says(const std::string& text) const {
  std::istringstream words(error);
  std::string unbroken;
  for (std::string word; words >> word;) unbroken += (unbroken.empty() ? "" : " ") + word;
  return unbroken.find(text) != std::string::npos;
}

Client end_of(Process& process) {
  Client client;
  client.exit_code = process.wait();
  client.output = process.output();
  client.error = process.error();
  client.all = process.describe();
  return client;
}

std::unique_ptr<Process> start_client(std::uint16_t port, const Words& options) {
  return std::make_unique<Process>(program(client_command(port, options)));
}

Client run_glasstls(const Words& arguments, const std::string& input) {
  Process process(program(arguments));
  process.send(input);
  process.end_input();
  return end_of(process);
}

Client run_client(std::uint16_t port, const Words& options, const std::string& input) {
  return run_glasstls(client_command(port, options), input);
}

Client run_client_when_ready(std::uint16_t port, const Words& options, const std::string& input) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    Client client = run_client(port, options, input);
    if (client.exit_code != 3 || std::chrono::steady_clock::now() >= deadline) return client;
  }
}

TemporaryFolder::TemporaryFolder() {
  path_ = (std::filesystem::temp_directory_path() / "glasstls-test-XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& content) const {
  std::ofstream(file(name), std::ios::binary) << content;
  return file(name);
}

std::string test_bytes(std::size_t size) {
  std::string bytes;
  bytes.reserve(size + 8);
  std::uint64_t state = 0x9e3779b97f4a7c15;  // xorshift64
  while (bytes.size() < size) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    for (unsigned shift = 0; shift < 64; shift += 8)
      bytes.push_back(static_cast<char>(state >> shift & 0xff));
  }
  bytes.resize(size);
  return bytes;
}

std::string sha256(const std::string& data) {
  crypto::Hash hash(crypto::HashAlgorithm::sha256);
  hash.update(wire::as_bytes(data));
  return wire::hex(hash.finish().view());
}

}  // namespace glasstls::test
