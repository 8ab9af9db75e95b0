#include "tests/adversary/answer.h"

namespace glasstls::adversary {

namespace {

std::string name(AlertDescription alert) {
  const std::string_view known = wire::name_of(alert);
  return known.empty() ? "alert " + std::to_string(static_cast<unsigned>(alert))
                       : std::string(known);
}

}  // namespace

std::string text_of(const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::goes_on:
      return answer.alert ? "goes on (warns " + name(*answer.alert) + ")" : "goes on";
    case Answer::Kind::alert: return name(answer.alert.value());
    case Answer::Kind::closes:
      return answer.alert ? "closes with " + name(*answer.alert) : "closes without alert";
    case Answer::Kind::silence: return "no answer";
    case Answer::Kind::accepts: return "accepts";
    case Answer::Kind::renegotiates: return "begins a new handshake";
    case Answer::Kind::unreadable: return "an answer that cannot be read";
    case Answer::Kind::untried: return "not tried";
  }
  return {};
}

}  // namespace glasstls::adversary
