#include "apps/bench/failure.h"

#include <cerrno>
#include <system_error>

namespace glasstls::apps::bench {

namespace {

std::string in_state(const tls::Failed& failed) {
  return failed.state.empty() ? std::string() : "in " + std::string(failed.state);
}

std::string alert_of(const tls::Failed& failed) {
  std::string text = failed.alert ? std::string(name_of(*failed.alert)) : "unknown";
  return failed.state.empty() ? text : text + ", " + in_state(failed);
}

/// Where the reason alone does not say it.
std::string with_section(const tls::Failed& failed) {
  return failed.section.empty() ? failed.reason
                                : failed.reason + " (" + std::string(failed.section) + ")";
}

}  // namespace

Failure connect_failure(int error) {
  const std::string words = std::generic_category().message(error);
  switch (error) {
    case ECONNREFUSED: return {Cause::refused, {}};
    case ECONNRESET:
    case EPIPE: return {Cause::reset, "before the ClientHello was sent"};
    case ETIMEDOUT: return {Cause::connect_timeout, words};
    case EMFILE:
    case ENFILE: return {Cause::out_of_descriptors, words};
    case EADDRNOTAVAIL: return {Cause::out_of_local_ports, words};
    default: return {Cause::unreachable, words};
  }
}

Failure failure_of(const tls::Failed& failed, bool was_reset) {
  using From = tls::Failed::Cause;
  switch (failed.cause) {
    case From::protocol: return {Cause::protocol_error, with_section(failed)};
    case From::certificate: return {Cause::not_trusted, failed.reason};
    case From::peer_alert: return {Cause::alert, alert_of(failed)};
    case From::not_tls: return {Cause::not_tls, failed.reason};
    case From::truncated: return {was_reset ? Cause::reset : Cause::truncated, in_state(failed)};
    case From::internal: return {Cause::internal_error, failed.reason};
  }
  return {Cause::internal_error, failed.reason};
}

}  // namespace glasstls::apps::bench
