// Lists of suites, groups, signature schemes and protocols on the command line.
#pragma once

#include <string>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"

namespace glasstls::apps {

/// Names separated by commas or colons. Throws CommandError(usage) that lists the known names for
/// one that is not known. An empty text is an empty list.
std::vector<crypto::CipherSuite> parse_suites(const std::string& text);
std::vector<crypto::NamedGroup> parse_groups(const std::string& text);
std::vector<crypto::SignatureScheme> parse_schemes(const std::string& text);

/// ALPN's names, separated by commas: any bytes. Whether they make sense is tls::Config's to say.
std::vector<std::string> parse_protocols(const std::string& text);

}  // namespace glasstls::apps
