#include "apps/bench/report_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "apps/bench/histogram_text.h"

namespace glasstls::apps::bench {

namespace {

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::string limit_of(const Result& result) {
  const auto ours = cpu_per_handshake(result);
  if (!ours || *ours <= nanoseconds::zero()) return {};
  const double most = 1 / seconds(*ours);
  switch (bottleneck(result)) {
    case Bottleneck::load_generator: return "it could do no more.";
    case Bottleneck::rate:
      return fmt::format(
          "with the rate held nothing was the bottleneck. It could do about {:.0f} "
          "per second.",
          most);
    case Bottleneck::other:
      return fmt::format(
          "otherwise it waited for the server and the network. It could do "
          "about {:.0f} per second, {:.1f} times as many.",
          most, most / std::max(1e-9, handshakes_per_second(result)));
  }
  return {};
}

std::string others_of(const Result& result) {
  const std::string unknown = "The server's own CPU is not known here";
  if (!result.loopback) return unknown + ": it runs elsewhere.";
  const auto others = others_per_handshake(result);
  if (!others) return unknown + ".";
  return fmt::format(
      "{}; everything else on this machine, the server with it, took {} per "
      "handshake.",
      unknown, duration_text(*others));
}

}  // namespace

std::string kind_of(const Plan& plan) {
  switch (plan.resume) {
    case Resume::none: return "full handshakes";
    case Resume::ticket: return "handshakes resumed by ticket";
    case Resume::id: return "handshakes resumed by session ID";
  }
  return {};
}

std::string loop_of(const Plan& plan) {
  if (!is_open_loop(plan))
    return fmt::format("closed loop, {} connection{} at a time", plan.concurrency,
                       plan.concurrency == 1 ? "" : "s");
  return fmt::format("open loop, {} starts per second ({}), at most {} in flight", plan.rate,
                     name_of(plan.arrivals), plan.concurrency);
}

std::string rate_headline(const Result& result) {
  if (!is_open_loop(result.plan) || result.scheduled == 0) return {};
  std::string text;
  if (!rate_held(result))
    text = fmt::format("THE RATE WAS NOT HELD: {:.1f} starts per second instead of {:.1f}.",
                       rate_achieved(result), result.plan.rate);
  if (result.never_started > 0)
    text += fmt::format(
        "{}{} of {} scheduled handshakes were never started, as {} in flight is the most that "
        "--concurrency allows. Their wait is in no figure below.",
        text.empty() ? "" : " ", result.never_started, result.scheduled, result.plan.concurrency);
  return text;
}

std::string bottleneck_headline(const Result& result) {
  if (result.succeeded == 0 || bottleneck(result) != Bottleneck::load_generator) return {};
  return fmt::format(
      "THE LOAD GENERATOR IS THE BOTTLENECK: its thread was busy {:.0f} % of the "
      "time. The server may be faster than these figures say.",
      100 * busy(result.cpu));
}

std::string interruption_headline(const Result& result) {
  if (!result.interrupted) return {};
  return fmt::format(
      "INTERRUPTED: this is what there was until then; {} connection{} in flight "
      "{} given up and counted nowhere.",
      result.abandoned, result.abandoned == 1 ? "" : "s", result.abandoned == 1 ? "was" : "were");
}

std::string holding_of(const Result& result) {
  if (is_open_loop(result.plan)) return {};
  const std::size_t users = result.plan.concurrency;
  return fmt::format(
      "These values hold for {} user{} who wait{} for one handshake before the next: while the "
      "server stalls it is asked less. They are not corrected for that; --rate measures what users "
      "see who come when they like.",
      users, users == 1 ? "" : "s", users == 1 ? "s" : "");
}

std::string_view words_of(Phase phase) {
  switch (phase) {
    case Phase::tcp_connect: return "TCP's connection";
    case Phase::client_hello: return "our work, ClientHello";
    case Phase::first_wait: return "wait, first flight";
    case Phase::first_work: return "our work, first flight";
    case Phase::second_wait: return "wait, second flight";
    case Phase::second_work: return "our work, second flight";
  }
  return "";
}

std::string cpu_words(const Result& result) {
  const auto ours = cpu_per_handshake(result);
  if (!ours || result.succeeded == 0) return {};
  return fmt::format(
      "CPU: ours {} per handshake, the system's part with it. The thread was busy {:.0f} % of the "
      "time; {} {}",
      duration_text(*ours), 100 * busy(result.cpu), limit_of(result), others_of(result));
}

std::string closes_words(const Result& result) {
  if (result.unanswered_closes == 0) return {};
  return fmt::format(
      "{} times the server did not close within a second of our close_notify; the connection was "
      "reset.",
      result.unanswered_closes);
}

}  // namespace glasstls::apps::bench
