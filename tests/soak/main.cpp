// A soak: one server process, many rounds, and a verdict. See docs/soak.md.
//
//   soak --program GLASSTLS [--seconds N | --full] [--faults LIBRARY]
#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "apps/server/descriptors.h"
#include "tests/soak/crowd.h"
#include "tests/soak/phases.h"
#include "tests/soak/server_process.h"
#include "tests/support/sanitized.h"

namespace glasstls::soak {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t mebibyte = std::size_t{1} << 20;
/// What the server's resident memory may be above what it was after the first round.
constexpr std::size_t growth_allowed = 2 * mebibyte;
constexpr std::uint64_t handshakes_of_a_full_one = 1'000'000;
constexpr std::uint64_t bytes_of_a_full_one = 100'000'000'000;

struct Options {
  std::string program, faults;
  std::uint64_t seconds = 600;
  bool full = false;
};

Amounts amounts_of(const Options& options) {
  Amounts amounts;
  if (options.full) {
    amounts.bulk = std::uint64_t{2} << 30;
    amounts.departures = 2'000;
    amounts.visits_without_memory = 2'000;
  } else if (options.seconds < 60) {
    amounts.handshakes = test::sanitized ? 100 : 1'000;
    amounts.bulk = (test::sanitized ? 2 : 64) * mebibyte;
    amounts.departures = test::sanitized ? 50 : 200;
    amounts.visits_without_memory = 200;
  }
  // Sanitizers want to be the first library of all.
  amounts.faults_reach_the_server = !options.faults.empty() && !test::sanitized;
  return amounts;
}

/// A folder that goes away with its owner.
class Folder {
 public:
  Folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "glasstls-soak-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// The verdict in the making: all that is wrong.
class Findings {
 public:
  void expect(bool good, const std::string& what) {
    if (good) return;
    ++count_;
    fmt::print("WRONG: {}\n", what);
  }
  int report() const {
    fmt::print("{}\n", count_ == 0 ? "passed" : "FAILED");
    return count_ == 0 ? 0 : 1;
  }

 private:
  std::size_t count_ = 0;
};

std::string text_of(const Tally& tally) {
  std::string text =
      fmt::format("{} full and {} resumed handshakes, {} MB, {} left early, {} failed", tally.full,
                  tally.resumed, tally.bytes / 1'000'000, tally.left, tally.failed());
  for (const auto& [cause, count] : tally.failures)
    text += fmt::format("\n    {} times: {}", count, cause);
  return text;
}

double in_mebibytes(std::size_t bytes) {
  return static_cast<double>(bytes) / static_cast<double>(mebibyte);
}

/// Captures and key logs that never find room: nobody is lost for it.
void try_full_disk_from_the_start(const Options& options, Findings& findings) {
  const Folder folder;
  ServerProcess server(options.program,
                       {"--echo", "--keylog", "/dev/full", "--capture", "/dev/full"}, folder.path(),
                       "");
  const Tally tally =
      Crowd(server.address()).run(4, 20, {.config = client_config(server.ca(), 1), .bytes = 1024});
  fmt::print("disk full from the start: {}\n", text_of(tally));
  findings.expect(tally.failed() == 0, "visits were lost because the disk was full");
  findings.expect(server.stop() == 0, "the server with a full disk did not end in order");
}

bool goes_on(const Options& options, const Phases& phases, std::uint64_t rounds,
             Clock::time_point began) {
  constexpr std::uint64_t fewest = 2;  // the first one is the measure of the others
  if (rounds < fewest) return true;
  if (options.full)
    return phases.undisturbed().handshakes() < handshakes_of_a_full_one ||
           phases.undisturbed().bytes < bytes_of_a_full_one;
  return Clock::now() - began < std::chrono::seconds(options.seconds);
}

/// The server's memory, after the first round and after the last.
struct Course {
  Memory first, last;
};

void soak(const Options& options, Phases& phases, ServerProcess& server, Course& course) {
  const auto began = Clock::now();
  for (std::uint64_t rounds = 0; goes_on(options, phases, rounds, began); ++rounds) {
    phases.round();
    course.last = server.memory();
    if (rounds == 0) course.first = course.last;
    fmt::print("round {}, {} s: {} handshakes, {} MB, {} lost; server {:.1f} MiB\n", rounds + 1,
               std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began).count(),
               phases.undisturbed().handshakes(), phases.undisturbed().bytes / 1'000'000,
               phases.undisturbed().failed(), in_mebibytes(course.last.now));
    std::fflush(stdout);
  }
}

void tell_of_the_end(const Phases& phases, ServerProcess& server, const Course& course) {
  fmt::print("undisturbed: {}\n", text_of(phases.undisturbed()));
  fmt::print("departures at every stage: {}\n", text_of(phases.departed()));
  fmt::print("{} allocations failed: {}\n", server.faults().failed_allocations.load(),
             text_of(phases.without_memory()));
  fmt::print("whole lines of the key log after its disk was full: {}\n", phases.key_log_lines());
  fmt::print("internal errors that the server told of connections: {}\n", server.internal_errors());
  for (const auto& [line, count] : server.said())
    if (!line.empty()) fmt::print("the server said {} times: {}\n", count, line);
  fmt::print(
      "the server's memory: {:.1f} MiB after the first round, {:.1f} MiB after the last, "
      "{:.1f} MiB at most\n",
      in_mebibytes(course.first.now), in_mebibytes(course.last.now),
      in_mebibytes(course.last.peak));
}

int run(const Options& options) {
  Findings findings;
  try_full_disk_from_the_start(options, findings);

  const Folder folder;
  const std::string key_log = folder.path() + "/keys";
  const Amounts amounts = amounts_of(options);
  ServerProcess server(options.program, {"--echo", "--keylog", key_log}, folder.path(),
                       amounts.faults_reach_the_server ? options.faults : "");
  Phases phases(server, key_log, amounts);
  Course course;
  try {
    soak(options, phases, server, course);
  } catch (const std::exception& error) {
    findings.expect(false, error.what());
  }
  tell_of_the_end(phases, server, course);
  findings.expect(phases.undisturbed().failed() == 0, "visits were lost that nothing was done to");
  findings.expect(phases.departed().failed() == 0, "visits failed that were to leave early");
  for (const char* cause : {kept_waiting, wrong_content})
    findings.expect(!phases.without_memory().failures.contains(cause), cause);
  if (!test::sanitized)
    findings.expect(course.last.now <= course.first.now + growth_allowed,
                    "the server's memory has grown");
  findings.expect(server.runs(), "the server has ended early");
  const int code = server.stop();
  findings.expect(code == 0, fmt::format("the server ended with {}", code));
  return findings.report();
}

}  // namespace
}  // namespace glasstls::soak

int main(int argc, char** argv) {
  glasstls::soak::Options options;
  CLI::App app{"soaks a server, and says whether it was lost"};
  app.add_option("--program", options.program, "the program glasstls")->required();
  app.add_option("--faults", options.faults, "the library that is preloaded into the server");
  app.add_option("--seconds", options.seconds, "how long");
  app.add_flag("--full", options.full, "1,000,000 handshakes and 100 GB");
  CLI11_PARSE(app, argc, argv);
  std::signal(SIGXFSZ, SIG_IGN);  // the server inherits it: a write that fails is to say so
  try {
    glasstls::apps::raise_descriptor_limit();
    return glasstls::soak::run(options);
  } catch (const std::exception& error) {
    fmt::print("FAILED: {}\n", error.what());
    return 1;
  }
}
