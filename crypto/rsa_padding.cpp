#include "crypto/rsa_padding.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace glasstls::crypto {
namespace {

// DigestInfo up to the digest: SEQUENCE { SEQUENCE { OID of the hash, NULL }, OCTET STRING }.
// RFC 8017, 9.2, note 1.
using DigestInfoHead = std::array<std::uint8_t, 19>;
constexpr DigestInfoHead sha256_head = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                        0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
constexpr DigestInfoHead sha384_head = {0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                        0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30};
constexpr DigestInfoHead sha512_head = {0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                        0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40};

const DigestInfoHead& digest_info_head(HashAlgorithm hash) {
  switch (hash) {
    case HashAlgorithm::sha256: return sha256_head;
    case HashAlgorithm::sha384: return sha384_head;
    case HashAlgorithm::sha512: return sha512_head;
  }
  throw std::logic_error("unknown hash algorithm");
}

// RFC 8017, B.2.1: XORs MGF1(seed) onto `bytes`.
void xor_mgf1(HashAlgorithm hash, View seed, MutableView bytes) {
  for (std::uint32_t counter = 0; !bytes.empty(); ++counter) {
    const std::array<std::uint8_t, 4> c = {
        static_cast<std::uint8_t>(counter >> 24), static_cast<std::uint8_t>(counter >> 16),
        static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
    Hash running(hash);
    running.update(seed);
    running.update(c);
    const Digest mask = running.finish();
    const std::size_t taken = std::min(bytes.size(), mask.size());
    for (std::size_t i = 0; i < taken; ++i) bytes[i] ^= mask.view()[i];
    bytes = bytes.subspan(taken);
  }
}

// H = Hash(eight zeros || mHash || salt).
Digest pss_hash(HashAlgorithm hash, const Digest& digest, View salt) {
  constexpr std::array<std::uint8_t, 8> zeros{};
  Hash running(hash);
  running.update(zeros);
  running.update(digest.view());
  running.update(salt);
  return running.finish();
}

// The bits of the first byte that lie within em_bits.
std::uint8_t first_byte_mask(std::size_t em_bits) {
  const std::size_t unused = (8 - em_bits % 8) % 8;
  return static_cast<std::uint8_t>(0xff >> unused);
}

constexpr std::uint8_t pss_trailer = 0xbc;

}  // namespace

bool emsa_pkcs1_v1_5_encode(HashAlgorithm hash, const Digest& digest, MutableView em) {
  constexpr std::size_t min_padding = 8;
  const DigestInfoHead& head = digest_info_head(hash);
  const std::size_t t_length = head.size() + digest.size();
  if (em.size() < 2 + min_padding + 1 + t_length) return false;

  const MutableView t = em.last(t_length);
  std::copy(head.begin(), head.end(), t.begin());
  std::copy_n(digest.view().begin(), digest.size(), t.last(digest.size()).begin());
  const MutableView padding = em.first(em.size() - t_length);
  std::fill(padding.begin(), padding.end(), std::uint8_t{0xff});
  padding.front() = 0x00;
  padding[1] = 0x01;
  padding.back() = 0x00;
  return true;
}

bool emsa_pss_encode(HashAlgorithm hash, const Digest& digest, View salt, std::size_t em_bits,
                     MutableView em) {
  if (em.size() < digest.size() + salt.size() + 2) return false;
  const Digest h = pss_hash(hash, digest, salt);
  const MutableView db = em.first(em.size() - h.size() - 1);

  std::fill(db.begin(), db.end(), std::uint8_t{0x00});
  db[db.size() - salt.size() - 1] = 0x01;
  std::copy(salt.begin(), salt.end(), db.last(salt.size()).begin());
  xor_mgf1(hash, h.view(), db);
  db[0] &= first_byte_mask(em_bits);
  std::copy_n(h.view().begin(), h.size(), em.subspan(db.size()).begin());
  em.back() = pss_trailer;
  return true;
}

bool emsa_pss_verify(HashAlgorithm hash, const Digest& digest, std::size_t em_bits, View em) {
  const std::size_t h_length = digest.size();
  const std::size_t salt_length = h_length;
  if (em.size() < h_length + salt_length + 2 || em.back() != pss_trailer) return false;
  const View h = em.subspan(em.size() - 1 - h_length, h_length);
  Bytes db = wire::copy(em.first(em.size() - 1 - h_length));

  const std::uint8_t mask = first_byte_mask(em_bits);
  if ((db[0] & ~mask) != 0) return false;
  xor_mgf1(hash, h, db);
  db[0] &= mask;

  // DB is zeros, 01, salt.
  const std::size_t zeros = db.size() - salt_length - 1;
  const bool padded = std::all_of(db.begin(), db.begin() + static_cast<std::ptrdiff_t>(zeros),
                                  [](std::uint8_t byte) { return byte == 0; });
  if (!padded || db[zeros] != 0x01) return false;
  return wire::equal(pss_hash(hash, digest, View(db).last(salt_length)).view(), h);
}

}  // namespace glasstls::crypto
