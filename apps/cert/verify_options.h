// The options of `glasstls cert verify`, and how their texts read.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "x509/oid.h"
#include "x509/time.h"
#include "x509/verify.h"

namespace glasstls::apps {

struct VerifyOptions {
  std::string leaf;
  std::vector<std::string> ca, untrusted, crl;
  bool system_roots = false;
  std::string at, purpose = "server", name;
  std::vector<std::string> policies;
  bool require_explicit_policy = false;
  bool inhibit_policy_mapping = false;
  bool inhibit_any_policy = false;
  bool require_crl = false;
  bool strict = false;
  bool explain = false;
  bool json = false;
};

void add_verify_options(CLI::App& command, VerifyOptions& options);

// Each throws CommandError (usage) for a text that it does not understand.

/// "2024-01-01T00:00:00Z", or "2024-01-01" for its first second.
x509::Time parse_moment(std::string_view text);
/// "server", "client", "any".
x509::Purpose parse_purpose(std::string_view text);
/// "2.23.140.1.2.1".
x509::Oid parse_policy(std::string_view text);

}  // namespace glasstls::apps
