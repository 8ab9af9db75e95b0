// What a good client says, spoilt at every byte. The server's randomness is fixed, so that a
// client's recorded answers fit every new connection of it.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/tls/asking.h"
#include "tests/tls/flights.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using handshake::UnknownExtension;
using test::ServerPeers;

/// A hello with every extension that we know, and some that we do not.
test::Change<handshake::ClientHello> rich() {
  return test::with(
      handshake::CertificateStatusRequest{
          handshake::CertificateStatusType::ocsp, {{Bytes{1, 2}}}, Bytes{3}, {}},
      handshake::ProtocolNameList{{{Bytes{'h', '2'}}, {Bytes{'x'}}}},
      handshake::SignedCertificateTimestampRequest{}, handshake::RecordSizeLimit{1000},
      handshake::SupportedVersions{{ProtocolVersion{0x0304}, ProtocolVersion::tls12}},
      handshake::SignatureAlgorithmsCert{{crypto::SignatureScheme::ecdsa_secp256r1_sha256}},
      UnknownExtension{handshake::ExtensionType{0x1a1a}, {}},
      UnknownExtension{handshake::ExtensionType::padding, Bytes(5)});
}

/// One Config for all connections: what they draw begins anew with each.
class Server {
 public:
  explicit Server(const test::ServerOptions& options)
      : config(test::server_config(random, options)) {}

  Connection connection() {
    random = test::TestRandom("server");
    return Connection::server(config);
  }

 private:
  test::TestRandom random;
  std::shared_ptr<const Config> config;
};

/// It does all that a hello can ask for, and then waits for a signature that nobody makes.
Server& waiting_server() {
  test::ServerOptions options;
  options.identities.clear();
  options.settings = [](ServerSettings& s) {
    const auto elsewhere = test::credential("p256");
    elsewhere->key = nullptr;
    elsewhere->ocsp_response = Bytes{1};
    elsewhere->signed_certificate_timestamps = Bytes{0, 3, 0, 1, 7};
    s.credentials =
        std::make_shared<handshake::Credentials>(handshake::Credentials::List{elsewhere});
    s.application_protocols = {"h2"};
    s.ticket_keys = std::make_shared<handshake::TicketKeys>();
    s.sessions = std::make_shared<handshake::SessionCache>(10);
  };
  static Server server(options);
  return server;
}

test::Lab& lab() {
  static test::Lab shared;
  return shared;
}

/// It asks for a certificate, and signs fast.
test::ServerOptions asking_options() {
  test::ServerOptions options = asking(lab(), ClientAuthentication::required);
  options.identities = {"p256"};
  return options;
}
Server& asking_server() {
  static Server server(asking_options());
  return server;
}

/// What came of these bytes and the end of the stream behind them.
struct Fed : test::Told {
  Fed(Server& server, View bytes) : connection(server.connection()) {
    test::to_us(connection, bytes, bytes.size(), *this);
    connection.end_of_stream();
    while (auto event = connection.next_event()) events.push_back(*std::move(event));
  }

  bool hello_was_good() const { return count<SignatureWanted>() == 1; }

  Connection connection;
};

Bytes rich_hello() {
  test::ClientChoices choices;
  choices.tickets = true;
  test::ScriptedClient client(choices);
  client.hello([](handshake::ClientHello& hello) {
    hello.session_id = Bytes(32, 7);
    rich()(hello);
  });
  const Bytes record = client.take();
  return wire::copy(View(record).subspan(record::header_length));
}

// --- The hello

TEST(ClientHelloBytes, AreGood) {
  const Fed fed(waiting_server(), as_record(rich_hello()));
  EXPECT_TRUE(fed.hello_was_good());
}

