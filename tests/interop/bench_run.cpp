#include "tests/interop/bench_run.h"

#include <algorithm>

namespace glasstls::test {

namespace {

BenchRun run(const Words& arguments) {
  BenchRun run{run_glasstls(arguments), {}};
  if (!run.program.output.empty()) run.document = nlohmann::json::parse(run.program.output);
  return run;
}

}  // namespace

std::string BenchRun::failures() const {
  std::string text;
  for (const nlohmann::json& failure : document.at("failures")) {
    const std::string detail = failure.at("detail");
    text += (text.empty() ? "" : "; ") + failure.at("cause").get<std::string>() +
            (detail.empty() ? "" : ": ") + detail;
  }
  return text;
}

Words bench_command(std::uint16_t port, const Words& options) {
  Words words = {"bench", "127.0.0.1:" + std::to_string(port),
                 "--ca",  certificate_file("ca-rsa.pem"),
                 "--ca",  certificate_file("ca-ec.pem")};
  words.insert(words.end(), options.begin(), options.end());
  return words;
}

BenchRun run_bench(std::uint16_t port, const Words& options) {
  Words words = bench_command(port, options);
  words.emplace_back("--json");
  return run(words);
}

BenchRun run_bench_as_it_is(std::uint16_t port, const Words& options) {
  Words words = {"bench", "127.0.0.1:" + std::to_string(port), "--json"};
  words.insert(words.end(), options.begin(), options.end());
  return run(words);
}

std::string unwrapped(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace glasstls::test
