// Protected records: nonce, additional data, plaintext and, where openssl can, the tag.
#include <fmt/format.h>

#include "inspect/openssl/script.h"

namespace glasstls::inspect::openssl {

namespace {

constexpr std::size_t most_records = 16;  // enough to see it: each holds up to 16 KiB

constexpr std::string_view gcm_explanation =
    "AES-GCM encrypts with AES in counter mode: block n is XORed with AES(key, nonce + n), where "
    "the counter of the first block is 2 (1 makes the tag). openssl enc has no GCM, but it has the "
    "counter mode. nonce = write_IV + the 8 bytes in front of the record. RFC 5288, section 3.";
constexpr std::string_view chacha_explanation =
    "ChaCha20-Poly1305: ChaCha20 encrypts, with a counter that begins with 1; block 0 makes the "
    "key "
    "of Poly1305, which makes the tag. nonce = write_IV XOR sequence number. RFC 7905, section 2; "
    "RFC 8439, section 2.8.";

constexpr std::string_view functions = R"sh(
# additional_data SEQUENCE_NUMBER TYPE LENGTH: RFC 5246, section 6.2.3.3; the version is TLS 1.2.
additional_data() { printf '%016x%02x0303%04x' "$1" "$2" "$3"; }
)sh";

constexpr std::string_view chacha_functions = R"sh(
# nonce_of IV SEQUENCE_NUMBER: the number, as 12 bytes, XORed with the IV.
nonce_of() {
  number=$(printf '%024x' "$2")
  at=1
  while [ "$at" -lt 24 ]; do
    left=$(printf '%s' "$1" | cut -c "$at-$((at + 1))")
    right=$(printf '%s' "$number" | cut -c "$at-$((at + 1))")
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
  openssl mac -macopt "hexkey:$one_time_key" -in "$work/authenticated" Poly1305 | tr 'A-F' 'a-f' |
    tr -d '\n'
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
  if (!script.suite->is_chacha20 && record.nonce_explicit)
    script.value("nonce_explicit", document.bytes(*record.nonce_explicit));
  if (script.suite->is_chacha20) script.value("tag", document.bytes(*record.tag));
}

void write_record(Script& script, const Record& record) {
  const std::string who(name_of(record.side));
  const std::string name = fmt::format("the {}'s record {}", who, record.number);
  const bool chacha = script.suite->is_chacha20;
  script.add(fmt::format("\n# The {}'s record {}, under sequence number {}\n", who, record.number,
                         *record.sequence_number));
  write_values(script, record);
  script.add(chacha
                 ? fmt::format("same \"{} nonce\" \"$(nonce_of \"${}_write_IV\" {})\" \"$nonce\"\n",
                               name + ":", who, *record.sequence_number)
                 : fmt::format("same \"{} nonce\" \"${}_write_IV$nonce_explicit\" \"$nonce\"\n",
                               name + ":", who));
  script.add(fmt::format(
      "same \"{}: additional data\" \\\n  \"$(additional_data {} {} $((${{#plaintext}} / 2)))\" "
      "\"$additional_data\"\n",
      name, *record.sequence_number, record.type.number));
  script.add(fmt::format(
      "same \"{}: plaintext\" \\\n  \"$(echo \"$ciphertext\" | unhex | openssl enc -d -{} \\\n"
      "    -K \"${}_write_key\" -iv \"{}\" | hex)\" \"$plaintext\"\n",
      name, script.suite->cipher, who, chacha ? "01000000$nonce" : "${nonce}00000002"));
  if (chacha)
    script.add(fmt::format(
        "same \"{}: tag\" \\\n  \"$(poly1305_tag \"${}_write_key\" \"$nonce\" \"$additional_data\" "
        "\"$ciphertext\")\" \"$tag\"\n",
        name, who));
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
  if (script.suite->is_chacha20) script.add(chacha_functions);
  for (const Record* record : records) write_record(script, *record);
  script.add("\n");
  if (!script.suite->is_chacha20)
    script.skip("the tags of records", "the openssl program can neither do GCM nor GHASH");
  if (left_out > 0)
    script.skip(fmt::format("{} more records", left_out), "those above show how it goes");
  if (empty > 0)
    script.skip(fmt::format("{} records", empty), "there is nothing in them to compare");
}

}  // namespace glasstls::inspect::openssl
