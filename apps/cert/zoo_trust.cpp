// Cases: chains that are good, paths that lead nowhere, validity, signatures and keys.
#include "apps/cert/zoo.h"
#include "x509/der_writer.h"

namespace glasstls::apps {

namespace {

namespace oid = x509::oid;
using x509::Rule;

constexpr x509::Oid unknown_extension{2, 999, 1};  // 2.999 is for examples

/// SubjectPublicKeyInfo of an RSA key with this exponent.
Bytes rsa_with_exponent(View modulus, const Bytes& exponent) {
  x509::DerWriter der;
  der.sequence([&] {
    der.sequence([&] {
      der.object_identifier(oid::rsaEncryption);
      der.null();
    });
    der.inside_bit_string([&] {
      der.sequence([&] {
        der.unsigned_integer(modulus);
        der.unsigned_integer(exponent);
      });
    });
  });
  return std::move(der).take();
}

/// ECParameters that spell out P-256 instead of naming it (RFC 3279, 2.3.5; SEC 2, 2.4.2).
Bytes explicit_p256(View point) {
  const auto number = [](const char* hexadecimal) { return *wire::unhex(hexadecimal); };
  const Bytes prime = number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  const Bytes a = number("ffffffff00000001000000000000000000000000fffffffffffffffffffffffc");
  const Bytes b = number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
  const Bytes base = number(
      "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a"
      "7c0f9e162bce33576b315ececbb6406837bf51f5");
  const Bytes order = number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  constexpr x509::Oid prime_field{1, 2, 840, 10045, 1, 1};
  x509::DerWriter der;
  der.sequence([&] {
    der.sequence([&] {
      der.object_identifier(oid::id_ecPublicKey);
      der.sequence([&] {
        der.small_integer(1);
        der.sequence([&] {
          der.object_identifier(prime_field);
          der.unsigned_integer(prime);
        });
        der.sequence([&] {
          der.octet_string(a);
          der.octet_string(b);
        });
        der.octet_string(base);
        der.unsigned_integer(order);
        der.small_integer(1);
      });
    });
    der.bit_string({point, 0});
  });
  return std::move(der).take();
}

constexpr ZooCase cases[] = {
    // --- Good ones: a verifier that refuses these is too strict ----------------------------------
    {"good",
     {},
     "RFC 5280, 6.1",
     "A root, an intermediate CA and a leaf, all as they should be.",
     [](Specimen&, crypto::RandomSource&) {}},
    {"good-strict",
     {},
     "RFC 5280, 6.1",
     "The same chain keeps every rule of the strict profile.",
     [](Specimen& s, crypto::RandomSource&) { s.profile = x509::Profile::strict; }},
    {"good-client",
     {},
     "RFC 5280, 4.2.1.12",
     "A client's certificate, for clientAuth.",
     [](Specimen& s, crypto::RandomSource&) {
       s.purpose = x509::Purpose::client;
       s.server_name.clear();
       s.leaf.set(oid::extKeyUsage, false,
                  x509::encode_extended_key_usage({oid::id_kp_clientAuth}));
     }},
    {"good-rsa",
     {},
     "RFC 5280, 4.1.2.7",
     "The leaf's key is RSA of 2048 bits.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.set_key(s.keys.rsa.public_key()); }},
    {"good-rsa-ca",
     {},
     "RFC 5280, 4.1.1.3",
     "The intermediate's key is RSA of 2048 bits.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.set_key(s.keys.rsa.public_key());
       s.leaf.signer = &s.keys.rsa;
       s.leaf.drop(oid::authorityKeyIdentifier);
     }},
    {"good-p384",
     {},
     "RFC 5480, 2.1.1",
     "The leaf's key is on P-384.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.set_key(s.keys.p384.public_key()); }},
    {"good-ed25519",
     {},
     "RFC 8410",
     "The leaf's key is Ed25519.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.set_key(s.keys.ed25519.public_key()); }},
    {"good-two-intermediates",
     {},
     "RFC 5280, 4.2.1.9",
     "The first intermediate's pathLenConstraint of 1 allows the second.",
     [](Specimen& s, crypto::RandomSource& random) {
       s.intermediate.set(oid::basicConstraints, true,
                          x509::encode(x509::BasicConstraints{true, 1}));
       s.insert_second_ca(random);
     }},
    {"good-first-second",
     {},
     "RFC 5280, 4.1.2.5",
     "It is judged at the very second of its notBefore.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.not_before = s.at; }},
    {"good-last-second",
     {},
     "RFC 5280, 4.1.2.5",
     "It is judged at the very second of its notAfter, which still counts.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.not_after = s.at; }},
    {"good-unknown-extension",
     {},
     "RFC 5280, 4.2",
     "An extension that nobody knows is ignored where it is not critical.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.set(unknown_extension, false, {0x05, 0x00});
     }},

    // --- No path to what is trusted ---------------------------------------------------------------
    {"unknown-ca", Rule::path_to_anchor, "",
     "The chain is good, but its root is not the one trusted.",
     [](Specimen& s, crypto::RandomSource&) { s.trust_another_root = true; }},
    {"missing-intermediate", Rule::path_to_anchor, "",
     "The server forgot to send the intermediate CA's certificate.",
     [](Specimen& s, crypto::RandomSource&) { s.send_intermediate = false; }},
    {"self-signed", Rule::path_to_anchor, "", "The leaf signed itself, and nobody vouches for it.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.issuer = s.leaf.draft.subject;
       s.leaf.signer = &s.keys.leaf;
       s.leaf.drop(oid::authorityKeyIdentifier);
       s.send_intermediate = false;
     }},

    // --- Validity ---------------------------------------------------------------------------------
    {"expired", Rule::validity, "", "The leaf's notAfter lies before the time of judgement.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.not_before = zoo_times.before;
       s.leaf.draft.not_after = zoo_times.from;
     }},
    {"expired-by-a-second", Rule::validity, "", "The leaf's notAfter was one second ago.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.not_after = {s.at.seconds - 1}; }},
    {"not-yet-valid", Rule::validity, "", "The leaf's notBefore lies after the time of judgement.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.not_before = zoo_times.after; }},
    {"expired-intermediate", Rule::validity, "", "The intermediate CA's certificate has expired.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.draft.not_before = zoo_times.before;
       s.intermediate.draft.not_after = zoo_times.from;
     }},
    {"expired-root", Rule::validity, "", "The root's certificate has expired.",
     [](Specimen& s, crypto::RandomSource&) {
       s.root.draft.not_before = zoo_times.before;
       s.root.draft.not_after = zoo_times.from;
     }},

    // --- Signatures -------------------------------------------------------------------------------
    {"flipped-bit", Rule::signature, "", "One bit of the leaf's signature is wrong.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.edit_whole = [](Bytes bytes) {
         bytes.back() ^= 1;
         return bytes;
       };
     }},
    {"impostor-ca", Rule::signature, "",
     "A stranger signed the intermediate under the root's name: names are no proof.",
     [](Specimen& s, crypto::RandomSource&) { s.intermediate.signer = &s.keys.stranger; }},
    {"impostor-intermediate", Rule::signature, "",
     "A stranger signed the leaf under the intermediate's name, and says so in its key identifier.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.signer = &s.keys.stranger;
       x509::AuthorityKeyIdentifier authority;
       authority.key_identifier = x509::key_identifier(s.keys.stranger.public_key());
       s.leaf.set(oid::authorityKeyIdentifier, false, x509::encode(authority));
     }},
    {"sha1-signature", Rule::signature_algorithm, "RFC 9155, 2",
     "The leaf names sha1WithRSAEncryption; whoever made that signature, it proves nothing (the "
     "bytes "
     "are not one).",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.set_key(s.keys.rsa.public_key());
       s.leaf.signer = &s.keys.rsa;
       s.leaf.drop(oid::authorityKeyIdentifier);
       s.leaf.edit_whole = [](Bytes bytes) {
         return replaced(std::move(bytes), oid::sha256WithRSAEncryption.content(),
                         oid::sha1WithRSAEncryption.content());
       };
     }},
    {"other-outer-algorithm", Rule::encoding, "RFC 5280, 4.1.1.2",
     "signatureAlgorithm outside is another than signature inside.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.edit_tbs = [](Bytes tbs) {
         return replaced(std::move(tbs), oid::ecdsa_with_SHA256.content(),
                         oid::ecdsa_with_SHA384.content());
       };
     }},

    // --- Keys -------------------------------------------------------------------------------------
    {"weak-key", Rule::public_key, "NIST SP 800-57 Part 1, 5.6",
     "The leaf's RSA key has 1024 bits.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.set_key(s.keys.weak_rsa.public_key()); }},
    {"weak-ca-key", Rule::public_key, "NIST SP 800-57 Part 1, 5.6",
     "The intermediate's RSA key has 1024 bits.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.set_key(s.keys.weak_rsa.public_key());
       s.leaf.signer = &s.keys.weak_rsa;
       s.leaf.drop(oid::authorityKeyIdentifier);
     }},
    {"rsa-exponent-1", Rule::encoding, "RFC 8017, 3.1",
     "With the public exponent 1 every message is its own signature.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.subject_public_key_info =
           rsa_with_exponent(s.keys.rsa.public_key().modulus(), {1});
     }},
    {"rsa-exponent-even", Rule::encoding, "RFC 8017, 3.1",
     "An even public exponent has no private one.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.subject_public_key_info =
           rsa_with_exponent(s.keys.rsa.public_key().modulus(), {1, 0, 0});
     }},
    {"explicit-curve", Rule::encoding, "RFC 5480, 2.1.1",
     "The key spells out its curve instead of naming it: a way to smuggle in another base point.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.subject_public_key_info = explicit_p256(s.keys.leaf.public_key().point());
     }},
    {"point-not-on-curve", Rule::encoding, "RFC 5480, 2.2", "The key's point is not on its curve.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.subject_public_key_info.back() ^= 1; }},
};

}  // namespace

std::span<const ZooCase> zoo_trust_cases() { return cases; }

}  // namespace glasstls::apps
