// Any bytes as a private key in a file, PEM or DER, plain or encrypted: a key that is written and read
// again, or a reason and a place.
//
// Encrypted ones are decrypted with one passphrase, if that takes few iterations: a file may ask for
// as many as take seconds. The others are read up to where the passphrase would be needed.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "x509/der.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::x509 {
namespace {

using fuzz::require;

constexpr std::uint32_t few_iterations = 5000;

/// iterationCount of PBKDF2-params (RFC 8018, A.2), or nothing.
std::optional<std::uint32_t> iterations(View der) {
  DerReader reader(der);
  std::uint32_t count = 0;
  reader.sequence("EncryptedPrivateKeyInfo", [&] {
    reader.sequence("encryptionAlgorithm", [&] {
      reader.any("PBES2");
      reader.sequence("PBES2-params", [&] {
        reader.sequence("keyDerivationFunc", [&] {
          reader.any("PBKDF2");
          reader.sequence("PBKDF2-params", [&] {
            reader.octet_string("salt");
            count = reader.small_integer("iterationCount");
            reader.skip_rest();
          });
        });
        reader.skip_rest();
      });
    });
    reader.skip_rest();
  });
  if (!reader.ok()) return std::nullopt;
  return count;
}

bool takes_long(View file) {
  if (!looks_like_pem(file)) return iterations(file).value_or(0) > few_iterations;
  for (const PemBlock& block : parse_pem(wire::as_text(file)).blocks)
    if (iterations(block.der).value_or(0) > few_iterations) return true;
  return false;
}

void check_key(const crypto::PrivateKey& key) {
  const crypto::SecretBytes pem = private_key_pem(key);
  const auto again = parse_private_key(pem.reveal());
  require(static_cast<bool>(again), "a key that we write can be read");
  const crypto::SecretBytes once_more = private_key_pem(*again);
  require(wire::equal(once_more.reveal(), pem.reveal()), "and is the same");
  fuzz::reached("key read");
}

void check(View file, std::optional<View> passphrase) {
  const auto key = parse_private_key(file, passphrase);
  if (key && passphrase) fuzz::reached("key decrypted");
  if (key) return check_key(*key);
  require(!key.error().what.empty() && !key.error().section.empty(), "an error says why");
  require(key.error().offset <= file.size(), "an error lies in the file");
}

}  // namespace
}  // namespace glasstls::x509

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  const View file(data, size);
  x509::check(file, std::nullopt);
  if (!x509::needs_passphrase(file)) return 0;
  fuzz::reached("passphrase asked for");
  if (!x509::takes_long(file)) x509::check(file, wire::as_bytes(std::string_view("open sesame")));
  return 0;
}
