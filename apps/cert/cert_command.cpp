#include "apps/cert/cert_command.h"

#include "apps/cert/ca_command.h"
#include "apps/cert/issue_command.h"
#include "apps/cert/key_command.h"
#include "apps/cert/lab_command.h"
#include "apps/cert/making.h"
#include "apps/cert/request_command.h"
#include "apps/cert/show_command.h"
#include "apps/cert/verify_command.h"
#include "apps/cert/zoo_command.h"
#include "apps/options.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples =
    "  glasstls cert lab lab --name example.test       a CA, a server's and a client's "
    "certificate\n"
    "  glasstls cert ca --subject CN=\"My CA\" --key-out ca-key.pem --out ca-cert.pem\n"
    "  glasstls cert request --name test --key-out server-key.pem --out server.csr\n"
    "  glasstls cert issue --ca ca-cert.pem --ca-key ca-key.pem --request server.csr \\\n"
    "      --name test --out server-cert.pem\n"
    "  glasstls cert show server-cert.pem              every field in words\n"
    "  glasstls cert verify --ca ca-cert.pem --name test server-cert.pem\n"
    "  glasstls cert zoo zoo                           wrong certificates, each with its verdict\n";

}  // namespace

void add_cert_command(CLI::App& program, std::function<ExitCode()>& run) {
  CLI::App* cert = program.add_subcommand("cert", "make certificates, explain them, judge them");
  set_examples(*cert, examples);
  cert->require_subcommand(1);
  add_lab_command(*cert, run);
  add_key_command(*cert, run);
  add_ca_command(*cert, run);
  add_request_command(*cert, run);
  add_issue_command(*cert, run);
  add_show_command(*cert, run);
  add_verify_command(*cert, run);
  add_zoo_command(*cert, run);
}

}  // namespace glasstls::apps
