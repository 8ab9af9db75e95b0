// Cases: what breaks DER, or the form of a certificate. All but the first are signed as they are, so
// that nothing but the fault can be the reason to refuse them.
#include "apps/cert/zoo.h"

namespace glasstls::apps {

namespace {

namespace oid = x509::oid;
using x509::Rule;

/// Adds bytes to the value of one of the leaf's extensions.
void extend(Specimen& s, const x509::Oid& oid, const Bytes& more) {
  for (x509::NewExtension& extension : s.leaf.draft.extensions)
    if (extension.oid == oid) wire::append(extension.value, more);
}

constexpr ZooCase cases[] = {
    {"trailing-byte", Rule::encoding, "RFC 5280, 4.1", "A byte follows the certificate.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.edit_whole = [](Bytes bytes) {
         bytes.push_back(0);
         return bytes;
       };
     }},
    {"trailing-bytes-in-extension", Rule::encoding, "X.690, 8",
     "Bytes follow the value of basicConstraints.",
     [](Specimen& s, crypto::RandomSource&) {
       extend(s, oid::basicConstraints, {0x05, 0x00});
     }},
    {"long-length", Rule::encoding, "X.690, 10.1",
     "A length below 128 is written in two bytes: BER, but not DER.",
     [](Specimen& s, crypto::RandomSource&) {
       Bytes& key = s.leaf.draft.subject_public_key_info;
       key.insert(key.begin() + 1, 0x81);
     }},
    {"indefinite-length", Rule::encoding, "X.690, 10.1",
     "basicConstraints has an indefinite length: BER, but not DER.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.set(oid::basicConstraints, true, {0x30, 0x80, 0x00, 0x00});
     }},
    {"boolean-not-ff", Rule::encoding, "X.690, 11.1",
     "keyUsage is critical by a TRUE that is written 01: DER wants FF.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.edit_tbs = [](Bytes tbs) {
         return replaced(std::move(tbs), Bytes{0x55, 0x1d, 0x0f, 0x01, 0x01, 0xff},
                         Bytes{0x55, 0x1d, 0x0f, 0x01, 0x01, 0x01});
       };
     }},
    {"long-integer", Rule::encoding, "X.690, 8.3.2",
     "The serial number begins with a zero byte that it does not need.",
     [](Specimen& s, crypto::RandomSource&) {
       const Bytes serial{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77};
       s.leaf.draft.serial_number = serial;
       s.leaf.edit_tbs = [serial](Bytes tbs) {
         return replaced(std::move(tbs), serial, Bytes{0x00, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77});
       };
     }},
    {"duplicate-extension", Rule::encoding, "RFC 5280, 4.2",
     "subjectAltName is there twice, with different names.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.extensions.push_back(
           {oid::subjectAltName, false, x509::encode({dns_name("mail.example.test")})});
     }},
    {"extensions-in-version-1", Rule::encoding, "RFC 5280, 4.1.2.9",
     "The leaf says version 1, and has extensions nevertheless.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.version = 1; }},
    {"version-4", Rule::encoding, "RFC 5280, 4.1.2.1", "There is no version 4.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.version = 4; }},
    {"empty-issuer", Rule::encoding, "RFC 5280, 4.1.2.4", "The leaf does not say who issued it.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.draft.subject = {};
       s.leaf.draft.issuer = {};
     }},
    {"empty-subject-alt-name", Rule::encoding, "RFC 5280, 4.2.1.6", "subjectAltName has no name.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.set(oid::subjectAltName, false, {0x30, 0x00});
     }},
    {"address-of-five-bytes", Rule::encoding, "RFC 5280, 4.2.1.6",
     "An iPAddress has 4 bytes or 16, not 5.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.set(oid::subjectAltName, false,
                  x509::encode({dns_name("www.example.test"), ip_address({192, 0, 2, 1, 0})}));
     }},
    {"validity-backwards", Rule::validity, "", "The leaf ends before it begins.",
     [](Specimen& s, crypto::RandomSource&) {
       std::swap(s.leaf.draft.not_before, s.leaf.draft.not_after);
     }},
    {"negative-serial", Rule::serial_number, "", "The leaf's serial number is negative.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.serial_number = {0x91, 0x22, 0x33};
     }},
    {"zero-serial", Rule::serial_number, "",
     "The leaf's serial number is 0, which is not positive.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.serial_number = {0x00}; }},
    {"serial-of-21-bytes", Rule::serial_number, "", "The leaf's serial number has 21 bytes.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.draft.serial_number = Bytes(21, 0x11); }},
};

}  // namespace

std::span<const ZooCase> zoo_encoding_cases() { return cases; }

}  // namespace glasstls::apps
