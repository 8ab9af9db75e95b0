// What the attacks share: a witness of what our side derives and says, and a place between our
// client and our server from which every byte can be held back, changed or made up.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/peers.h"
#include "tests/tls/refused.h"
#include "wire/observer.h"

namespace glasstls::tls {

/// Sees one side of ours: which secrets it made, which protected records it sealed.
class Witness final : public Observer {
 public:
  struct Secret {
    std::string name;
    Bytes value;
  };
  struct Sealed {
    Bytes wire, nonce;
  };

  bool exposes_secrets() const noexcept override { return true; }
  void secret(const wire::SecretSeen& seen) noexcept override {
    secrets.push_back({std::string(seen.name), wire::copy(seen.value)});
  }
  void record(const wire::RecordSeen& seen) noexcept override {
    if (seen.direction == Direction::sent && seen.is_protected)
      sealed.push_back({wire::copy(seen.wire), wire::copy(seen.nonce)});
  }

  /// The last one of that name. std::out_of_range if there is none.
  const Bytes& value_of(std::string_view name) const;

  std::vector<Secret> secrets;
  std::vector<Sealed> sealed;
};

/// Options whose connection has that witness.
test::ClientOptions watched_client(std::shared_ptr<Witness> witness, test::ClientOptions = {});
test::ServerOptions watched_server(std::shared_ptr<Witness> witness, test::ServerOptions = {});

/// A client that keeps its sessions and offers them again.
test::ClientOptions remembering_client();

/// A side of ours without network, and its witness.
struct Victim : test::End {
  Victim(tls::Connection made, std::shared_ptr<Witness> witness)
      : End(std::move(made)), saw(std::move(witness)) {}

  /// What it has to say to the network.
  Bytes says();
  /// What the network brings it.
  void hears(View bytes);

  std::shared_ptr<Witness> saw;
};

/// Our client, our server, and somebody in the middle: nothing passes unless a test passes it on.
class Middle {
 public:
  explicit Middle(const test::ClientOptions& client_options = {},
                  const test::ServerOptions& server_options = {});
  Middle(const Middle&) = delete;  // the connections' Configs refer to the randoms
  Middle& operator=(const Middle&) = delete;

  /// Passes on what both say until they are quiet.
  void stand_aside();

  test::TestRandom client_random, server_random;
  Victim client, server;
};

/// That side has ended the handshake with this alert, in this state, once; its last bytes are a
/// plain fatal alert; and it made no secret.
void expect_refused_without_secrets(Victim& victim, AlertDescription alert, std::string_view state);

/// That side's last event is this failure by the other's fault.
void expect_failed(const Victim& victim, AlertDescription alert, std::string_view state);

/// The records that `bytes` begin with, header included. Bytes that make no whole record are left.
std::vector<Bytes> records_of(View bytes);

/// All suites that ever had a name which contains one of these parts, except those that we speak.
std::vector<crypto::CipherSuite> suites_named(const std::vector<std::string_view>& parts);

}  // namespace glasstls::tls
