#include "tests/bounds/hostile_chains.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/keys.h"
#include "tests/support/identity.h"
#include "tests/support/test_random.h"
#include "tls/config.h"
#include "x509/der_writer.h"
#include "x509/encode.h"
#include "x509/issue.h"
#include "x509/oid.h"
#include "x509/verify.h"

namespace glasstls::bounds {

namespace {

using crypto::PublicKey;
using x509::Name;

constexpr std::size_t length_of_length = 3;
constexpr std::size_t room = tls::default_max_handshake_message - length_of_length;

/// Appended as long as the message is not full.
bool fits(const Chain& chain, const Bytes& one) {
  std::size_t size = length_of_length + one.size();
  for (const Bytes& der : chain) size += length_of_length + der.size();
  return size <= room;
}

Name named(std::string_view text) {
  return Name(
      {{{x509::oid::commonName, x509::Tag::utf8_string, wire::copy(wire::as_bytes(text))}}});
}

/// Certificates that whoever likes can make: all are signed by one key, which is nobody's.
class Forger {
 public:
  explicit Forger(std::string_view signer = "p256") : signer_(test::key_of(signer)) {}

  Bytes forge(const Name& issuer, const Name& subject, const PublicKey& key,
              std::vector<x509::NewExtension> extensions) {
    x509::Draft draft;
    draft.serial_number = {static_cast<std::uint8_t>(1 + serial_ % 100)};
    ++serial_;
    draft.issuer = issuer;
    draft.subject = subject;
    draft.not_before = test::start_of(2028);
    draft.not_after = test::start_of(2040);
    draft.subject_public_key_info = x509::encode(key);
    draft.extensions = std::move(extensions);
    return x509::sign(draft, *signer_, random_);
  }
  Bytes leaf(const Name& issuer, const Name& subject = named("leaf")) {
    return forge(issuer, subject, test::key_of("p256")->public_key(), {});
  }
  Bytes ca(const Name& issuer, const Name& subject, const PublicKey& key) {
    return forge(
        issuer, subject, key,
        {{x509::oid::basicConstraints, true, x509::encode(x509::BasicConstraints{true, {}})}});
  }

  /// The signature is one that such a key could have made: of its length, and less than its modulus.
  Bytes with_dear_signature(const Bytes& certificate) {
    const auto parsed = x509::Certificate::parse(certificate).value();
    x509::DerWriter der;
    der.sequence([&] {
      der.raw(parsed.tbs());
      der.raw(x509::signature_algorithm_for(signer_->public_key()));
      der.bit_string({Bytes(dear_length, 0x5a), 0});
    });
    return std::move(der).take();
  }

  PublicKey small_key() { return PublicKey::ed25519(bytes(32)).value(); }
  /// Nobody has the private one: any odd number will do to be raised to a power.
  PublicKey dear_key() {
    Bytes modulus = bytes(dear_length), exponent(8, 0xff);
    modulus.front() |= 0x80;
    modulus.back() |= 1;
    return PublicKey::rsa(modulus, exponent).value();
  }

 private:
  Bytes bytes(std::size_t size) {
    Bytes random(size);
    random_.fill(random);
    return random;
  }

  static constexpr std::size_t dear_length = 1024;  // bytes

  std::shared_ptr<const crypto::PrivateKey> signer_;
  test::TestRandom random_{"forger"};
  unsigned serial_ = 0;
};

}  // namespace

Chain unreadable_certificates() {
  Chain chain{Forger().leaf(named("nobody"))};
  const std::size_t each = length_of_length + 1;
  const std::size_t left = room - length_of_length - chain.front().size();
  chain.resize(1 + left / each, Bytes{0x30});
  return chain;
}

Chain many_names() {
  constexpr std::size_t count = 43'000;
  const x509::GeneralName short_name{x509::GeneralNameKind::dNSName, Bytes{'x'}, {}};
  Forger forger;
  return {forger.forge(named("nobody"), named("leaf"), test::key_of("p256")->public_key(),
                       {{x509::oid::subjectAltName, false,
                         x509::encode(std::vector<x509::GeneralName>(count, short_name))}})};
}

Chain many_ways() {
  Forger forger;
  const Name name = named("x");
  Chain chain{forger.leaf(name)};
  while (chain.size() < x509::Limits{}.certificates)
    chain.push_back(forger.ca(name, name, forger.small_key()));
  return chain;
}

/// Each of the first could have been issued by each of the second.
Chain dear_signatures(std::string_view anchor) {
  constexpr std::size_t first = 8;
  Forger forger("rsa");
  const Name low = named("low"), high = named("high");
  Chain chain{forger.with_dear_signature(forger.leaf(low))};
  for (;;) {
    const bool is_low = chain.size() <= first;
    Bytes next =
        forger.with_dear_signature(is_low ? forger.ca(high, low, forger.dear_key())
                                          : forger.ca(named(anchor), high, forger.dear_key()));
    if (!fits(chain, next)) return chain;
    chain.push_back(std::move(next));
  }
}

Chain long_names(std::string_view anchor) {
  constexpr std::size_t length = 12'000;
  Forger forger;
  const Name name = named(std::string(length, '\x01'));  // four characters each, when it is told
  Chain chain{forger.leaf(name, named("leaf"))};
  // The last one leads to the anchor: so each way through the others does.
  chain.push_back(forger.ca(named(anchor), name, forger.small_key()));
  for (;;) {
    Bytes next = forger.ca(name, name, forger.small_key());
    if (!fits(chain, next)) return chain;
    chain.push_back(std::move(next));
  }
}

std::function<void(handshake::Certificate&)> showing(Chain chain) {
  return [chain = std::move(chain)](handshake::Certificate& message) {
    message.certificate_list.clear();
    for (const Bytes& der : chain) message.certificate_list.push_back({der});
  };
}

}  // namespace glasstls::bounds
