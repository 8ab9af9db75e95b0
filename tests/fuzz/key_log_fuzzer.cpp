// Any bytes as a key log: read in pieces as in one, its problems bounded and named, and no secret in
// their texts.
//
// The first byte of the input is the size of the pieces.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "inspect/capture/key_log.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"

namespace glasstls::inspect::capture {
namespace {

using fuzz::require;

void read_in_pieces(KeyLog& log, View text, std::size_t piece) {
  log.begin("input");
  while (!text.empty()) {
    log.read(text.first(std::min(piece, text.size())));
    text = text.subspan(std::min(piece, text.size()));
  }
  log.end();
}

/// Whether 16 bytes or more stand there in hexadecimal.
bool holds_value(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    digits = digit ? digits + 1 : 0;
    if (digits >= 32) return true;
  }
  return false;
}

void check(View text, std::size_t piece) {
  KeyLog whole;
  whole.add("input", text);
  KeyLog log;
  read_in_pieces(log, text, piece);
  require(log.usable_lines() == whole.usable_lines(), "pieces change nothing");
  require(log.ignored_lines() == whole.ignored_lines(), "nor what is ignored");
  require(log.problems().size() == whole.problems().size() &&
              log.problems_left_out() == whole.problems_left_out(),
          "nor what is wrong");
  require(log.problems().size() <= KeyLog::most_problems, "problems are bounded");
  require(log.ignored_lines().size() <= KeyLog::most_labels + 1, "so are labels");
  std::uint64_t line = 0;
  for (const KeyLogProblem& problem : log.problems()) {
    require(problem.line.number >= line, "problems come in order");
    line = problem.line.number;
    require(!problem.text.empty() && !holds_value(problem.text), "a problem tells no secret");
    require(log.text_of(problem).starts_with("input, line "), "a problem names its line");
  }
  if (log.usable_lines() > 0) fuzz::reached("secret read");
  if (!log.problems().empty()) fuzz::reached("problem told");
}

/// What stands at the front of the text as a client_random is found if it is there.
void look_up(View text) {
  KeyLog log;
  log.add("input", text);
  const View some = text.first(std::min<std::size_t>(text.size(), 32));
  for (const LoggedMaster* found : {log.master_secret(some), log.master_secret_of_session(some)})
    require(found == nullptr || found->secret.size() == 48, "a master secret has 48 bytes");
  for (const LoggedPremaster* found :
       {log.premaster_secret(some), log.premaster_secret_of_exchange(some)})
    require(found == nullptr || found->secret.size() <= KeyLog::longest_premaster,
            "a premaster secret is bounded");
}

}  // namespace
}  // namespace glasstls::inspect::capture

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  fuzz::Input input(View(data, size));
  const std::size_t piece = std::size_t{1} + input.byte();
  const View text = input.rest();
  inspect::capture::check(text, piece);
  inspect::capture::look_up(text);
  return 0;
}
