#include "inspect/field_words.h"

#include <algorithm>
#include <iterator>

namespace glasstls::inspect {

namespace {

struct Row {
  std::string_view name;
  FieldWords words;
};

constexpr Row rows[] = {
    // The certificate
    {"Certificate", {"what is signed, how, and the signature", "RFC 5280, 4.1"}},
    {"tbsCertificate", {"what the issuer signed: everything but the signature", "RFC 5280, 4.1.2"}},
    {"version", {"2 stands for version 3, the one with extensions", "RFC 5280, 4.1.2.1"}},
    {"serialNumber", {"the issuer's number for this certificate", "RFC 5280, 4.1.2.2"}},
    {"signature", {"how the issuer signed", "RFC 5280, 4.1.2.3"}},
    {"issuer", {"who signed, and vouches for what is said here", "RFC 5280, 4.1.2.4"}},
    {"validity", {"from when to when the issuer vouches, both included", "RFC 5280, 4.1.2.5"}},
    {"subject", {"whose key this is", "RFC 5280, 4.1.2.6"}},
    {"subjectPublicKeyInfo", {"the subject's public key and its kind", "RFC 5280, 4.1.2.7"}},
    {"issuerUniqueID", {"of version 2, and out of use", "RFC 5280, 4.1.2.8"}},
    {"subjectUniqueID", {"of version 2, and out of use", "RFC 5280, 4.1.2.8"}},
    {"extensions", {"what version 3 can say besides", "RFC 5280, 4.1.2.9"}},
    {"signatureAlgorithm",
     {"how the issuer signed, once more: must equal the signed one", "RFC 5280, 4.1.1.2"}},
    {"signatureValue",
     {"made with the issuer's private key over all bytes of what was signed", "RFC 5280, 4.1.1.3"}},
    // Names
    {"RelativeDistinguishedName", {"one level of the name", "RFC 5280, 4.1.2.4"}},
    {"AttributeTypeAndValue", {"", "RFC 5280, 4.1.2.4"}},
    // Keys
    {"subjectPublicKey", {"the key itself", "RFC 5280, 4.1.2.7"}},
    {"RSAPublicKey", {"", "RFC 8017, A.1.1"}},
    {"modulus", {"n, the product of the two secret primes", "RFC 8017, 3.1"}},
    {"publicExponent", {"e: a signature s is checked by computing s^e mod n", "RFC 8017, 3.1"}},
    {"namedCurve", {"the elliptic curve that the key is a point of", "RFC 5480, 2.1.1"}},
    // Extensions
    {"Extension", {"", "RFC 5280, 4.2"}},
    {"extnID", {"which extension this is", "RFC 5280, 4.2"}},
    {"critical", {"who does not understand it must refuse the certificate", "RFC 5280, 4.2"}},
    {"extnValue", {"the extension's own DER, wrapped", "RFC 5280, 4.2"}},
    {"BasicConstraints", {"", "RFC 5280, 4.2.1.9"}},
    {"cA", {"whether the subject may issue certificates", "RFC 5280, 4.2.1.9"}},
    {"pathLenConstraint",
     {"how many more CA certificates may follow on the way to a leaf", "RFC 5280, 4.2.1.9"}},
    {"KeyUsage", {"one bit per use", "RFC 5280, 4.2.1.3"}},
    {"keyIdentifier", {"which of the issuer's keys signed", "RFC 5280, 4.2.1.1"}},
    {"SubjectKeyIdentifier", {"a short name for the subject's key", "RFC 5280, 4.2.1.2"}},
    {"GeneralSubtree", {"", "RFC 5280, 4.2.1.10"}},
    // Requests
    {"CertificationRequest", {"what is asked for, and the signature", "RFC 2986, 4.2"}},
    {"certificationRequestInfo", {"what the requester signed", "RFC 2986, 4.1"}},
    {"subjectPKInfo", {"the public key that is to be certified", "RFC 2986, 4.1"}},
    {"attributes", {"what is asked for besides", "RFC 2986, 4.1"}},
    // Revocation lists
    {"CertificateList", {"what is signed, how, and the signature", "RFC 5280, 5.1.1"}},
    {"tbsCertList", {"what the issuer signed", "RFC 5280, 5.1.2"}},
    {"thisUpdate", {"when the list was made", "RFC 5280, 5.1.2.4"}},
    {"nextUpdate", {"by when there is a newer one", "RFC 5280, 5.1.2.5"}},
    {"revokedCertificates", {"those that must not be trusted any more", "RFC 5280, 5.1.2.6"}},
    {"userCertificate", {"serial number of a revoked certificate", "RFC 5280, 5.1.2.6"}},
    {"revocationDate", {"since when", "RFC 5280, 5.1.2.6"}},
    {"crlEntryExtensions", {"", "RFC 5280, 5.3"}},
    {"crlExtensions", {"", "RFC 5280, 5.2"}},
};

}  // namespace

FieldWords words_for_field(std::string_view name) {
  const auto* found = std::find_if(std::begin(rows), std::end(rows),
                                   [name](const Row& row) { return row.name == name; });
  return found == std::end(rows) ? FieldWords{} : found->words;
}

}  // namespace glasstls::inspect