TEST(ClientHelloBytes, CutAtEveryByteAreRefused) {
  const Bytes hello = rich_hello();
  const std::size_t without_extensions =
      handshake::offset_of({HandshakeType::client_hello, hello}, "extensions").value() -
      handshake::message_header_length;
  for (std::size_t size = 0; size < body_of(hello).size(); ++size) {
    SCOPED_TRACE("cut to " + std::to_string(size));
    const Fed fed(waiting_server(), as_record(with_body(hello, body_of(hello).first(size))));
    ASSERT_NE(fed.find<Failed>(), nullptr);
    const Failed& failed = *fed.find<Failed>();
    EXPECT_EQ(failed.message, "ClientHello");
    EXPECT_FALSE(failed.field.empty());
    EXPECT_FALSE(failed.section.empty());
    EXPECT_EQ(failed.state, "WaitClientHello");
    if (size == without_extensions) {  // whole, and of no use
      EXPECT_EQ(failed.alert, AlertDescription::handshake_failure);
    } else {
      EXPECT_EQ(failed.alert, AlertDescription::decode_error) << failed.reason;
      EXPECT_LE(failed.offset.value(), handshake::message_header_length + size);
    }
  }
}

TEST(ClientHelloBytes, OfAStreamThatEndsAnywhereAreTruncated) {
  const Bytes record = as_record(rich_hello());
  for (std::size_t size = 0; size < record.size(); ++size) {
    const Fed fed(waiting_server(), View(record).first(size));
    ASSERT_NE(fed.find<Failed>(), nullptr);
    EXPECT_EQ(fed.find<Failed>()->cause, Failed::Cause::truncated) << size;
    EXPECT_FALSE(fed.hello_was_good());
  }
}

/// Refused as the RFC wants, and with all that makes the refusal understood.
void expect_explained(const Failed& failed) {
  EXPECT_EQ(failed.cause, Failed::Cause::protocol);
  EXPECT_TRUE(failed.alert);
  EXPECT_NE(failed.alert, AlertDescription::internal_error);
  EXPECT_EQ(failed.message, "ClientHello");
  EXPECT_FALSE(failed.field.empty()) << failed.reason;
  EXPECT_FALSE(failed.section.empty()) << failed.reason;
  EXPECT_FALSE(failed.reason.empty());
}

TEST(ClientHelloBytes, WithAnyOneByteOfTheBodyChangedAreServedOrRefusedWithAReason) {
  const Bytes hello = rich_hello();
  Bytes record = as_record(hello);
  std::size_t served = 0, refused = 0;
  for (std::size_t at = record.size() - body_of(hello).size(); at < record.size(); ++at) {
    for (unsigned change = 1; change < 256; ++change) {
      SCOPED_TRACE("byte " + std::to_string(at) + " ^ " + std::to_string(change));
      record[at] = static_cast<std::uint8_t>(record[at] ^ change);
      const Fed fed(waiting_server(), record);
      record[at] = static_cast<std::uint8_t>(record[at] ^ change);
      fed.hello_was_good() ? ++served : ++refused;
      if (!fed.hello_was_good()) expect_explained(*fed.find<Failed>());
      ASSERT_FALSE(HasFailure());
    }
  }
  EXPECT_GT(served, 0U);
  EXPECT_GT(refused, 0U);
}

TEST(ClientHelloBytes, WithAnyByteOfAHeaderChangedAreNotServed) {
  Bytes record = as_record(rich_hello());
  constexpr std::size_t minor_version = 2;  // free in the first record (RFC 5246, E.1)
  for (std::size_t at = 0; at < record::header_length + handshake::message_header_length; ++at) {
    for (unsigned change = 1; change < 256; ++change) {
      record[at] = static_cast<std::uint8_t>(record[at] ^ change);
      const Fed fed(waiting_server(), record);
      record[at] = static_cast<std::uint8_t>(record[at] ^ change);
      EXPECT_EQ(fed.hello_was_good(), at == minor_version) << at << " ^ " << change;
      EXPECT_NE(fed.find<Failed>()->cause, Failed::Cause::internal) << at << " ^ " << change;
    }
  }
}

// --- The whole of what a client says

