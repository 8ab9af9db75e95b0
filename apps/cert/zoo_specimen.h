// A specimen of the zoo: a chain in which all is right, for a case to spoil one thing of.
//
//   root (trusted)  ->  intermediate CA  ->  leaf: www.example.test, 192.0.2.1
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "crypto/random.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/encode.h"
#include "x509/issue.h"
#include "x509/oid.h"
#include "x509/time.h"
#include "x509/verify.h"

namespace glasstls::apps {

/// Whose key is which. P-256 where the name does not say otherwise.
struct ZooKeys {
  explicit ZooKeys(crypto::RandomSource& random);
  crypto::PrivateKey root, intermediate, second, leaf, stranger;
  crypto::PrivateKey rsa, weak_rsa;  // of 2048 and 1024 bits
  crypto::PrivateKey p384, ed25519;
};

/// Points in time. All that is not said otherwise is valid from `from` to `until`, and judged at
/// `at`.
struct ZooTimes {
  x509::Time before{1704067200};  // 2024-01-01
  x509::Time from{1735689600};    // 2025-01-01
  x509::Time at{1780272000};      // 2026-06-01
  x509::Time after{2335219200};   // 2044-01-01
  x509::Time until{2366841600};   // 2045-01-01
};
inline constexpr ZooTimes zoo_times;

/// A certificate to be: what is signed, by whom, and what is done to the bytes.
struct Member {
  x509::Draft draft;
  const crypto::PrivateKey* signer = nullptr;
  std::function<Bytes(Bytes)> edit_tbs{};    // before it is signed
  std::function<Bytes(Bytes)> edit_whole{};  // after

  /// Replaces the extension, or adds it.
  void set(const x509::Oid& oid, bool critical, Bytes value);
  void drop(const x509::Oid& oid);
  /// Another subject's key.
  void set_key(const crypto::PublicKey& key);
};

/// A list of revoked serial numbers to be.
struct RevocationList {
  x509::Name issuer;
  const crypto::PrivateKey* signer = nullptr;
  std::vector<Bytes> serial_numbers;  // content bytes
  x509::Time this_update = zoo_times.from;
  x509::Time next_update = zoo_times.until;
};

struct Specimen {
  const ZooKeys& keys;
  Member root, intermediate, leaf;
  std::optional<Member> second;  // a CA between intermediate and leaf
  std::vector<RevocationList> crls;
  bool send_intermediate = true;
  bool trust_another_root = false;

  std::string server_name = "www.example.test";  // empty: none
  x509::Purpose purpose = x509::Purpose::server;
  x509::Profile profile = x509::Profile::standard;
  x509::Time at = zoo_times.at;
  bool require_crl = false;

  /// Lets a second CA sign the leaf; its pathLenConstraint is 0, as the first one's is.
  void insert_second_ca(crypto::RandomSource& random);
};

/// One thing that may be wrong, and the verdict that it deserves.
struct ZooCase {
  std::string_view name;             // "expired": also the name of its files
  std::optional<x509::Rule> broken;  // none: trusted
  std::string_view section;          // what says so; empty: the section of the rule
  std::string_view why;              // one sentence
  void (*spoil)(Specimen& specimen, crypto::RandomSource& random);
};

/// Makes good specimens.
class ZooNursery {
 public:
  ZooNursery(const ZooKeys& keys, crypto::RandomSource& random);
  /// A new one; its leaf has a serial number of its own.
  Specimen specimen() const;
  /// A root that signed nothing here.
  const Member& another_root() const { return another_root_; }

 private:
  const ZooKeys& keys_;
  crypto::RandomSource& random_;
  Member root_, intermediate_, another_root_;
};

/// The bytes of a member.
Bytes bytes_of(const Member& member, crypto::RandomSource& random);
/// RFC 5280, 5.1: a version 2 list.
Bytes bytes_of(const RevocationList& list, crypto::RandomSource& random);

// For the cases.

x509::Name zoo_name(std::string_view common_name);
x509::GeneralName dns_name(std::string_view text);
/// An address, or in name constraints address and mask.
x509::GeneralName ip_address(const Bytes& bytes);
x509::KeyUsage key_usage(std::initializer_list<x509::KeyUsageBit> bits);
/// `bytes` with every occurrence of `from` replaced. std::logic_error if there is none: a case that
/// spoils nothing would be a lie.
Bytes replaced(Bytes bytes, View from, View to);

}  // namespace glasstls::apps
