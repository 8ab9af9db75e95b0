// What people call object identifiers that stand for a purpose, a policy or a way to get something.
#pragma once

#include <string_view>

#include "x509/oid.h"

namespace glasstls::inspect {

// Each is empty for an identifier that is not known.
std::string_view words_for_purpose(const x509::Oid& purpose);  // of extKeyUsage
std::string_view words_for_policy(const x509::Oid& policy);    // of certificatePolicies
std::string_view words_for_access(const x509::Oid& method);    // of authorityInfoAccess

struct ExtensionWords {
  std::string_view meaning;
  std::string_view section;
};
ExtensionWords words_for_extension(const x509::Oid& extension);

}  // namespace glasstls::inspect
