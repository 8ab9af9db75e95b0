#include "apps/server/options.h"

#include <gmock/gmock.h>
#include <string>

#include "apps/server/seeded_lab.h"
#include "tests/apps/cert/scratch.h"

namespace glasstls::apps {
namespace {

using handshake::ClientAuthentication;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ServerOptions with_rsa() {
  ServerOptions options;
  options.certificates = {certificate_file("server-rsa.pem")};
  options.keys = {certificate_file("server-rsa-key.pem")};
  return options;
}

std::string refused(const ServerOptions& options) {
  return refusal([&] { static_cast<void>(settings_of(options, nullptr)); });
}

TEST(ServerOptions, HaveGoodDefaults) {
  const tls::ServerSettings settings = settings_of(with_rsa(), nullptr);
  EXPECT_THAT(*settings.credentials->get(), SizeIs(1));
  EXPECT_TRUE(settings.ticket_keys);
  EXPECT_TRUE(settings.sessions);
  EXPECT_EQ(settings.client_authentication, ClientAuthentication::none);
  EXPECT_TRUE(settings.finish_writes_after_peer_closed);
  EXPECT_THAT(settings.cipher_suites, IsEmpty());
}

TEST(ServerOptions, TakePairsOfCertificateAndKeyInOrder) {
  ServerOptions options = with_rsa();
  options.certificates.push_back(certificate_file("server-ec256.pem"));
  options.keys.push_back(certificate_file("server-ec256-key.pem"));
  const auto list = settings_of(options, nullptr).credentials->get();
  ASSERT_THAT(*list, SizeIs(2));
  EXPECT_EQ(list->at(0)->public_key().type(), crypto::KeyType::rsa);
  EXPECT_EQ(list->at(1)->public_key().type(), crypto::KeyType::ec);
  std::swap(options.keys[0], options.keys[1]);
  EXPECT_NE(refused(options), "accepted");
}

TEST(ServerOptions, GiveEachCertificateItsStaples) {
  const Scratch scratch;
  ServerOptions options = with_rsa();
  options.ocsp_responses = {scratch.write("ocsp", std::string("\x30\x03\x0a\x01\x00", 5))};
  options.timestamps = {scratch.write("sct", std::string("\x00\x03\x00\x01\x55", 5))};
  const auto list = settings_of(options, nullptr).credentials->get();
  EXPECT_EQ(wire::hex(list->front()->ocsp_response), "30030a0100");
  EXPECT_EQ(wire::hex(list->front()->signed_certificate_timestamps), "0003000155");

  options.ocsp_responses.push_back(options.ocsp_responses.front());
  EXPECT_EQ(refused(options), "there are more --ocsp than certificates");
  options.ocsp_responses.clear();
  options.timestamps.push_back(options.timestamps.front());
  EXPECT_EQ(refused(options), "there are more --sct than certificates");
}

TEST(ServerOptions, RefuseStaplesThatAreNone) {
  const Scratch scratch;
  const std::string text = scratch.write("text", "hello");
  ServerOptions options = with_rsa();
  options.ocsp_responses = {text};
  EXPECT_THAT(refused(options), HasSubstr("is not an OCSP response in DER (RFC 6960, 4.2.1)"));
  options.ocsp_responses.clear();
  options.timestamps = {text};
  EXPECT_THAT(refused(options),
              HasSubstr("is not a SignedCertificateTimestampList (RFC 6962, 3.3)"));
}

TEST(ServerOptions, ReadTicketKeysOfSeveralFiles) {
  const Scratch scratch;
  ServerOptions options = with_rsa();
  options.ticket_keys = {scratch.write("one", std::string(48, 'a')),
                         scratch.write("two", std::string(80, 'b'))};
  EXPECT_TRUE(settings_of(options, nullptr).ticket_keys);
  options.ticket_keys.push_back(options.ticket_keys.front());
  EXPECT_NE(refused(options), "accepted") << "the same key twice";
  options.ticket_keys = {scratch.write("short", std::string(47, 'a'))};
  EXPECT_THAT(refused(options), HasSubstr(scratch.file("short")));
}

TEST(ServerOptions, OffersNoResumptionIfAskedNotTo) {
  ServerOptions options = with_rsa();
  options.no_tickets = options.no_sessions = true;
  const tls::ServerSettings settings = settings_of(options, nullptr);
  EXPECT_FALSE(settings.ticket_keys);
  EXPECT_FALSE(settings.sessions);
}

TEST(ServerOptions, TellsClientsTheNamesOfTheirCas) {
  ServerOptions options = with_rsa();
  options.request_client_certificate = true;
  EXPECT_THAT(refused(options), HasSubstr("give --client-ca FILE"));
  options.client_cas = {certificate_file("ca-rsa.pem"), certificate_file("ca-ec.pem")};
  const tls::ServerSettings settings = settings_of(options, nullptr);
  EXPECT_EQ(settings.client_authentication, ClientAuthentication::requested);
  EXPECT_THAT(settings.certificate_authorities, SizeIs(2));
  EXPECT_EQ(settings.roots->size(), 2U);
  options.request_client_certificate = false;
  EXPECT_THAT(refused(options), HasSubstr("--client-ca means nothing without"));
  options.require_client_certificate = true;
  EXPECT_EQ(settings_of(options, nullptr).client_authentication, ClientAuthentication::required);
}

TEST(LabCertificate, IsForTheAddressThatItListensOn) {
  const Scratch scratch;
  const LabCertificate lab(scratch.file("lab"), asio::ip::make_address("192.0.2.7"));
  const asio::ip::tcp::endpoint address(asio::ip::make_address("192.0.2.7"), 7777);
  const std::string text = lab.how_to_connect(address, Speech::http, true);
  EXPECT_THAT(text, HasSubstr("made for test, localhost, 127.0.0.1, ::1, 192.0.2.7"));
  EXPECT_THAT(text, HasSubstr("  glasstls client 192.0.2.7:7777 --ca " + lab.ca() + " --cert "));
  EXPECT_THAT(text, HasSubstr("  curl --cacert " + lab.ca()));
  ServerOptions options;
  options.require_client_certificate = true;
  const tls::ServerSettings settings = settings_of(options, &lab);
  EXPECT_THAT(settings.certificate_authorities, SizeIs(1));
}

TEST(LabCertificate, OfARunWithASeedIsThePublishedOne) {
  const Scratch scratch;
  const auto here = asio::ip::make_address("127.0.0.1");
  const LabCertificate lab(scratch.file("lab"), here, LabCertificate::Kind::published);
  EXPECT_EQ(scratch.read("lab/server-key.pem"), seeded_lab_files.server_key);
  EXPECT_THAT(lab.how_to_connect({here, 7777}, Speech::print, false),
              HasSubstr("lab certificate for test, localhost, 127.0.0.1, ::1 with the published "
                        "key of all runs with --seed; its CA is " +
                        lab.ca()));
}

TEST(LabCertificate, OfARunWithASeedIsAskedForByNameAtAnotherAddress) {
  const Scratch scratch;
  const auto elsewhere = asio::ip::make_address("192.0.2.7");
  const LabCertificate lab(scratch.file("lab"), elsewhere, LabCertificate::Kind::published);
  EXPECT_THAT(lab.how_to_connect({elsewhere, 7777}, Speech::print, false),
              HasSubstr("glasstls client 192.0.2.7:7777 --name test --ca "));
}

TEST(LabCertificate, IsReachedOnLoopbackIfItListensEverywhere) {
  const Scratch scratch;
  const LabCertificate lab(scratch.file("lab"), asio::ip::make_address("0.0.0.0"));
  const asio::ip::tcp::endpoint address(asio::ip::make_address("0.0.0.0"), 7777);
  EXPECT_THAT(lab.how_to_connect(address, Speech::print, false),
              HasSubstr("glasstls client 127.0.0.1:7777"));
}

}  // namespace
}  // namespace glasstls::apps
