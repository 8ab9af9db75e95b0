// Checks: does all of it fit together? Each file of checks judges one kind. Internal to inspect/.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "inspect/making/draft.h"

namespace glasstls::inspect {

/// A check about `subject`, to be filled in.
inline Check check_of(std::string name, Ref subject, std::string section) {
  Check check;
  check.name = std::move(name);
  check.subject = subject;
  check.section = std::move(section);
  return check;
}
inline Check&& not_checkable(Check&& check, std::string reason,
                             std::vector<std::string> arguments = {}) {
  check.verdict = Verdict::not_checkable;
  check.reason = said(std::move(reason), std::move(arguments));
  return std::move(check);
}
inline Check&& decide(Check&& check, bool passed, std::string reason,
                      std::vector<std::string> arguments = {}) {
  check.verdict = passed ? Verdict::passed : Verdict::failed;
  check.reason = said(std::move(reason), std::move(arguments));
  return std::move(check);
}

inline void add_check(Draft& draft, Check&& check) {
  draft.document.checks.push_back(std::move(check));
}

void check_hellos(Draft& draft);
void check_certificates(Draft& draft);
void check_signatures(Draft& draft);
void check_secrets(Draft& draft);
void check_finished(Draft& draft);
void check_records(Draft& draft);
void check_ticket(Draft& draft);

}  // namespace glasstls::inspect
