#include "tests/adversary/real_peers.h"

#include <filesystem>
#include <regex>
#include <stdexcept>
#include <system_error>

#include "tests/adversary/drive.h"
#include "tests/interop/free_port.h"
#include "tests/interop/process.h"

namespace glasstls::adversary {

namespace {

using asio::ip::tcp;
using test::free_port;
using test::Process;

constexpr const char* said = "Hello!\n";

std::string file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/" + name;
}
const std::string certificate = file("x509/server-rsa.pem");
const std::string key = file("x509/server-rsa-key.pem");

/// The first number with dots that a program prints.
std::string version_of(Command command) {
  Process process(std::move(command));
  process.end_input();
  process.wait();
  std::smatch found;
  static const std::regex number(R"re([0-9]+(\.[0-9]+)+)re");
  return std::regex_search(process.output(), found, number) ? found.str() : "";
}

/// Removed at its end, with all that is in it.
class Folder {
 public:
  Folder() {
    if (::mkdtemp(path_.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "glasstls-peer-XXXXXX").string();
};

// --- OpenSSL

class OpenSsl final : public RealPeer {
 public:
  std::string_view name() const override { return "OpenSSL"; }
  std::string_view package() const override { return "openssl"; }
  std::string version() const override { return version_of({"openssl", "version"}); }

 protected:
  std::string program() const override { return "openssl"; }

  Serving server(Needs needs) const override {
    Command command{"openssl",   "s_server", "-accept", "127.0.0.1:0", "-cert",
                    certificate, "-key",     key,       "-tls1_2",     "-rev"};
    if (needs == Needs::client_certificate)
      command.insert(command.end(), {"-verify", "1", "-CAfile", file("x509/ca-ec.pem")});
    return {std::move(command), "ACCEPT 127.0.0.1:", 0};
  }

  std::vector<Command> clients(Needs needs, std::uint16_t port,
                               const std::string& folder) const override {
    const Command command{
        "openssl",     "s_client",    "-connect", "127.0.0.1:" + std::to_string(port),
        "-servername", "server.test", "-tls1_2"};
    if (needs != Needs::second_connection) return {command};
    Command first = command, second = command;
    first.insert(first.end(), {"-sess_out", folder + "/session"});
    second.insert(second.end(), {"-sess_in", folder + "/session"});
    return {first, second};
  }
};

// --- GnuTLS

constexpr const char* only_tls12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2";

class GnuTls final : public RealPeer {
 public:
  std::string_view name() const override { return "GnuTLS"; }
  std::string_view package() const override { return "gnutls-bin"; }
  std::string version() const override { return version_of({"gnutls-cli", "--version"}); }

 protected:
  std::string program() const override { return "gnutls-serv"; }

  Serving server(Needs needs) const override {
    const std::uint16_t port = free_port();
    const bool asks = needs == Needs::client_certificate;
    Command command{"gnutls-serv",
                    "--echo",
                    "--port",
                    std::to_string(port),
                    "--priority",
                    only_tls12,
                    "--x509certfile",
                    certificate,
                    "--x509keyfile",
                    key,
                    asks ? "--require-client-cert" : "--disable-client-cert"};
    return {std::move(command), "port " + std::to_string(port) + "...done", port};
  }

  std::vector<Command> clients(Needs needs, std::uint16_t port, const std::string&) const override {
    Command command{"gnutls-cli", "127.0.0.1", "--port",         std::to_string(port), "--insecure",
                    "--priority", only_tls12,  "--sni-hostname", "server.test"};
    if (needs == Needs::second_connection) command.emplace_back("--resume");
    return {command};
  }
};

// --- Botan

class Botan final : public RealPeer {
 public:
  std::string_view name() const override { return "Botan"; }
  std::string_view package() const override { return "botan"; }
  std::string version() const override { return version_of({"botan", "version"}); }

 protected:
  std::string program() const override { return "botan"; }

  /// It has no option to ask for a certificate.
  Serving server(Needs needs) const override {
    if (needs == Needs::client_certificate) return {};
    const std::uint16_t port = free_port();
    Command command{
        "stdbuf", "-o0", "botan", "tls_server", certificate, key, "--port=" + std::to_string(port)};
    return {std::move(command), "port " + std::to_string(port), port};
  }

  /// Only of a server with a name it remembers the session.
  std::vector<Command> clients(Needs needs, std::uint16_t port,
                               const std::string& folder) const override {
    Command command{"stdbuf",
                    "-o0",
                    "botan",
                    "tls_client",
                    "localhost",
                    "--port=" + std::to_string(port),
                    "--skip-system-cert-store",
                    "--trusted-cas=" + file("tls/ca.pem")};
    if (needs != Needs::second_connection) return {command};
    command.insert(command.end(), {"--session-db=" + folder + "/sessions", "--session-db-pass=x"});
    return {command, command};
  }
};

}  // namespace

bool RealPeer::installed() const { return !test::find_program(program()).empty(); }

Answer RealPeer::play(const Fault& fault, Patience patience) const {
  return fault.side() == Side::client ? play_against_server(fault, patience)
                                      : play_against_client(fault, patience);
}

Answer RealPeer::play_against_server(const Fault& fault, Patience patience) const {
  Serving serving = server(fault.needs);
  if (serving.command.empty()) return {Answer::Kind::untried, {}};
  Process process(serving.command);
  if (serving.port == 0) {
    const std::string port = process.wait_for_line(serving.ready);
    if (!port.empty()) serving.port = static_cast<std::uint16_t>(std::stoul(port));
  }
  if (serving.port == 0 || !process.wait_for(serving.ready))
    throw std::runtime_error("does not start: " + process.describe());
  ConnectingNetwork network({asio::ip::address_v4::loopback(), serving.port}, patience);
  return adversary::play(fault, network, quietly);
}

Answer RealPeer::play_against_client(const Fault& fault, Patience patience) const {
  const Folder folder;
  std::vector<Command> commands;
  std::unique_ptr<Process> process;
  ListeningNetwork::Clients clients;
  clients.next = [&] {
    if (commands.empty()) return;  // the one that runs comes back
    if (process) {
      process->end_input();
      process->wait();
    }
    process = std::make_unique<Process>(commands.front());
    commands.erase(commands.begin());
  };
  clients.prompt = [&] { process->send(said); };
  const tcp::endpoint anywhere{asio::ip::address_v4::loopback(), 0};
  ListeningNetwork network(anywhere, patience, patience, clients);
  commands = this->clients(fault.needs, network.address().port(), folder.path());
  return adversary::play(fault, network, quietly);
}

const std::vector<std::unique_ptr<RealPeer>>& real_peers() {
  static const std::vector<std::unique_ptr<RealPeer>> all = [] {
    std::vector<std::unique_ptr<RealPeer>> made;
    made.push_back(std::make_unique<OpenSsl>());
    made.push_back(std::make_unique<GnuTls>());
    made.push_back(std::make_unique<Botan>());
    return made;
  }();
  return all;
}

}  // namespace glasstls::adversary
