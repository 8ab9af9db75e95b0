// The names of all cipher suites of IANA's registry, and of some that were spoken without being in
// it: to be shown. The ones that we speak are in crypto/suites.h.
#pragma once

#include <string_view>

#include "crypto/suites.h"

namespace glasstls::crypto {

/// The RFC's name; empty where there is none. GREASE is not here.
std::string_view registered_name(CipherSuite suite);

}  // namespace glasstls::crypto
