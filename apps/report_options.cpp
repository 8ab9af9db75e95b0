#include "apps/report_options.h"

#include "apps/error.h"
#include "apps/options.h"

namespace glasstls::apps {

void add_explanation_options(CLI::App& command, ReportOptions& options) {
  command.add_option("--html", options.html, "write a page that explains every byte; with secrets")
      ->type_name("FILE")
      ->check(not_empty());
  command
      .add_option("--capture", options.capture,
                  "write the packets and the secrets that open them, for Wireshark (pcapng)")
      ->type_name("FILE")
      ->check(not_empty());
  command
      .add_option("--check-with", options.check_with,
                  "print a shell script that derives every value once more with openssl")
      ->check(CLI::IsMember({"openssl"}))
      ->option_text("openssl");
  command.add_option("--level", options.level, "how much is explained")
      ->check(CLI::IsMember({"brief", "normal", "bytes"}))
      ->option_text("brief|normal|bytes (normal)");
  command.add_option("--language", options.language, "of the explanations")
      ->check(CLI::IsMember({"en", "zh"}))
      ->option_text("en|zh (en)");
  command
      .add_option("--data-limit", options.data_limit,
                  "bytes of application data that are explained, per direction")
      ->check(number_within(0, std::uint64_t{1} << 30))
      ->option_text("BYTES (16384)");
  command.add_flag("--redact", options.redact,
                   "leave out all secrets, and everything that was decrypted");
}

void check(const ReportOptions& options) {
  if (options.secrets && options.redact)
    throw CommandError(ExitCode::usage, "--secrets and --redact contradict each other");
  if (options.secrets && !options.explain && !options.json)
    throw CommandError(ExitCode::usage, "--secrets shows nothing without --explain or --json");
  if (options.redact && !options.makes_documents())
    throw CommandError(ExitCode::usage,
                       "--redact changes nothing without --explain, --json or --html");
  if (options.redact && !options.check_with.empty())
    throw CommandError(ExitCode::usage,
                       "--check-with derives values from secrets, which --redact leaves out");
  if (options.redact && !options.capture.empty())
    throw CommandError(ExitCode::usage,
                       "--capture writes the secrets, which --redact is to leave out");
  if (options.json && !options.check_with.empty())
    throw CommandError(ExitCode::usage, "--json and --check-with both want standard output");
}

}  // namespace glasstls::apps
