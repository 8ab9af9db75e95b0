#include "tests/bench/fake_stack.h"

#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "bench/peers/glass_end.h"
#include "bench/peers/laboratory.h"
#include "bench/peers/stack.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"

namespace glasstls::test {
namespace {

Vices chosen;
std::size_t heap = 0;

class FakeEnd final : public bench::End {
 public:
  /// `doubtful`: a client that should not trust the server.
  FakeEnd(tls::Connection connection, const Vices& vices, bool client, bool doubtful)
      : end_(std::move(connection)), vices_(vices), client_(client), doubtful_(doubtful) {
    heap += client ? vices.heap_of_client : vices.heap_of_server;
  }

  void go_on(View input, Bytes& output) override {
    try {
      end_.go_on(input, output);
    } catch (const std::runtime_error& error) {
      const bool signature = std::string_view(error.what()).find("signature over the server's") !=
                             std::string_view::npos;
      if (!client_ || !signature || !vices_.goes_on_after_spoiled_signature) throw;
      output = {22, 3, 3, 0, 0};
    }
    if (vices_.verifies_late && doubtful_ && end_.established())
      throw std::runtime_error("not trusted, after all");
  }
  bool established() const override { return end_.established(); }
  bool verified() const override { return end_.verified() && !vices_.denies_verification; }
  void seal(View plaintext, Bytes& record) override {
    const std::size_t first = vices_.seals_two_records ? plaintext.size() / 2 : 0;
    if (first > 0) end_.seal(plaintext.first(first), record);
    end_.seal(plaintext.subspan(first), record);
  }
  std::size_t open(View record, Bytes& plaintext) override {
    const std::size_t size = end_.open(record, plaintext);
    if (vices_.opens_something_else) plaintext.back() ^= 1;
    return size;
  }
  void rest() override { heap -= vices_.heap_rested; }

 private:
  bench::GlassEnd end_;
  Vices vices_;
  bool client_;
  bool doubtful_;
};

/// One for all stacks: no two may have the same ephemeral keys.
crypto::RandomSource& random() {
  static TestRandom random("fake stack");
  return random;
}

class FakeStack final : public bench::Stack {
 public:
  FakeStack(const bench::Site& site, Vices vices) : vices_(vices) {
    const bool wrong_root = site.lab.find("wrong-root") != std::string::npos;
    const bool wrong_name = site.lab.find("wrong-name") != std::string::npos;
    doubtful_ = wrong_root || wrong_name;
    const bool knows_names = !vices.trusts_any_name && !vices.verifies_late;
    const bool knows_roots = !vices.trusts_any_chain && !vices.verifies_late;
    name_ = wrong_name && knows_names ? "other.test" : bench::server_name;

    client_ = client_config(random(), [&](tls::ClientSettings& settings) {
      settings.cipher_suites = {bench::expected_of(site.key, site.group).suite};
      settings.groups = {*crypto::group_by_name(site.group)};
      if (site.key == "p256" && site.group == "x25519")
        settings.groups.push_back(crypto::NamedGroup::secp256r1);
      if (wrong_root && knows_roots) settings.roots = roots("other-ca");
      if (site.resume) settings.sessions = std::make_shared<handshake::SessionCache>(1);
    });
    ServerOptions options;
    options.identities = {site.key};
    options.settings = [&](tls::ServerSettings& settings) {
      if (site.resume && !vices.resumes_nothing)
        settings.ticket_keys = std::make_shared<handshake::TicketKeys>();
    };
    server_ = server_config(random(), options);
  }

  std::unique_ptr<bench::End> client() override {
    return std::make_unique<FakeEnd>(tls::Connection(client_, x509::ServerName::parse(name_)),
                                     vices_, true, doubtful_);
  }
  std::unique_ptr<bench::End> server() override {
    return std::make_unique<FakeEnd>(tls::Connection::server(server_), vices_, false, false);
  }

 private:
  Vices vices_;
  bool doubtful_ = false;
  std::string name_;
  std::shared_ptr<const tls::Config> client_, server_;
};

}  // namespace

void make_stacks_with(const Vices& vices) {
  chosen = vices;
  heap = 0;
}

}  // namespace glasstls::test

namespace glasstls::bench {

About about() { return {"Fake", "1.2.3", "2020-01-02", true}; }

std::unique_ptr<Stack> make_stack(const Site& site) {
  if (site.lab.find("missing") != std::string::npos)
    throw std::runtime_error(site.lab + " is missing");
  return std::make_unique<test::FakeStack>(site, test::chosen);
}

std::size_t heap_in_use() { return test::heap; }

}  // namespace glasstls::bench
