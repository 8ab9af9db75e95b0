#include "apps/bench/bench_command.h"

#include <cstdio>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "apps/bench/compare.h"
#include "apps/bench/html_report.h"
#include "apps/bench/load.h"
#include "apps/bench/options.h"
#include "apps/bench/result_json.h"
#include "apps/bench/target.h"
#include "apps/bench/text_report.h"
#include "apps/cert/output_files.h"
#include "apps/endpoint.h"
#include "apps/error.h"
#include "apps/make_config.h"
#include "apps/names.h"
#include "apps/options.h"
#include "apps/roots.h"
#include "apps/server/descriptors.h"
#include "apps/terminal.h"
#include "platform/clock.h"

namespace glasstls::apps {

namespace bench {

namespace {

constexpr const char* examples = R"(  glasstls bench localhost:4433 --ca ca-cert.pem
  glasstls bench localhost:4433 --ca ca-cert.pem --connections 10000 --concurrency 1
  glasstls bench localhost:4433 --ca ca-cert.pem --rate 500 --arrivals poisson --duration 30
  glasstls bench localhost:4433 --ca ca-cert.pem --resume ticket --json > resumed.json
  glasstls bench localhost:4433 --ca ca-cert.pem --request $'GET / HTTP/1.0\r\n\r\n'
  glasstls bench localhost:4433 --ca ca-cert.pem --duration 30 --html report.html
  glasstls bench --compare before.json after.json
)";

constexpr const char* exit_codes = R"(
Exit codes: 0 no handshake failed; else that of the first that did: 3 no connection; 4 not TLS;
5 fatal alert; 6 protocol broken; 7 not trusted; 8 timed out, reset or truncated; 9 not resumed.
1 internal error; 2 usage or a bad input file.)";

std::shared_ptr<const tls::Config> config_of(const BenchOptions& options, const Plan& plan,
                                             std::shared_ptr<Sessions> sessions) {
  tls::ClientSettings settings;
  settings.cipher_suites = parse_suites(options.suites);
  settings.groups = parse_groups(options.groups);
  settings.signature_schemes = parse_schemes(options.schemes);
  settings.verify_peer = !options.insecure;
  if (settings.verify_peer) settings.roots = load_roots(options.ca_files);
  settings.offer_tickets = plan.resume == Resume::ticket;
  settings.sessions = std::move(sessions);
  return make_config(std::move(settings));
}

Task task_of(const BenchOptions& options, const Plan& plan, const Address& address) {
  const x509::ServerName name = name_to_verify(options.name, address);
  std::shared_ptr<Sessions> sessions;
  if (plan.resume != Resume::none) sessions = std::make_shared<Sessions>(plan.concurrency);
  const auto config = config_of(options, plan, sessions);
  return {find_target(address, options.owns_server, plan.timeout),
          config,
          name,
          plan.resume,
          std::move(sessions),
          options.bytes,
          options.request,
          plan.timeout};
}

Result measure(const BenchOptions& options) {
  const Plan plan = plan_of(options);
  const Address address = parse_address(options.address, "443");
  const Task task = task_of(options, plan, address);
  if (options.insecure)
    std::fputs("WARNING: --insecure: the server's certificate is NOT verified\n", stderr);
  raise_descriptor_limit();
  Progress progress;
  const std::string started = to_string(platform::now());
  Result result = Load(task, plan, progress).run();
  result.address = apps::text_of(task.server);
  result.name = task.name.text();
  result.loopback = task.server.address().is_loopback();
  result.started = started;
  return result;
}

ExitCode print_comparison(const BenchOptions& options) {
  const SavedRun a = SavedRun::load(options.compare[0]);
  const SavedRun b = SavedRun::load(options.compare[1]);
  const Comparison comparison = compare(a, b);
  print_output(options.json ? text_of(to_json(comparison))
                            : to_text(comparison, columns_of(STDOUT_FILENO)));
  return ExitCode::done;
}

void write_page(const std::string& path, const Result& result) {
  std::vector<OutputFile> files;
  files.push_back(public_file(path, to_html(result)));
  write_outputs(files, true);
}

ExitCode run_bench(const BenchOptions& options) {
  if (!options.compare.empty()) return print_comparison(options);
  if (!options.html.empty()) check_outputs({options.html}, options.ca_files, true);
  const Result result = measure(options);
  if (!options.html.empty()) write_page(options.html, result);
  if (options.json)
    print_output(text_of(to_json(result)));
  else
    print_output(to_text(result, columns_of(STDOUT_FILENO)));
  return exit_code_of(result);
}

}  // namespace

}  // namespace bench

void add_bench_command(CLI::App& program, std::function<ExitCode()>& run) {
  CLI::App* command =
      program.add_subcommand("bench", "load a TLS 1.2 server with handshakes, and measure");
  auto options = std::make_shared<bench::BenchOptions>();
  set_examples(*command, bench::examples);
  bench::add_bench_options(*command, *options);
  command->footer(bench::exit_codes);
  command->callback([options, &run] { run = [options] { return bench::run_bench(*options); }; });
}

}  // namespace glasstls::apps
