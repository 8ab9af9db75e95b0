#include "inspect/dissect/key_exchange.h"

#include <algorithm>
#include <iterator>

namespace glasstls::inspect {
namespace {

using enum KeyExchangeMethod;

struct Row {
  std::string_view prefix;  // of the suite's name
  KeyExchange exchange;
};

// The first one that fits. What RFC 5246 calls DH_DSS is here dh: its messages are the same.
constexpr Row rows[] = {
    {"TLS_NULL_WITH_", {null, {}}},
    {"TLS_RSA_EXPORT", {rsa_export, "RSA"}},
    {"TLS_RSA_PSK_WITH_", {rsa_psk, {}}},
    {"TLS_RSA_WITH_", {rsa, {}}},
    {"SSL_RSA_FIPS_WITH_", {rsa, {}}},
    {"TLS_DH_anon_", {dh_anon, {}}},
    {"TLS_DH_", {dh, {}}},
    {"TLS_DHE_PSK_WITH_", {dhe_psk, {}}},
    {"TLS_PSK_DHE_WITH_", {dhe_psk, {}}},  // so 0xC0AA and 0xC0AB are spelled (RFC 6655)
    {"TLS_DHE_RSA_", {dhe, "RSA"}},
    {"TLS_DHE_DSS_", {dhe, "DSS"}},
    {"TLS_PSK_WITH_", {psk, {}}},
    {"TLS_ECDHE_PSK_WITH_", {ecdhe_psk, {}}},
    {"TLS_ECDHE_RSA_WITH_", {ecdhe, "RSA"}},
    {"TLS_ECDHE_ECDSA_WITH_", {ecdhe, "ECDSA"}},
    {"TLS_ECDH_anon_WITH_", {ecdh_anon, {}}},
    {"TLS_ECDH_", {ecdh, {}}},
    {"TLS_SRP_SHA_RSA_WITH_", {srp, "RSA"}},
    {"TLS_SRP_SHA_DSS_WITH_", {srp, "DSS"}},
    {"TLS_SRP_SHA_WITH_", {srp, {}}},
};

constexpr std::string_view between = "_WITH_";

/// The suites of TLS 1.3 name a cipher and a hash only.
bool is_of_tls13(crypto::CipherSuite suite, std::string_view name) {
  const auto number = static_cast<std::uint16_t>(suite);
  return !name.empty() && (number >> 8 == 0x13 || number == 0x00c6 || number == 0x00c7 ||
                           number == 0xc0b4 || number == 0xc0b5);
}

/// "AES_128_CBC_SHA256", the part of the name that is about records.
std::string_view record_part(crypto::CipherSuite suite) {
  std::string_view name = name_of(suite);
  if (is_of_tls13(suite, name)) return name.substr(std::string_view("TLS_").size());
  const std::size_t at = name.find(between);
  return at == std::string_view::npos ? std::string_view{} : name.substr(at + between.size());
}

CipherKind kind_of(std::string_view cipher) {
  const auto says = [cipher](std::string_view part) {
    return cipher.find(part) != std::string_view::npos;
  };
  if (cipher.empty()) return CipherKind::unknown;
  if (cipher.starts_with("NULL") || cipher.starts_with("SHA")) return CipherKind::null;
  if (says("GCM") || says("CCM") || says("POLY1305") || says("MGM") || says("AEGIS"))
    return CipherKind::aead;
  if (says("CBC")) return CipherKind::block;
  return CipherKind::stream;  // RC4, SALSA20, GOST in counter mode
}

}  // namespace

KeyExchange key_exchange_of(crypto::CipherSuite suite) {
  const std::string_view name = name_of(suite);
  if (is_of_tls13(suite, name)) return {tls13, {}};
  const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                 [name](const Row& r) { return name.starts_with(r.prefix); });
  return row == std::end(rows) ? KeyExchange{} : row->exchange;
}

std::string_view words_for(KeyExchangeMethod method) {
  switch (method) {
    case unknown: return "an unknown key exchange";
    case null: return "no key exchange";
    case rsa: return "RSA key transport";
    case rsa_export: return "RSA key transport with an export key";
    case dh: return "fixed Diffie-Hellman";
    case dhe: return "ephemeral Diffie-Hellman";
    case dh_anon: return "anonymous Diffie-Hellman";
    case ecdh: return "fixed elliptic-curve Diffie-Hellman";
    case ecdhe: return "ephemeral elliptic-curve Diffie-Hellman";
    case ecdh_anon: return "anonymous elliptic-curve Diffie-Hellman";
    case psk: return "a pre-shared key";
    case rsa_psk: return "a pre-shared key and RSA key transport";
    case dhe_psk: return "a pre-shared key and ephemeral Diffie-Hellman";
    case ecdhe_psk: return "a pre-shared key and ephemeral elliptic-curve Diffie-Hellman";
    case srp: return "Secure Remote Password";
    case tls13: return "a key exchange of TLS 1.3";
  }
  return {};
}

std::string_view words_for(CipherKind kind) {
  switch (kind) {
    case CipherKind::unknown: return "an unknown cipher";
    case CipherKind::null: return "no encryption, only a MAC";
    case CipherKind::stream: return "a stream cipher with a MAC";
    case CipherKind::block: return "a block cipher in CBC mode with a MAC";
    case CipherKind::aead: return "an AEAD cipher";
  }
  return {};
}

Cipher cipher_of(crypto::CipherSuite suite) {
  static constexpr std::string_view hashes[] = {"SHA256", "SHA384", "SHA512", "SHA1",
                                                "SHA",    "MD5",    "SM3",    "GOSTR3411"};
  const std::string_view part = record_part(suite);
  Cipher cipher{kind_of(part), part, {}, 0};
  for (const std::string_view hash : hashes) {
    const std::size_t at = part.find(hash, part.rfind('_') == part.npos ? 0 : part.rfind('_'));
    if (at == std::string_view::npos || at == 0) continue;
    cipher.hash = hash;
    cipher.name = part.substr(0, at - 1);
    break;
  }
  if (cipher.kind == CipherKind::aead) cipher.tag_length = cipher.name.ends_with("CCM_8") ? 8 : 16;
  return cipher;
}

std::string why_not_decrypted(crypto::CipherSuite suite) {
  if (crypto::find(suite) != nullptr) return {};
  if (name_of(suite).empty()) return "this suite is in no registry: its records stay as they are";
  const Cipher cipher = cipher_of(suite);
  const std::string consequence =
      cipher.kind == CipherKind::null ? "its records are not opened" : "its records stay encrypted";
  return "this suite is not implemented by GlassTLS: " + consequence + " (" +
         std::string(words_for(key_exchange_of(suite).method)) + ", " +
         std::string(words_for(cipher.kind)) + ")";
}

}  // namespace glasstls::inspect
