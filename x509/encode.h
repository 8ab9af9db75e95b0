// The typed values of names, extensions, keys and certificates, written as DER: the counterparts
// of the readers. For every certificate in canonical DER, encode(parse(bytes)) gives the same bytes.
// A value that has no encoding (an object identifier that was never set, a list longer than its
// length can say) is std::logic_error.
#pragma once

#include <cstdint>
#include <vector>

#include "crypto/keys.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/extensions.h"
#include "x509/general_name.h"
#include "x509/name.h"

namespace glasstls::x509 {

Bytes encode(const Name& name);
Bytes encode(const GeneralName& name);
Bytes encode(const std::vector<GeneralName>& names);  // GeneralNames, as in subjectAltName

// Values of extensions: what extnValue holds.
Bytes encode(const BasicConstraints& constraints);
Bytes encode(KeyUsage usage);
Bytes encode_extended_key_usage(const std::vector<Oid>& purposes);
Bytes encode(const NameConstraints& constraints);
Bytes encode(const AuthorityKeyIdentifier& authority);
Bytes encode_subject_key_identifier(View identifier);
Bytes encode(const std::vector<PolicyInformation>& policies);
Bytes encode(const std::vector<PolicyMapping>& mappings);
Bytes encode(const PolicyConstraints& constraints);
Bytes encode_inhibit_any_policy(std::uint32_t skip_certs);
Bytes encode(const std::vector<DistributionPoint>& points);
Bytes encode(const std::vector<AccessDescription>& descriptions);
Bytes encode(const std::vector<DirectoryAttribute>& attributes);
Bytes encode(const std::vector<SignedCertificateTimestamp>& timestamps);
Bytes encode_tls_features(const std::vector<std::uint16_t>& features);

/// SubjectPublicKeyInfo.
Bytes encode(const crypto::PublicKey& key);

/// A parsed certificate written anew from its typed values, with the signature that it had. The
/// same bytes if it was canonical. What has no typed value is taken as it is: extensions and kinds
/// of keys that are not known, unique identifiers.
Bytes encode(const Certificate& certificate);

}  // namespace glasstls::x509
