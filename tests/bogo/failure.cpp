#include "tests/bogo/failure.h"

#include "wire/alert.h"

namespace glasstls::bogo {

namespace {

std::string alert_name(const tls::Failed& failed) {
  const std::string_view name = name_of(failed.alert.value());
  return name.empty() ? std::to_string(static_cast<unsigned>(*failed.alert)) : std::string(name);
}

std::string reason_of(const tls::Failed& failed, const Before& before) {
  using Cause = tls::Failed::Cause;
  if (before.verify_rejected) return "verify-rejected";
  if (before.renegotiation_refused) return "renegotiation";
  switch (failed.cause) {
    case Cause::protocol:
    case Cause::certificate:
    case Cause::internal:
      // When memory runs out, not even the alert may be left.
      return failed.alert ? "sent " + alert_name(failed) : "internal";
    case Cause::peer_alert: return "received " + alert_name(failed);
    case Cause::truncated: return "truncated";
    case Cause::not_tls: return "not TLS";
  }
  return "internal";
}

}  // namespace

Failure failure_of(const tls::Failed& failed, const Before& before) {
  std::string detail(failed.reason);
  for (const std::string_view more : {failed.section, failed.message, failed.field, failed.state})
    if (!more.empty()) detail.append("; ").append(more);
  return Failure(reason_of(failed, before), detail);
}

}  // namespace glasstls::bogo
