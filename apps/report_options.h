// How much a program tells of its connections, and in which forms. Common to client, server and
// explain.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace glasstls::apps {

struct ReportOptions {
  bool explain = false;  // every message, secret and step, on standard error
  bool secrets = false;  // in what is explained and in JSON, the values of secrets too
  bool json = false;     // on standard output, instead of the data
  bool explains_on_standard_output = false;  // instead of the data: the explanation is the data

  std::string level = "normal";       // of the explanation: "brief", "normal", "bytes"
  std::string language = "en";        // "en", "zh"
  std::string html;                   // file: a page; empty: none
  std::string capture;                // file: pcapng; empty: none
  std::string check_with;             // "openssl": a script on standard output; empty: none
  bool redact = false;                // leave out secrets, and what was decrypted
  std::uint64_t data_limit = 16'384;  // bytes of application data per direction

  /// Whether documents are to be made.
  bool makes_documents() const { return explain || json || !html.empty() || !check_with.empty(); }
  /// Whether documents are to hold the values of secrets: a redacted one needs them for its checks.
  bool needs_secrets() const { return secrets || redact || !html.empty() || !check_with.empty(); }
  /// Whether standard output is for something else than the data.
  bool takes_standard_output() const {
    return json || !check_with.empty() || explains_on_standard_output;
  }
};

/// --html, --capture, --check-with, --level, --language, --data-limit, --redact.
void add_explanation_options(CLI::App& command, ReportOptions& options);

/// CommandError (usage) for options that do not go together.
void check(const ReportOptions& options);

}  // namespace glasstls::apps
