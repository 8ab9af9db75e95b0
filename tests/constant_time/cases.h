// What is watched for branches and addresses that depend on a secret.
#pragma once

#include <vector>

namespace glasstls::constant_time {

struct Case {
  const char* name;
  const char* secret;        // what is
  const char* declassified;  // what of it is not any more, and why
  void (*run)();             // throws if what it runs does not work
  bool needs_aes = false;    // AES and carry-less multiplication as instructions
};

std::vector<Case> control_cases();
std::vector<Case> symmetric_cases();
std::vector<Case> public_key_cases();
std::vector<Case> connection_cases();

}  // namespace glasstls::constant_time
