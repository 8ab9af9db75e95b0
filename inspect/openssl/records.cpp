// Protected records: nonce, additional data, plaintext and, where openssl can, the tag.
#include <fmt/format.h>

#include "inspect/openssl/script.h"

namespace glasstls::inspect::openssl {

namespace {

constexpr std::size_t most_records = 16;  // enough to see it: each holds up to 16 KiB

constexpr std::string_view gcm_explanation =
    "AES-GCM encrypts with AES in counter mode: block n is XORed with AES(key, nonce + n), where "
    "the counter of the first block is 2 (1 hides the tag). openssl enc has no GCM, but it has the "
    "counter mode. nonce = write_IV + the 8 bytes in front of the record. RFC 5288, section 3.";
constexpr std::string_view chacha_explanation =
    "ChaCha20-Poly1305: ChaCha20 encrypts, with a counter that begins with 1; block 0 makes the "
    "key "
    "of Poly1305, which makes the tag. nonce = write_IV XOR sequence number. RFC 7905, section 2; "
    "RFC 8439, section 2.8.";

constexpr std::string_view functions = R"sh(
# additional_data SEQUENCE_NUMBER TYPE LENGTH: RFC 5246, section 6.2.3.3; the version is TLS 1.2.
additional_data() { printf '%016x%02x0303%04x' "$1" "$2" "$3"; }

# xor HEX HEX: of the same length.
xor() {
  at=1
  while [ "$at" -lt ${#1} ]; do
    left=$(printf '%s' "$1" | cut -c "$at-$((at + 1))")
    right=$(printf '%s' "$2" | cut -c "$at-$((at + 1))")
    printf '%02x' $((0x$left ^ 0x$right))
    at=$((at + 2))
  done
}

# padded HEX: with zeros to a multiple of 16 bytes.
padded() {
  printf '%s' "$1"
  length=${#1}
  while [ $((length % 32)) -ne 0 ]; do
    printf '0'
    length=$((length + 1))
  done
}
)sh";

constexpr std::string_view gcm_functions = R"sh(
# The tag is GHASH(additional data, ciphertext) XOR AES(key, nonce + 1), and openssl has no GHASH.
# But it has GMAC, which is GHASH of some blocks and one more that holds their length, hidden by the
# same AES(key, nonce + 1). GHASH of blocks is a polynomial: each block times a power of a secret H.
# So if the blocks X end in GHASH g, then "X, and a block of zeros" and "zeros, and g", being of
# one length, have the same GMAC; and if they end in anything else, they have not.

# covered ADDITIONAL_DATA CIPHERTEXT: the blocks of GHASH, with both lengths in bits.
covered() {
  padded "$1"
  padded "$2"
  printf '%016x%016x' $((4 * ${#1})) $((4 * ${#2}))
}

# gmac KEY NONCE HEX
gmac() {
  echo "$3" | unhex >"$work/authenticated"
  openssl mac -macopt "cipher:$gcm" -macopt "hexkey:$1" -macopt "hexiv:$2" \
    -in "$work/authenticated" GMAC | tr 'A-F' 'a-f' | tr -d '\n'
}

# gmac_of_blocks KEY NONCE BLOCKS
gmac_of_blocks() { gmac "$1" "$2" "$3$(printf '%032x' 0)"; }

# gmac_of_tag KEY NONCE BLOCKS TAG: of as many zeros as there are blocks, and the GHASH in the tag.
gmac_of_tag() {
  hidden_by=$(echo "${2}00000001" | unhex | openssl enc "-$ecb" -nopad -K "$1" | hex)
  gmac "$1" "$2" "$(printf '%s' "$3" | sed 's/./0/g')$(xor "$4" "$hidden_by")"
}
)sh";

constexpr std::string_view chacha_functions = R"sh(
# little_endian NUMBER: 8 bytes.
little_endian() {
  rest=$1
  for _ in 1 2 3 4 5 6 7 8; do
    printf '%02x' $((rest % 256))
    rest=$((rest / 256))
  done
}

# poly1305_tag KEY NONCE ADDITIONAL_DATA CIPHERTEXT
poly1305_tag() {
  one_time_key=$(printf '%064x\n' 0 | unhex | openssl enc -chacha20 -K "$1" -iv "00000000$2" | hex)
  {
    padded "$3"
    padded "$4"
    little_endian $((${#3} / 2))
    little_endian $((${#4} / 2))
    echo
  } | unhex >"$work/authenticated"
  openssl mac -macopt "hexkey:$one_time_key" -in "$work/authenticated" Poly1305 |
    tr 'A-F' 'a-f' | tr -d '\n'
}
)sh";

bool can_check(const Script& script, const Record& record) {
  const Document& document = script.document;
  return record.protection == Protection::opened && record.sequence_number && record.plaintext &&
         *record.plaintext < document.buffers.size() && record.ciphertext && record.tag &&
         script.known(record.side == Side::client ? "client_write_key" : "server_write_key") &&
         script.known(record.side == Side::client ? "client_write_IV" : "server_write_IV");
}

void write_values(Script& script, const Record& record) {
  const Document& document = script.document;
  script.value("ciphertext", document.bytes(*record.ciphertext));
  script.value("plaintext", document.buffers[*record.plaintext].bytes);
  script.value("nonce", record.nonce);
  script.value("additional_data", record.additional_data);
  script.value("tag", document.bytes(*record.tag));
}

/// What only one of the two AEADs has.
struct Forms {
  std::string nonce, counter, tag;
};

Forms gcm_forms(const Script& script, const Record& record, std::string_view who) {
  const std::string explicit_part =
      record.nonce_explicit ? wire::hex(script.document.bytes(*record.nonce_explicit)) : "";
  return {fmt::format("\"${{{}_write_IV}}{}\"", who, explicit_part), "${nonce}00000002",
          fmt::format("blocks=$(covered \"$additional_data\" \"$ciphertext\")\n"
                      "same \"$record: tag\" \\\n"
                      "  \"$(gmac_of_blocks \"${0}_write_key\" \"$nonce\" \"$blocks\")\" \\\n"
                      "  \"$(gmac_of_tag \"${0}_write_key\" \"$nonce\" \"$blocks\" \"$tag\")\"\n",
                      who)};
}

Forms chacha_forms(const Record& record, std::string_view who) {
  return {fmt::format("\"$(xor \"$(printf '%024x' {})\" \"${}_write_IV\")\"",
                      *record.sequence_number, who),
          "01000000$nonce",
          fmt::format("same \"$record: tag\" \\\n  \"$(poly1305_tag \"${}_write_key\" \"$nonce\" "
                      "\"$additional_data\" \"$ciphertext\")\" \"$tag\"\n",
                      who)};
}

void write_record(Script& script, const Record& record) {
  const std::string_view who = name_of(record.side);
  const Forms forms =
      script.suite->is_chacha20 ? chacha_forms(record, who) : gcm_forms(script, record, who);
  script.add(fmt::format("\nrecord=\"the {}'s record {}\"\n", who, record.number));
  write_values(script, record);
  script.add(fmt::format("same \"$record: nonce\" {} \"$nonce\"\n", forms.nonce));
  script.add(
      fmt::format("same \"$record: additional data\" \\\n"
                  "  \"$(additional_data {} {} $((${{#plaintext}} / 2)))\" \"$additional_data\"\n",
                  *record.sequence_number, record.type.number));
  script.add(fmt::format(
      "same \"$record: plaintext\" \\\n  \"$(echo \"$ciphertext\" | unhex | openssl enc -d -{} \\\n"
      "    -K \"${}_write_key\" -iv \"{}\" | hex)\" \"$plaintext\"\n",
      script.suite->cipher, who, forms.counter));
  script.add(forms.tag);
  script.will_check();
}

}  // namespace

void write_records(Script& script) {
  if (script.suite == nullptr) return;
  std::vector<const Record*> records;
  std::size_t left_out = 0, empty = 0;
  for (const Record& record : script.document.records) {
    if (record.protection == Protection::none || !can_check(script, record)) continue;
    if (script.document.buffers[*record.plaintext].bytes.empty())
      ++empty;
    else if (records.size() < most_records)
      records.push_back(&record);
    else
      ++left_out;
  }
  script.section("Protected records",
                 script.suite->is_chacha20 ? chacha_explanation : gcm_explanation);
  if (records.empty())
    return script.skip("protected records", "none could be opened, or none was seen");
  script.add(functions);
  if (script.suite->is_chacha20) {
    script.add(chacha_functions);
  } else {
    const bool is_128 = script.suite->cipher == "aes-128-ctr";
    script.add(fmt::format("\ngcm=AES-{0}-GCM\necb=aes-{0}-ecb\n", is_128 ? 128 : 256));
    script.add(gcm_functions);
  }
  for (const Record* record : records) write_record(script, *record);
  script.add("\n");
  if (left_out > 0)
    script.skip(fmt::format("{} more records", left_out), "those above show how it goes");
  if (empty > 0)
    script.skip(fmt::format("{} records", empty), "there is nothing in them to compare");
}

}  // namespace glasstls::inspect::openssl
