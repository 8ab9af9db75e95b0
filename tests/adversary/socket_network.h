// Networks of TCP sockets: for the adversary to play against real programs. Every wait is bounded.
#pragma once

#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "tests/adversary/network.h"

namespace glasstls::adversary {

using Patience = std::chrono::milliseconds;

/// The adversary is a client.
class ConnectingNetwork final : public Network {
 public:
  ConnectingNetwork(asio::ip::tcp::endpoint server, Patience patience)
      : server_(std::move(server)), patience_(patience) {}

  std::unique_ptr<Transport> next() override;

 private:
  asio::io_context loop_;
  asio::ip::tcp::endpoint server_;
  Patience patience_;
};

/// The adversary is a server.
class ListeningNetwork final : public Network {
 public:
  /// What a network of clients may have to do outside of itself.
  struct Clients {
    std::function<void()> next = [] {};    // a client is wanted
    std::function<void()> prompt = [] {};  // the client should say something
  };

  /// Listens at once. asio::system_error if the address cannot be had. For the next client it waits
  /// `patience_for_clients`, for all else `patience`.
  ListeningNetwork(const asio::ip::tcp::endpoint& address, Patience patience,
                   Patience patience_for_clients, Clients clients);

  asio::ip::tcp::endpoint address() const { return acceptor_.local_endpoint(); }
  std::unique_ptr<Transport> next() override;

 private:
  asio::io_context loop_;
  asio::ip::tcp::acceptor acceptor_;
  Patience patience_;
  Patience patience_for_clients_;
  Clients clients_;
};

}  // namespace glasstls::adversary
