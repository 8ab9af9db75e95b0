#include "bench/timing/cases.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "crypto/constant_time.h"
#include "crypto/key_exchange.h"
#include "crypto/keys.h"
#include "crypto/prf.h"
#include "handshake/ticket_keys.h"
#include "record/protection.h"
#include "tests/support/ending.h"
#include "tests/support/identity.h"
#include "tests/support/test_random.h"

namespace glasstls::bench {
namespace {

using crypto::AeadAlgorithm;
using crypto::AeadDirection;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using test::TestRandom;

/// A result that nobody uses must be computed all the same.
void use(bool result) { asm volatile("" : : "r"(result)); }

Bytes some_bytes(std::size_t size) {
  Bytes bytes(size);
  TestRandom("timing").fill(bytes);
  return bytes;
}

template <class Secret>
Secret some_secret(std::size_t size) {
  return Secret::copy_of(some_bytes(size));
}

// --- Comparing: an early difference and a late one -------------------------------------------

/// A message of which one byte is wrong, an early or a late one. Both kinds are written in the same
/// steps.
class Forgery {
 public:
  Forgery(Bytes right, std::size_t early, std::size_t late)
      : right_(std::move(right)), early_(early), late_(late), bytes_(right_) {}

  void make(bool second) {
    std::copy(right_.begin(), right_.end(), bytes_.begin());
    bytes_[early_] ^= static_cast<std::uint8_t>(!second);
    bytes_[late_] ^= static_cast<std::uint8_t>(second);
  }
  Bytes& bytes() { return bytes_; }

 private:
  Bytes right_;
  std::size_t early_, late_;
  Bytes bytes_;
};

[[gnu::noinline]] bool equal_until_the_first_difference(View a, View b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) return false;
  return true;
}

template <bool (*compare)(View, View)>
Work comparison() {
  const Bytes right = some_bytes(16);
  const auto forgery = std::make_shared<Forgery>(right, 0, right.size() - 1);
  return {[=](bool second) { forgery->make(second); },
          [=] { use(compare(right, forgery->bytes())); }};
}

Work nothing() {
  const Bytes right = some_bytes(16);
  const auto copy = std::make_shared<Bytes>(right);
  return {[=](bool) { std::copy(right.begin(), right.end(), copy->begin()); },
          [=] { use(crypto::equal(right, *copy)); }};
}

constexpr std::size_t content_length = 256;

/// A record that is refused. `early` and `late` count from its end.
Work record_opening(AeadAlgorithm algorithm, std::size_t early, std::size_t late) {
  const crypto::AeadParameters& sizes = crypto::parameters(algorithm);
  const crypto::TrafficKeys keys{algorithm, some_secret<crypto::TrafficKey>(sizes.enc_key_length),
                                 some_secret<crypto::TrafficIv>(sizes.fixed_iv_length)};
  record::Protection writer(keys, AeadDirection::seal);
  Bytes record = some_bytes(content_length + writer.overhead());
  writer.seal(ContentType::application_data, record);

  const std::size_t size = record.size();
  const auto forgery = std::make_shared<Forgery>(std::move(record), size - early, size - late);
  const auto reader = std::make_shared<record::Protection>(keys, AeadDirection::open);
  return {[=](bool second) { forgery->make(second); },
          [=] { use(reader->open(ContentType::application_data, forgery->bytes()).has_value()); }};
}

template <AeadAlgorithm algorithm>
Work wrong_tag() {
  return record_opening(algorithm, crypto::aead_tag_length, 1);
}

template <AeadAlgorithm algorithm>
Work wrong_content_or_tag() {
  return record_opening(algorithm, crypto::aead_tag_length + content_length, 1);
}

Work finished() {
  constexpr std::size_t header_length = 4;
  test::Ending client(Side::client, some_secret<crypto::MasterSecret>(48));
  Bytes message = client.prove();
  const std::size_t last = message.size() - 1;
  const auto forgery = std::make_shared<Forgery>(std::move(message), header_length, last);
  const auto server = std::make_shared<std::optional<test::Ending>>();
  return {[=](bool second) {
            forgery->make(second);
            server->emplace(Side::server, some_secret<crypto::MasterSecret>(48));
          },
          [=] { use((*server)->accepts(forgery->bytes())); }};
}

Work ticket() {
  constexpr x509::Time now{1'000'000};
  handshake::Session session;
  session.cipher_suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  session.master_secret = some_secret<crypto::MasterSecret>(48);
  session.established = session.expires = now;
  TestRandom random("timing: ticket");
  const auto keys = std::make_shared<handshake::TicketKeys>();
  Bytes sealed = keys->seal(session, now, random);
  const std::size_t size = sealed.size();
  const auto forgery =
      std::make_shared<Forgery>(std::move(sealed), size - crypto::aead_tag_length, size - 1);
  return {[=](bool second) { forgery->make(second); },
          [=] { use(keys->open(forgery->bytes(), now).has_value()); }};
}

// --- Computing: with one input always, and with random ones -----------------------------------

/// Draws random bytes for both kinds, and takes them for one.
class FixedOrRandom {
 public:
  explicit FixedOrRandom(Bytes fixed) : fixed_(std::move(fixed)), drawn_(fixed_), bytes_(fixed_) {}

