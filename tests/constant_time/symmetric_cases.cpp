// The PRF, Finished, tickets and records: what works on secrets that both sides have.
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "crypto/aead.h"
#include "crypto/prf.h"
#include "handshake/ticket_keys.h"
#include "record/protection.h"
#include "tests/constant_time/cases.h"
#include "tests/constant_time/secrecy.h"
#include "tests/support/ending.h"
#include "tests/support/test_random.h"

// Crypto++'s own record of what the processor can. crypto/ alone includes its headers.
namespace CryptoPP {
extern bool g_hasAESNI, g_hasCLMUL, g_hasSSSE3;
}

namespace glasstls::constant_time {
namespace {

using crypto::AeadAlgorithm;
using crypto::AeadDirection;
using crypto::HashAlgorithm;

Bytes some_bytes(std::size_t size) {
  Bytes bytes(size);
  test::TestRandom("constant time: symmetric").fill(bytes);
  return bytes;
}

template <class Secret>
Secret some_secret(std::size_t size) {
  Secret secret = Secret::copy_of(some_bytes(size));
  classify(secret.reveal());
  return secret;
}

// --- PRF -------------------------------------------------------------------------------------

void prf() {
  const auto master_secret = some_secret<crypto::MasterSecret>(48);
  const Bytes seed = some_bytes(64);
  for (const HashAlgorithm hash : {HashAlgorithm::sha256, HashAlgorithm::sha384}) {
    Bytes key_block(88);
    crypto::prf(hash, master_secret.reveal(), "key expansion", {seed}, key_block);
    expect_secret(key_block);
  }
}

// --- Finished --------------------------------------------------------------------------------

/// What the server says to the client's Finished.
bool accepts_finished(bool forged) {
  test::Ending client(Side::client, some_secret<crypto::MasterSecret>(48));
  test::Ending server(Side::server, some_secret<crypto::MasterSecret>(48));
  Bytes message = client.prove();
  expect_secret(message);
  if (forged) message.back() ^= 1;
  return server.accepts(message);
}

void finished() {
  expect(accepts_finished(false), "Finished was refused");
  expect(!accepts_finished(true), "a forged Finished was accepted");
}

// --- Tickets ---------------------------------------------------------------------------------

handshake::TicketKeys secret_ticket_keys() {
  std::vector<handshake::TicketKey> keys;
  keys.push_back({{}, some_secret<crypto::SecretBytes>(32)});
  return handshake::TicketKeys(std::move(keys), 0);
}

void ticket_opening() {
  const x509::Time now{1'000'000};
  handshake::Session session;
  session.cipher_suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  session.master_secret = some_secret<crypto::MasterSecret>(48);
  session.server_name = "server.test";
  session.established = session.expires = now;

  handshake::TicketKeys keys = secret_ticket_keys();
  test::TestRandom random;
  Bytes ticket = keys.seal(session, now, random);
  expect_secret(ticket);
  declassify(ticket);  // it is sent
  const auto opened = keys.open(ticket, now);
  expect(opened.has_value(), "a ticket was refused");
  expect_secret(opened->session.master_secret.reveal());
  ticket.back() ^= 1;
  expect(!keys.open(ticket, now).has_value(), "a forged ticket was accepted");
}

// --- Records ---------------------------------------------------------------------------------

/// Longer than the widest steps of all ciphers, and no multiple of them.
constexpr std::size_t content_length = 1100;

crypto::TrafficKeys secret_traffic_keys(AeadAlgorithm algorithm) {
  const crypto::AeadParameters& sizes = crypto::parameters(algorithm);
  return {algorithm, some_secret<crypto::TrafficKey>(sizes.enc_key_length),
          some_secret<crypto::TrafficIv>(sizes.fixed_iv_length)};
}

void record_opening(AeadAlgorithm algorithm) {
  const crypto::TrafficKeys keys = secret_traffic_keys(algorithm);
  record::Protection writer(keys, AeadDirection::seal);
  Bytes record = some_bytes(content_length + writer.overhead());
  classify(record);
  writer.seal(ContentType::application_data, record);
  expect_secret(record);
  declassify(record);  // it is sent

  Bytes forged = record;
  forged.back() ^= 1;
  const auto opened =
      record::Protection(keys, AeadDirection::open).open(ContentType::application_data, record);
  expect(opened && opened->size() == content_length, "a record was refused");
  expect_secret(*opened);
  expect(!record::Protection(keys, AeadDirection::open)
              .open(ContentType::application_data, forged)
              .has_value(),
         "a forged record was accepted");
}

void record_opening_without_instructions() {
  CryptoPP::g_hasAESNI = CryptoPP::g_hasCLMUL = CryptoPP::g_hasSSSE3 = false;
  record_opening(AeadAlgorithm::aes_256_gcm);
}

}  // namespace

std::vector<Case> symmetric_cases() {
  static const char* traffic = "write_key, write_IV and the plaintext";
  static const char* records = "the record, which is sent; whether its tag is right: the alert";
  return {
      {"Prf", "the master secret", "nothing", prf},
      {"Finished", "the master secret, and so verify_data, the peer's too",
       "whether verify_data is right: the alert", finished},
      {"TicketOpening", "the key's secret and the session's master secret",
       "the ticket, which is sent; whether its tag is right: the full handshake; what else is in "
       "it",
       ticket_opening, true},
      {"RecordAes128Gcm", traffic, records, [] { record_opening(AeadAlgorithm::aes_128_gcm); },
       true},
      {"RecordAes256Gcm", traffic, records, [] { record_opening(AeadAlgorithm::aes_256_gcm); },
       true},
      {"RecordChaCha20Poly1305", traffic, records,
       [] { record_opening(AeadAlgorithm::chacha20_poly1305); }},
      {"RecordAesWithoutInstructions", traffic, records, record_opening_without_instructions},
  };
}

}  // namespace glasstls::constant_time
