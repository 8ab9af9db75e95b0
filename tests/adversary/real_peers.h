// The TLS stacks of others, as real programs on loopback, for the adversary to play against.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/adversary/fault.h"
#include "tests/adversary/socket_network.h"

namespace glasstls::adversary {

using Command = std::vector<std::string>;

/// A stack's client and server programs, TLS 1.2 only. Its server echoes what it hears, its client
/// says what it gets on standard input.
class RealPeer {
 public:
  virtual ~RealPeer() = default;

  virtual std::string_view name() const = 0;     // "OpenSSL"
  virtual std::string_view package() const = 0;  // of Debian
  virtual std::string version() const = 0;       // "3.0.19"
  bool installed() const;

  /// `untried` if its programs have no option for what the fault needs. std::runtime_error, with
  /// what the program said, if it does not start.
  Answer play(const Fault& fault, Patience patience) const;

 protected:
  virtual std::string program() const = 0;

  /// A server for one fault, and what it prints when it is ready, before the port if that is 0.
  struct Serving {
    Command command;  // empty: it cannot
    std::string ready;
    std::uint16_t port = 0;  // 0: it chooses, and says so behind `ready`
  };
  virtual Serving server(Needs needs) const = 0;

  /// The clients for one fault, each to be started when the one before has ended.
  virtual std::vector<Command> clients(Needs needs, std::uint16_t port,
                                       const std::string& folder) const = 0;

 private:
  Answer play_against_server(const Fault& fault, Patience patience) const;
  Answer play_against_client(const Fault& fault, Patience patience) const;
};

/// OpenSSL, GnuTLS and Botan, whether they are installed or not.
const std::vector<std::unique_ptr<RealPeer>>& real_peers();

}  // namespace glasstls::adversary