  void make(bool second) {
    random_.fill(drawn_);
    const auto mask = static_cast<std::uint8_t>(-static_cast<int>(second));  // no branch
    for (std::size_t i = 0; i < bytes_.size(); ++i)
      bytes_[i] = static_cast<std::uint8_t>(fixed_[i] ^ ((fixed_[i] ^ drawn_[i]) & mask));
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes fixed_;
  TestRandom random_{"timing: inputs"};
  Bytes drawn_, bytes_;
};

template <crypto::HashAlgorithm hash>
Work prf() {
  const auto master_secret = std::make_shared<FixedOrRandom>(Bytes(48, 0));
  const Bytes seed = some_bytes(64);
  return {[=](bool second) { master_secret->make(second); },
          [=] {
            std::array<std::uint8_t, 88> key_block;
            crypto::prf(hash, master_secret->bytes(), "key expansion", {seed}, key_block);
            use(key_block[0] != 0);
          }};
}

/// A message that is always the same, or another each time.
template <SignatureScheme scheme>
Work signing(const char* identity) {
  const crypto::PrivateKey* key = &test::identity(identity).key;
  const auto message = std::make_shared<FixedOrRandom>(some_bytes(100));
  const auto blinding = std::make_shared<TestRandom>("timing: blinding");
  return {[=](bool second) { message->make(second); },
          [=] { use(key->sign(scheme, message->bytes(), *blinding).empty()); }};
}

Work rsa_signing() { return signing<SignatureScheme::rsa_pkcs1_sha256>("rsa"); }
Work ecdsa_signing() { return signing<SignatureScheme::ecdsa_secp256r1_sha256>("p256"); }
Work ed25519_signing() { return signing<SignatureScheme::ed25519>("ed25519"); }

/// A scalar with few bits, or a random one.
template <NamedGroup group>
Work agreement() {
  TestRandom random("timing: their key");
  const auto theirs =
      std::make_shared<crypto::EphemeralKey>(crypto::EphemeralKey::generate(group, random));
  Bytes few_bits(crypto::find(group)->shared_secret_length, 0);
  few_bits[1] = few_bits[few_bits.size() - 2] = 1;
  const auto scalar = std::make_shared<FixedOrRandom>(std::move(few_bits));
  const auto ours = std::make_shared<std::optional<crypto::EphemeralKey>>();
  return {[=](bool second) {
            scalar->make(second);
            ours->emplace(crypto::EphemeralKey::from_scalar(
                group, crypto::PrivateScalar::copy_of(scalar->bytes())));
          },
          [=] { use((*ours)->agree(theirs->public_key()).size() == 0); }};
}

}  // namespace

std::vector<TimedCase> timed_cases() {
  using enum AeadAlgorithm;
  static const char *first = "first byte wrong", *last = "last byte wrong";
  static const char *first_of_tag = "tag's first byte wrong",
                    *last_of_tag = "tag's last byte wrong";
  static const char *content = "content's first byte wrong", *few = "scalar with few bits";
  static const char *one = "always one message", *many = "random messages";
  static const char* scalars = "random scalars";
  return {
      {"control: comparison that stops early", first, last,
       comparison<equal_until_the_first_difference>},
      {"control: the same input twice", "right", "right", nothing},
      {"equal()", first, last, comparison<crypto::equal>},
      {"Finished", first, last, finished},
      {"ticket", first_of_tag, last_of_tag, ticket},
      {"record, AES_256_GCM", first_of_tag, last_of_tag, wrong_tag<aes_256_gcm>},
      {"record, AES_256_GCM", content, last_of_tag, wrong_content_or_tag<aes_256_gcm>},
      {"record, CHACHA20_POLY1305", first_of_tag, last_of_tag, wrong_tag<chacha20_poly1305>},
      {"record, CHACHA20_POLY1305", content, last_of_tag, wrong_content_or_tag<chacha20_poly1305>},
      {"PRF, SHA-256", "secret of zeros", "random secrets", prf<crypto::HashAlgorithm::sha256>},
      {"PRF, SHA-384", "secret of zeros", "random secrets", prf<crypto::HashAlgorithm::sha384>},
      {"RSA-2048 signing", one, many, rsa_signing},
      {"ECDSA P-256 signing", one, many, ecdsa_signing},
      {"Ed25519 signing", one, many, ed25519_signing},
      {"x25519 agreement", few, scalars, agreement<NamedGroup::x25519>},
      {"P-256 agreement", few, scalars, agreement<NamedGroup::secp256r1>},
      {"P-384 agreement", few, scalars, agreement<NamedGroup::secp384r1>},
  };
}

}  // namespace glasstls::bench
