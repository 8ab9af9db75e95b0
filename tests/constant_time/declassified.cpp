// What the library computes from secrets and then makes public. The linker puts these functions in
// place of the library's own, for all calls from one source file to another (--wrap, see
// CMakeLists.txt), so that the product needs no word about it: each calls the real one, which is
// watched, and declassifies what comes back.
#include <algorithm>
#include <cstdint>
#include <optional>

#include "crypto/aead.h"
#include "crypto/constant_time.h"
#include "crypto/ec.h"
#include "crypto/key_exchange.h"
#include "handshake/session.h"
#include "tests/constant_time/secrecy.h"
#include "wire/version.h"

#define VIEW "St4spanIKhLm18446744073709551615EE"
#define MUTABLE_VIEW "S2_IhLm18446744073709551615EE"

// The mangled name, of the wrapper and of the real one.
#define EQUAL "_ZN8glasstls6crypto5equalE" VIEW "S3_"
#define ALL_ZERO "_ZN8glasstls6crypto8all_zeroE" VIEW
#define OPEN "_ZN8glasstls6crypto4Aead4openE" VIEW "S4_" MUTABLE_VIEW "S4_"
#define GENERATE "_ZN8glasstls6crypto12EphemeralKey8generateENS0_10NamedGroupERNS0_12RandomSourceE"
#define IS_SCALAR "_ZN8glasstls6crypto2ec9is_scalarENS0_10NamedGroupE" VIEW
#define EC_SIGN "_ZN8glasstls6crypto2ec4signENS0_10NamedGroupE" VIEW "S5_S5_RNS0_12RandomSourceE"
#define DECODE_SESSION "_ZN8glasstls9handshake14decode_sessionE" VIEW

namespace glasstls::constant_time {

using crypto::NamedGroup;
using crypto::RandomSource;
using Numbers = std::optional<crypto::ec::SignatureNumbers>;
using MaybeSession = std::optional<handshake::Session>;

bool real_equal(View a, View b) asm("__real_" EQUAL);
bool real_all_zero(View bytes) asm("__real_" ALL_ZERO);
bool real_open(crypto::Aead* aead, View nonce, View additional_data, MutableView text,
               View tag) asm("__real_" OPEN);
crypto::EphemeralKey real_generate(NamedGroup group, RandomSource& random) asm("__real_" GENERATE);
bool real_is_scalar(NamedGroup group, View bytes) asm("__real_" IS_SCALAR);
Numbers real_sign(NamedGroup group, View scalar, View digest, View nonce,
                  RandomSource& random) asm("__real_" EC_SIGN);
MaybeSession real_decode_session(View bytes) asm("__real_" DECODE_SESSION);

bool wrapped_equal(View a, View b) asm("__wrap_" EQUAL);
bool wrapped_all_zero(View bytes) asm("__wrap_" ALL_ZERO);
bool wrapped_open(crypto::Aead* aead, View nonce, View additional_data, MutableView text,
                  View tag) asm("__wrap_" OPEN);
crypto::EphemeralKey wrapped_generate(NamedGroup group,
                                      RandomSource& random) asm("__wrap_" GENERATE);
bool wrapped_is_scalar(NamedGroup group, View bytes) asm("__wrap_" IS_SCALAR);
Numbers wrapped_sign(NamedGroup group, View scalar, View digest, View nonce,
                     RandomSource& random) asm("__wrap_" EC_SIGN);
MaybeSession wrapped_decode_session(View bytes) asm("__wrap_" DECODE_SESSION);

// Whoever compares acts on the verdict: the peer sees an alert, or none.
bool wrapped_equal(View a, View b) { return declassified(real_equal(a, b)); }
bool wrapped_all_zero(View bytes) { return declassified(real_all_zero(bytes)); }

// What a handshake record held is read; what application data it held stays secret.
bool wrapped_open(crypto::Aead* aead, View nonce, View additional_data, MutableView text,
                  View tag) {
  constexpr std::size_t type_offset = 8;  // RFC 5246, 6.2.3.3: behind seq_num
  constexpr auto application_data = static_cast<std::uint8_t>(ContentType::application_data);
  const bool opened = real_open(aead, nonce, additional_data, text, tag);
  const bool of_a_record = additional_data.size() == 13;
  if (opened && of_a_record && additional_data[type_offset] != application_data) declassify(text);
  return opened;
}

// The public key is sent.
crypto::EphemeralKey wrapped_generate(NamedGroup group, RandomSource& random) {
  crypto::EphemeralKey key = real_generate(group, random);
  declassify(key.public_key());
  return key;
}

// A number that is no scalar is given up for another: nothing is known of that one by it.
bool wrapped_is_scalar(NamedGroup group, View bytes) {
  return declassified(real_is_scalar(group, bytes));
}

// The signature is sent.
Numbers wrapped_sign(NamedGroup group, View scalar, View digest, View nonce, RandomSource& random) {
  Numbers numbers = real_sign(group, scalar, digest, nonce, random);
  declassify({reinterpret_cast<const std::uint8_t*>(&numbers), sizeof numbers});
  expect(numbers.has_value(), "a nonce did not serve");
  declassify(numbers->r);
  declassify(numbers->s);
  return numbers;
}

// A ticket that authenticates is ours: of what it holds only the master secret is secret.
MaybeSession wrapped_decode_session(View bytes) {
  constexpr std::size_t offset = 1, length = 48;
  declassify(bytes);
  classify(bytes.subspan(offset, length));
  return real_decode_session(bytes);
}

}  // namespace glasstls::constant_time