/// Hello, Certificate, ClientKeyExchange and CertificateVerify of a good client, headers included;
/// then its ChangeCipherSpec and Finished, as records.
struct Recorded {
  std::vector<Bytes> messages;
  Bytes ending;

  Bytes with(std::size_t index, View message) const {
    Bytes bytes;
    for (std::size_t i = 0; i < messages.size(); ++i)
      wire::append(bytes, as_record(i == index ? message : View(messages[i])));
    wire::append(bytes, ending);
    return bytes;
  }
  Bytes all() const { return with(0, messages[0]); }
};

Recorded record_good_handshake() {
  Recorded recorded;
  ServerPeers peers(showing(lab().client()), asking_options());
  peers.client.tamper = [&](HandshakeType type, Bytes& message) {
    if (type != HandshakeType::finished) recorded.messages.push_back(message);
  };
  peers.hello();
  peers.client.certificate();
  peers.client.key_exchange();
  peers.client.certificate_verify();
  peers.deliver(peers.client.take());
  peers.client.change_cipher_spec();
  peers.client.finished();
  recorded.ending = peers.client.take();
  peers.deliver(recorded.ending);
  static_cast<void>(peers.agreement());
  return recorded;
}

const Recorded& good() {
  static const Recorded recorded = record_good_handshake();
  return recorded;
}

TEST(ClientBytes, RecordedHandshakeIsGood) {
  ASSERT_EQ(good().messages.size(), 4U);
  const Fed fed(asking_server(), good().all());
  EXPECT_TRUE(fed.completed());
}

TEST(ClientBytes, OfEveryMessageCutOrWithAByteBehindAreDecodeError) {
  for (std::size_t index = 1; index < good().messages.size(); ++index) {
    const Bytes& message = good().messages[index];
    Bytes longer = wire::copy(body_of(message));
    longer.push_back(0);
    for (std::size_t size = 0; size <= longer.size(); ++size) {
      if (size == longer.size() - 1) continue;  // as it was
      SCOPED_TRACE(std::to_string(size) + " bytes of message " + std::to_string(index));
      const Fed fed(asking_server(),
                    good().with(index, with_body(message, View(longer).first(size))));
      EXPECT_FALSE(fed.completed());
      ASSERT_NE(fed.find<Failed>(), nullptr);
      EXPECT_EQ(fed.find<Failed>()->alert, AlertDescription::decode_error);
      EXPECT_EQ(fed.find<Failed>()->message, handshake::spec_of(HandshakeType(message[0])).name);
      EXPECT_TRUE(fed.find<Failed>()->offset);
      EXPECT_FALSE(fed.find<Failed>()->field.empty());
    }
  }
}

TEST(ClientBytes, WithABitOfAnyByteFlippedNeverCompleteTheHandshake) {
  Bytes bytes = good().all();
  constexpr std::size_t minor_version_of_first_record = 2;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (at == minor_version_of_first_record) continue;
    const auto bit = static_cast<std::uint8_t>(1U << at % 8);
    bytes[at] ^= bit;
    const Fed fed(asking_server(), bytes);
    bytes[at] ^= bit;
    EXPECT_FALSE(fed.completed()) << at;
    ASSERT_NE(fed.find<Failed>(), nullptr) << at;
    EXPECT_NE(fed.find<Failed>()->cause, Failed::Cause::internal)
        << at << fed.find<Failed>()->reason;
  }
}

TEST(ClientBytes, OfAStreamThatEndsAnywhereAreTruncated) {
  const Bytes bytes = good().all();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Fed fed(asking_server(), View(bytes).first(size));
    EXPECT_FALSE(fed.completed());
    ASSERT_NE(fed.find<Failed>(), nullptr);
    EXPECT_EQ(fed.find<Failed>()->cause, Failed::Cause::truncated) << size;
    EXPECT_EQ(fed.find<Failed>()->alert, std::nullopt);
  }
}

}  // namespace
}  // namespace glasstls::tls
