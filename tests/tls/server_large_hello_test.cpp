// The largest ClientHello that the protocol allows, in the smallest pieces, and what is beyond it.
// RFC 5246, 6.2.1 and 7.4.1.2.
#include <gtest/gtest.h>

#include "tests/support/allocation_counter.h"
#include "tests/tls/asking.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using handshake::ClientHello;
using test::ScriptedClient;
using test::ServerPeers;

/// client_version, random, and all vectors at their largest.
constexpr std::size_t largest_body = 2 + 32 + (1 + 32) + (2 + 0xfffe) + (1 + 0xff) + (2 + 0xffff);

/// Fills whatever is not full yet: with suites and methods that nobody knows, and an extension.
void make_largest(ClientHello& hello) {
  hello.session_id.resize(32, 1);
  hello.cipher_suites.resize(0xfffe / 2, CipherSuite{0x1a1a});
  hello.compression_methods.resize(0xff, handshake::CompressionMethod{7});
  const std::size_t size = handshake::encode(hello).size() - handshake::message_header_length;
  hello.extensions->add(handshake::UnknownExtension{handshake::ExtensionType{0x1a1a},
                                                    Bytes(largest_body - size - 4, 9)});
}

TEST(LargestClientHello, IsWhatTheBoundAllows) {
  EXPECT_EQ(largest_body, default_max_handshake_message);
  EXPECT_EQ(largest_body, 131'396U);
  ServerPeers peers;
  std::size_t size = 0;
  peers.client.tamper = [&](handshake::HandshakeType, Bytes& bytes) { size = bytes.size(); };
  peers.hello(make_largest);
  EXPECT_EQ(size, 4 + largest_body);
}

TEST(LargestClientHello, IsServed) {
  ServerPeers peers;
  peers.complete_handshake(make_largest);
  EXPECT_TRUE(peers.client.peer_finished_is_right());
}

TEST(LargestClientHello, IsServedInRecordsOfOneByte) {
  ServerPeers peers;
  peers.client.fragment_length = 1;
  peers.complete_handshake(make_largest);
  EXPECT_TRUE(peers.client.peer_finished_is_right());
}

TEST(LargestClientHello, OfEmptyExtensionsOnlyIsServed) {
  ServerPeers peers;
  peers.complete_handshake([](ClientHello& hello) {
    for (unsigned type = 0x2000; type < 0x2000 + 16'000; ++type)
      hello.extensions->add(handshake::UnknownExtension{handshake::ExtensionType(type), {}});
  });
  EXPECT_TRUE(peers.client.peer_finished_is_right());
}

// Nothing is done for each piece but to keep it: memory grows by doubling.
TEST(LargestClientHello, CostsNoAllocationForEachOfItsPieces) {
  if (!test::counts_allocations()) GTEST_SKIP() << "allocations cannot be counted here";
  ServerPeers peers;
  peers.client.fragment_length = 1;
  peers.client.hello(make_largest);
  const Bytes records = peers.client.take();
  const std::size_t without_its_last_byte = records.size() - 1;
  const long allocations =
      test::allocations_in([&] { peers.deliver(View(records).first(without_its_last_byte)); });
  EXPECT_LT(allocations, 50);
  EXPECT_TRUE(peers.client.messages().empty());
  peers.deliver(View(records).subspan(without_its_last_byte));
  EXPECT_TRUE(peers.client.has(handshake::HandshakeType::server_hello_done));
}

// CertificateVerify signs both: all that must be kept is within the bound of the transcript.
TEST(LargestClientHello, TogetherWithTheLargestCertificateIsServed) {
  test::Lab lab;
  ServerPeers peers(showing(lab.client()), asking(lab, ClientAuthentication::required));
  peers.hello(make_largest);
  peers.run({[](ScriptedClient& client) {
    client.certificate([](handshake::Certificate& message) {
      const std::size_t rest = largest_body - 3 - (3 + message.certificate_list[0].der.size());
      message.certificate_list.push_back({Bytes(rest - 3, 0x5a)});  // no path needs it
    });
    client.key_exchange();
    client.certificate_verify();
    client.change_cipher_spec();
    client.finished();
  }});
  EXPECT_EQ(peers.agreement().peer_chain.size(), 1U);
}

// --- Beyond

const Bytes one_byte_more{1, 0x02, 0x01, 0x45};  // client_hello, 131,397 bytes

TEST(TooLargeClientHello, IsIllegalParameterAsSoonAsItsHeaderIsThere) {
  ServerPeers peers;
  for (std::size_t i = 0; i < one_byte_more.size(); ++i) {
    EXPECT_EQ(peers.find<Failed>(), nullptr) << i;
    peers.run({[&](ScriptedClient& client) {
      client.record(ContentType::handshake, View(one_byte_more).subspan(i, 1));
    }});
  }
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ClientHello",
                         .field = "length",
                         .offset = 1,
                         .section = "RFC 5246, 7.4",
                         .reason_part = "131397"});
}

TEST(TooLargeClientHello, IsOneByteMoreThanIsWaitedFor) {
  ServerPeers peers;
  Bytes header = one_byte_more;
  --header.back();
  peers.run({[&](ScriptedClient& client) { client.record(ContentType::handshake, header); }});
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

TEST(TooLargeClientHello, MayBeASmallerOneIfTheSettingsSaySo) {
  test::ServerOptions options;
  options.settings = [](ServerSettings& s) { s.max_handshake_message = 1024; };
  const auto padded_to = [](std::size_t body) {
    return [body](ClientHello& hello) {
      const std::size_t size = handshake::encode(hello).size() - handshake::message_header_length;
      hello.extensions->add(
          handshake::UnknownExtension{handshake::ExtensionType::padding, Bytes(body - size - 4)});
    };
  };
  ServerPeers fits({}, options);
  fits.complete_handshake(padded_to(1024));
  ServerPeers too_large({}, options);
  too_large.hello(padded_to(1025));
  expect_refused(too_large,
                 {.alert = AlertDescription::illegal_parameter, .message = "ClientHello"});
}

// RFC 5246, 6.2.1: they must not be sent, so that none is borne and none need be counted.
TEST(EmptyHandshakeRecord, FromAClientIsUnexpectedMessageWhereverItComes) {
  const auto empty = [](ScriptedClient& client) {
    client.plain_record(ContentType::handshake, {});
  };
  const Expected refusal{.alert = AlertDescription::unexpected_message,
                         .section = "RFC 5246, 6.2.1"};
  ServerPeers first;
  first.run({empty});
  expect_refused(first, refusal);

  ServerPeers in_the_middle;
  in_the_middle.run({[](ScriptedClient& client) {
                       client.plain_record(ContentType::handshake, Bytes{1, 0, 0, 99, 3, 3});
                     },
                     empty});
  expect_refused(in_the_middle, refusal);

  ServerPeers behind;
  behind.hello();
  behind.run({empty});
  expect_refused(behind, refusal);
}

}  // namespace
}  // namespace glasstls::tls
