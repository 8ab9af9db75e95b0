#include "apps/bench/cause.h"

namespace glasstls::apps::bench {

std::string_view name_of(Cause cause) {
  switch (cause) {
    case Cause::refused: return "refused";
    case Cause::unreachable: return "unreachable";
    case Cause::connect_timeout: return "connect timeout";
    case Cause::timeout: return "timeout";
    case Cause::reset: return "reset";
    case Cause::truncated: return "truncated";
    case Cause::not_tls: return "not TLS";
    case Cause::alert: return "alert";
    case Cause::protocol_error: return "protocol error";
    case Cause::not_trusted: return "not trusted";
    case Cause::not_resumed: return "not resumed";
    case Cause::short_answer: return "short answer";
    case Cause::internal_error: return "internal error";
    case Cause::out_of_local_ports: return "out of local ports";
    case Cause::out_of_descriptors: return "out of descriptors";
  }
  return "";
}

bool is_of_load_generator(Cause cause) {
  return cause == Cause::out_of_local_ports || cause == Cause::out_of_descriptors ||
         cause == Cause::internal_error;
}

ExitCode exit_code_of(Cause cause) {
  switch (cause) {
    case Cause::refused:
    case Cause::unreachable:
    case Cause::connect_timeout:
    case Cause::out_of_local_ports:
    case Cause::out_of_descriptors: return ExitCode::no_connection;
    case Cause::timeout:
    case Cause::reset:
    case Cause::truncated:
    case Cause::short_answer: return ExitCode::timed_out;
    case Cause::not_tls: return ExitCode::not_tls;
    case Cause::alert: return ExitCode::peer_alert;
    case Cause::protocol_error: return ExitCode::protocol_error;
    case Cause::not_trusted: return ExitCode::not_trusted;
    case Cause::not_resumed: return ExitCode::not_as_expected;
    case Cause::internal_error: return ExitCode::internal_error;
  }
  return ExitCode::internal_error;
}

}  // namespace glasstls::apps::bench
