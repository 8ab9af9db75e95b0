#include "apps/cert/lab_command.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/cert/making.h"
#include "apps/cert/output_files.h"
#include "apps/error.h"
#include "platform/random.h"
#include "x509/issue.h"
#include "x509/name_text.h"
#include "x509/private_key.h"

namespace glasstls::apps {

namespace {

using x509::CertificateKind;

constexpr const char* examples =
    "  glasstls cert lab lab\n"
    "  glasstls cert lab lab --name example.test --name 192.0.2.1 --key ec --intermediate\n";

constexpr int ca_days = 3650;

struct Options {
  std::string folder;
  std::vector<std::string> names{"test", "localhost", "127.0.0.1", "::1"};
  std::string kind = "rsa";
  bool intermediate = false;
  int days = 365;
  bool force = false;

  std::string file(const std::string& name) const {
    return (std::filesystem::path(folder) / name).string();
  }
};

/// A certificate and its key.
struct Identity {
  crypto::PrivateKey key;
  x509::Certificate certificate;

  x509::Issuer issuer() const { return {certificate, key}; }
};

x509::CertificateSpec spec_for(CertificateKind kind, x509::Name subject, int days) {
  const Validity valid = validity(days);
  x509::CertificateSpec spec;
  spec.kind = kind;
  spec.subject = std::move(subject);
  spec.not_before = valid.not_before;
  spec.not_after = valid.not_after;
  return spec;
}

Identity make_root(const Options& options) {
  crypto::PrivateKey key = generate_key(options.kind);
  // A name of its own: a browser that knows two CAs of one name may try the wrong key.
  const std::string id = wire::hex(View(x509::key_identifier(key.public_key())).first(4));
  const auto spec = spec_for(CertificateKind::root, x509::common_name("GlassTLS lab CA " + id),
                             std::max(options.days, ca_days));
  x509::Certificate certificate = x509::self_sign(spec, key, platform::system_random());
  return {std::move(key), std::move(certificate)};
}

Identity make_below(const Options& options, const x509::CertificateSpec& spec, const Identity& ca) {
  crypto::PrivateKey key = generate_key(options.kind);
  x509::Certificate certificate =
      x509::issue(spec, key.public_key(), ca.issuer(), platform::system_random());
  return {std::move(key), std::move(certificate)};
}

Identity make_intermediate(const Options& options, const Identity& root) {
  auto spec =
      spec_for(CertificateKind::intermediate, x509::common_name("GlassTLS lab intermediate CA"),
               std::max(options.days, ca_days));
  spec.not_before = std::max(spec.not_before, root.certificate.not_before());
  spec.not_after = std::min(spec.not_after, root.certificate.not_after());
  spec.more.push_back(tls_purposes());
  return make_below(options, spec, root);
}

/// The files of a lab, in the order in which they are told.
class Lab {
 public:
  explicit Lab(const Options& options) : options_(options) {}

  void add(const std::string& who, const Identity& identity) {
    files_.push_back(
        secret_file(options_.file(who + "-key.pem"), x509::private_key_pem(identity.key)));
    files_.push_back(
        public_file(options_.file(who + "-cert.pem"), certificate_pem(identity.certificate)));
  }
  void add_chain(const std::string& pem) {
    files_.push_back(public_file(options_.file("server-chain.pem"), pem));
  }
  void write() const {
    write_outputs(files_, options_.force);
    for (const OutputFile& file : files_) fmt::print(stderr, "wrote {}\n", file.path);
  }

 private:
  const Options& options_;
  std::vector<OutputFile> files_;
};

std::vector<std::string> targets(const Options& options) {
  std::vector<std::string> paths;
  for (const char* name : {"ca-key.pem", "ca-cert.pem", "server-key.pem", "server-cert.pem",
                           "server-chain.pem", "client-key.pem", "client-cert.pem"})
    paths.push_back(options.file(name));
  if (options.intermediate)
    for (const char* name : {"intermediate-key.pem", "intermediate-cert.pem"})
      paths.push_back(options.file(name));
  return paths;
}

/// As a shell takes it.
std::string quoted(const std::string& word) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:+=@,").find(c) != std::string_view::npos;
  };
  if (std::all_of(word.begin(), word.end(), plain)) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

void print_next_steps(const Options& options, const x509::GeneralName& name) {
  const auto file = [&](const char* leaf) { return quoted(options.file(leaf)); };
  const std::string text = name.kind == x509::GeneralNameKind::iPAddress
                               ? x509::to_string(name).substr(std::string_view("IP:").size())
                               : std::string(wire::as_text(name.value));
  const std::string host = quoted(text.starts_with("*.") ? "any" + text.substr(1) : text);
  const std::string chain =
      options.intermediate ? " -cert_chain " + file("intermediate-cert.pem") : "";
  fmt::print(stderr,
             "try:\n"
             "  openssl s_server -accept 7777 -key {} -cert {}{}\n"
             "  glasstls client 127.0.0.1:7777 --name {} --ca {} --explain\n"
             "  glasstls cert show {}\n"
             "  glasstls cert verify --ca {} --name {} --untrusted {} {}\n",
             file("server-key.pem"), file("server-cert.pem"), chain, host, file("ca-cert.pem"),
             file("server-cert.pem"), file("ca-cert.pem"), host, file("server-chain.pem"),
             file("server-cert.pem"));
}

ExitCode run_lab(const Options& options) {
  const std::vector<x509::GeneralName> names = parse_general_names(options.names);
  if (!names_a_host(names))
    throw CommandError(
        ExitCode::usage,
        "a server's certificate needs a DNS name or an IP address: give --name HOST");
  make_folder(options.folder);
  check_outputs(targets(options), {}, options.force);

  Lab lab(options);
  const Identity root = make_root(options);
  lab.add("ca", root);
  std::optional<Identity> intermediate;
  if (options.intermediate) {
    intermediate = make_intermediate(options, root);
    lab.add("intermediate", *intermediate);
  }

  auto spec = spec_for(CertificateKind::server, subject_of(names), options.days);
  spec.names = names;
  const Identity server = make_below(options, spec, intermediate ? *intermediate : root);
  lab.add("server", server);
  lab.add_chain(certificate_pem(server.certificate) +
                (intermediate ? certificate_pem(intermediate->certificate) : ""));

  // Signed by the root itself: it needs no chain of its own.
  spec = spec_for(CertificateKind::client, x509::common_name("client"), options.days);
  lab.add("client", make_below(options, spec, root));
  lab.write();
  if (!options.intermediate && std::filesystem::exists(options.file("intermediate-cert.pem")))
    fmt::print(stderr, "note: {} is of an earlier lab, and leads nowhere now\n",
               options.file("intermediate-cert.pem"));
  print_next_steps(options, names.front());
  return ExitCode::done;
}

}  // namespace

void add_lab_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command =
      cert.add_subcommand("lab", "make a CA, a server's and a client's certificate in one step");
  auto options = std::make_shared<Options>();
  set_examples(*command, examples);
  command->add_option("folder", options->folder, "where the files go; made if it is missing")
      ->required()
      ->type_name("DIR");
  add_names(*command, options->names, "host name or IP address of the server")
      ->option_text("NAME (test, localhost, 127.0.0.1, ::1)");
  add_key_kind(*command, "--key", options->kind);
  command->add_flag("--intermediate", options->intermediate,
                    "let an intermediate CA sign the server's certificate");
  add_days(
      *command, options->days,
      "how long the server's and the client's certificates are valid; the CA's: ten years or more");
  add_force(*command, options->force);
  command->callback([options, &run] { run = [options] { return run_lab(*options); }; });
}

}  // namespace glasstls::apps
