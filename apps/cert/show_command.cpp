#include "apps/cert/show_command.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "apps/address.h"
#include "apps/cert/fetch.h"
#include "apps/cert/making.h"
#include "apps/cert/objects.h"
#include "apps/error.h"
#include "apps/options.h"
#include "apps/terminal.h"
#include "inspect/certificate.h"
#include "inspect/certificate_json.h"
#include "inspect/certificate_text.h"
#include "inspect/printable.h"
#include "platform/clock.h"

namespace glasstls::apps {

namespace {

using inspect::Explanation;

constexpr const char* examples =
    "  glasstls cert show server-cert.pem              every field in words\n"
    "  glasstls cert show server-cert.pem --bytes      and every byte of it\n"
    "  glasstls cert show example.com:443              what a live server shows\n"
    "  glasstls cert show server.csr --json            a request, for a program\n";

constexpr std::chrono::seconds connect_timeout{10};

struct ShowOptions {
  std::string target;
  std::string name;
  bool bytes = false;
  bool json = false;
};

/// What there is to show, and what went wrong besides.
struct Shown {
  std::vector<Explanation> objects;
  bool damaged = false;  // a part of the input could not be read at all
};

void complain(const std::string& text) {
  std::fputs(("glasstls: " + inspect::printable(text) + "\n").c_str(), stderr);
}

Explanation explain(const FoundObject& object, x509::Time now) {
  switch (object.label) {
    case ObjectLabel::certificate: return inspect::explain_certificate(object.der, now);
    case ObjectLabel::request: return inspect::explain_request(object.der);
    case ObjectLabel::revocation_list: return inspect::explain_revocation_list(object.der, now);
    case ObjectLabel::any:
    case ObjectLabel::other: break;
  }
  return inspect::explain_any(object.der, now);
}

/// Whatever is DER begins with a SEQUENCE here.
bool looks_like_der(const Bytes& bytes) { return !bytes.empty() && bytes[0] == 0x30; }

Shown show_file(const std::string& path, x509::Time now) {
  Shown shown;
  const FoundObjects found = find_objects(path);
  for (const FoundObject& object : found.objects) {
    if (object.label == ObjectLabel::other) {
      complain(object.source + " is a " + object.label_text + ": not shown");
      continue;
    }
    if (object.label == ObjectLabel::any && !looks_like_der(object.der)) continue;
    shown.objects.push_back(explain(object, now));
    shown.objects.back().source = object.source;
  }
  for (const std::string& fault : found.faults) complain(fault);
  shown.damaged = !found.faults.empty();
  if (shown.objects.empty() && !shown.damaged)
    throw CommandError(ExitCode::usage, path +
                                            " holds no certificate, request or revocation list "
                                            "(expected PEM or DER)");
  return shown;
}

Shown show_server(const ShowOptions& options, x509::Time now) {
  const Address address = parse_address(options.target, "443");
  const FetchedChain chain =
      fetch_chain(address, options.name.empty() ? address.host : options.name, connect_timeout);
  Shown shown;
  for (std::size_t i = 0; i < chain.certificates.size(); ++i) {
    shown.objects.push_back(inspect::explain_certificate(chain.certificates[i], now));
    shown.objects.back().source =
        fmt::format("{}, certificate {} of {}", options.target, i + 1, chain.certificates.size());
  }
  if (!chain.remark.empty())
    std::fprintf(stderr, "note: after the certificates, %s\n", chain.remark.c_str());
  return shown;
}

/// An existing file is meant, whatever its name; else what has a port is a server.
bool is_server(const std::string& target) {
  std::error_code ignored;
  if (target == "-" || std::filesystem::exists(target, ignored)) return false;
  if (target.find('/') != std::string::npos) return false;
  if (target.find(':') != std::string::npos) return true;
  throw CommandError(ExitCode::usage,
                     target + ": no such file (a server is given with its port, as HOST:PORT)");
}

ExitCode run_show(const ShowOptions& options) {
  const x509::Time now = platform::now();
  const bool server = is_server(options.target);
  if (!server && !options.name.empty())
    throw CommandError(ExitCode::usage, "--name is for a server: HOST:PORT");
  const Shown shown = server ? show_server(options, now) : show_file(options.target, now);

  bool malformed = shown.damaged;
  for (const Explanation& object : shown.objects) malformed = malformed || object.error;
  const ExitCode code = malformed ? ExitCode::usage : ExitCode::done;
  if (options.json) {
    print_output(inspect::to_json(options.target, shown.objects, static_cast<int>(code)));
    return code;
  }
  inspect::CertificateTextOptions text;
  text.bytes = options.bytes;
  text.color = wants_color(STDOUT_FILENO);
  text.width = columns_of(STDOUT_FILENO);
  bool first = true;
  for (const Explanation& object : shown.objects) {
    print_output((first ? "" : "\n") + inspect::to_text(object, text));
    first = false;
  }
  for (const Explanation& object : shown.objects)
    if (object.error)
      complain(fmt::format("{}: malformed at byte {}: {} ({})", object.source, object.error->offset,
                           object.error->what, object.error->section));
  return code;
}

}  // namespace

void add_show_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command = cert.add_subcommand(
      "show", "explain certificates, requests and revocation lists, field by field");
  set_examples(*command, examples);
  auto options = std::make_shared<ShowOptions>();
  command
      ->add_option("target", options->target,
                   "a PEM or DER file (\"-\" is standard input), or a TLS server, whose chain is "
                   "fetched and not verified; an existing file of that name wins")
      ->required()
      ->type_name("FILE|HOST:PORT");
  command->add_flag("--bytes", options->bytes,
                    "show every element of the DER with its byte range and its bytes");
  command->add_flag("--json", options->json, "print one JSON document");
  command->add_option("--name", options->name, "ask the server for this name; without it: HOST")
      ->type_name("NAME");
  command->callback([options, &run] { run = [options] { return run_show(*options); }; });
}

}  // namespace glasstls::apps
