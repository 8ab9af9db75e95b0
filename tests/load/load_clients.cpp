// Many clients at once, in a process of their own:
//
//   load_clients PORT CA busy CLIENTS ROUNDS full|resumed [CERT KEY]
//   load_clients PORT CA idle CLIENTS
//
// busy: so many clients at a time, each so many times, send 40,000 bytes to an echo and want them
// back. idle: opens so many connections (all but the first resumed), says "open", and closes them when
// standard input ends. Both print what became of them, and end with 0 if nothing was lost.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "apps/credential_files.h"
#include "apps/server/descriptors.h"
#include "handshake/session_store.h"
#include "platform/files.h"
#include "tests/load/load_client.h"

namespace glasstls::test {
namespace {

struct Tally {
  std::size_t full = 0, resumed = 0, lost = 0;

  void connected(const handshake::Agreement& agreement) {
    (agreement.resumed == handshake::Resumption::none ? full : resumed) += 1;
  }
  void ended(const std::string& error) {
    if (error.empty()) return;
    if (lost++ < 10) fmt::print(stderr, "lost: {}\n", error);
  }
  int report() const {
    fmt::print("full {}, resumed {}, lost {}\n", full, resumed, lost);
    return lost == 0 ? 0 : 1;
  }
};

std::shared_ptr<const tls::Config> config_of(const std::string& ca, bool resume,
                                             const std::vector<std::string>& identity) {
  tls::ClientSettings settings;
  x509::TrustStore roots;
  static_cast<void>(roots.add(platform::read_file(ca).bytes()));
  settings.roots = std::make_shared<const x509::TrustStore>(std::move(roots));
  if (resume) settings.sessions = std::make_shared<handshake::SessionCache>(1);
  if (identity.size() == 2)
    settings.credentials = {apps::load_credential(identity[0], identity[1])};
  return std::make_shared<const tls::Config>(std::move(settings));
}

/// Keeps so many clients going until all rounds are done.
int run_busy(LoadTask task, std::size_t clients, std::size_t rounds) {
  task.message.assign(40'000, 'x');
  for (std::size_t i = 0; i < task.message.size(); ++i)
    task.message[i] = static_cast<char>(i * 31 % 251);
  asio::io_context io;
  Tally tally;
  std::size_t left = clients * rounds;
  const std::function<void()> next = [&] {
    if (left == 0) return;
    --left;
    std::make_shared<LoadClient>(
        io, task, [&](const handshake::Agreement& agreement) { tally.connected(agreement); },
        [&](const std::string& error) {
          tally.ended(error);
          next();
        })
        ->start();
  };
  for (std::size_t i = 0; i < clients; ++i) next();
  io.run();
  return tally.report();
}

class IdleClients {
 public:
  IdleClients(const LoadTask& task, std::size_t clients)
      : task_(task), wanted_(clients), input_(io_, ::dup(0)) {}

  int run() {
    open_next();
    io_.run();
    return tally_.report();
  }

 private:
  /// A few at a time: what is tested is how many there are, not how fast they come.
  static constexpr std::size_t at_once = 100;

  void open_next() {
    if (started_ == wanted_ || started_ - opened_ == at_once) return;
    ++started_;
    clients_.push_back(std::make_shared<LoadClient>(
        io_, task_, [this](const handshake::Agreement& agreement) { on_open(agreement); },
        [this](const std::string& error) { tally_.ended(error); }));
    clients_.back()->start();
  }

  void on_open(const handshake::Agreement& agreement) {
    tally_.connected(agreement);
    ++opened_;
    for (std::size_t i = 0; i < 2; ++i) open_next();
    if (opened_ < wanted_) return;
    fmt::print("open {}\n", opened_);
    std::fflush(stdout);
    input_.async_read_some(asio::buffer(ignored_), [this](asio::error_code, std::size_t) {
      for (const auto& client : clients_) client->release();
    });
  }

  asio::io_context io_;
  const LoadTask& task_;
  const std::size_t wanted_;
  asio::posix::stream_descriptor input_;
  std::vector<std::shared_ptr<LoadClient>> clients_;
  Tally tally_;
  std::size_t started_ = 0, opened_ = 0;
  char ignored_[1] = {};
};

int run(const std::vector<std::string>& words) {
  if (words.size() < 4) throw std::runtime_error("see the source for the arguments");
  apps::raise_descriptor_limit();
  const bool idle = words[2] == "idle";
  const bool resume = idle || (words.size() > 5 && words[5] == "resumed");
  const std::vector<std::string> identity(
      words.begin() + std::min<std::ptrdiff_t>(6, static_cast<std::ptrdiff_t>(words.size())),
      words.end());
  LoadTask task;
  task.server = {asio::ip::address_v4::loopback(),
                 static_cast<std::uint16_t>(std::stoul(words[0]))};
  task.config = config_of(words[1], resume, identity);
  task.name = "localhost";
  const std::size_t clients = std::stoul(words[3]);
  if (idle) return IdleClients(task, clients).run();
  return run_busy(task, clients, std::stoul(words.at(4)));
}

}  // namespace
}  // namespace glasstls::test

int main(int argc, char** argv) {
  try {
    return glasstls::test::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
