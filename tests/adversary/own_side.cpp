#include "tests/adversary/own_side.h"

#include <stdexcept>
#include <utility>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "tests/support/data_files.h"
#include "x509/server_name.h"

namespace glasstls::adversary {

namespace {

constexpr std::size_t whole = std::size_t{1} << 20;  // bytes at a time

/// The CA of client_credential().
std::shared_ptr<const x509::TrustStore> client_roots() {
  const auto store = std::make_shared<x509::TrustStore>();
  const std::string pem = test::read_data("data/x509/ca-ec.pem");
  if (!store->add(wire::as_bytes(pem)).empty()) throw std::runtime_error("ca-ec.pem is of no use");
  return store;
}

std::shared_ptr<const tls::Config> server(crypto::RandomSource& random, Needs needs) {
  test::ServerOptions options;
  options.identities = {"rsa"};
  options.settings = [needs](tls::ServerSettings& s) {
    s.ticket_keys = std::make_shared<handshake::TicketKeys>();
    s.sessions = std::make_shared<handshake::SessionCache>(10);
    if (needs != Needs::client_certificate) return;
    s.client_authentication = handshake::ClientAuthentication::requested;
    s.roots = client_roots();
  };
  return test::server_config(random, options);
}

std::shared_ptr<const tls::Config> client(crypto::RandomSource& random) {
  return test::client_config(random, [](tls::ClientSettings& s) {
    s.sessions = std::make_shared<handshake::SessionCache>(10);
  });
}

/// One connection of ours. Its application echoes if it is a server's, and speaks when it is
/// prompted.
class InMemory final : public Transport {
 public:
  InMemory(test::End& end, bool echoes) : end_(end), echoes_(echoes) {}

  void send(View bytes) override {
    const std::size_t heard = end_.data.size();
    test::to_us(end_.connection, bytes, whole, end_);
    if (echoes_ && end_.data.size() > heard) end_.connection.write(View(end_.data).subspan(heard));
  }

  Arrival receive() override {
    test::to_us(end_.connection, {}, whole, end_);
    Bytes bytes = wire::copy(end_.connection.to_send());
    end_.connection.sent(bytes.size());
    if (!bytes.empty()) return {Arrival::Kind::bytes, std::move(bytes)};
    const bool over =
        end_.find<tls::Failed>() != nullptr || end_.find<tls::PeerClosed>() != nullptr;
    return {over ? Arrival::Kind::end : Arrival::Kind::nothing, {}};
  }

  void end_sending() override {
    end_.connection.end_of_stream();
    test::to_us(end_.connection, {}, whole, end_);
  }

  void prompt() override { end_.connection.write(wire::as_bytes("Hello!\n")); }

 private:
  test::End& end_;
  bool echoes_;
};

}  // namespace

OwnSide::OwnSide(Side misbehaving, Needs needs)
    : misbehaving_(misbehaving),
      random_("own side"),
      config_(misbehaving == Side::client ? server(random_, needs) : client(random_)) {}

tls::Connection OwnSide::connection() const {
  if (misbehaving_ == Side::client) return tls::Connection::server(config_);
  return tls::Connection(config_, x509::ServerName::parse("server.test"));
}

std::unique_ptr<Transport> OwnSide::next() {
  ends_.push_back(std::make_unique<test::End>(connection()));
  return std::make_unique<InMemory>(*ends_.back(), misbehaving_ == Side::client);
}

}  // namespace glasstls::adversary
