#include "apps/server/lab_certificate.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "apps/cert/input_files.h"
#include "apps/endpoint.h"
#include "apps/error.h"
#include "apps/server/seeded_lab.h"
#include "apps/shell_word.h"
#include "x509/certificate.h"
#include "x509/server_name.h"

namespace glasstls::apps {

namespace {

bool exists(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

/// An address that a client on this machine can reach.
asio::ip::tcp::endpoint reachable(asio::ip::tcp::endpoint address) {
  if (!address.address().is_unspecified()) return address;
  if (address.address().is_v6()) return {asio::ip::address_v6::loopback(), address.port()};
  return {asio::ip::address_v4::loopback(), address.port()};
}

}  // namespace

LabCertificate::LabCertificate(const std::string& folder, const asio::ip::address& address,
                               Kind kind)
    : kind_(kind) {
  lab_.folder = folder.empty() ? temporary_.emplace().path() : folder;
  int found = 0;
  std::string missing;
  for (const std::string& path : {ca(), certificate(), key()})
    if (exists(path))
      ++found;
    else
      missing = path;
  if (found == 3) {
    use_what_is_there(address);
    return;
  }
  if (found > 0)
    throw CommandError(ExitCode::usage, folder + " is not a whole lab, " + missing +
                                            " is missing: remove the folder, or make it anew with "
                                            "glasstls cert lab " +
                                            shell_word(folder) + " --force");
  make(address);
  made_ = true;
}

void LabCertificate::make(const asio::ip::address& address) {
  if (kind_ == Kind::published) {
    write_seeded_lab(lab_);
    use_what_is_there(address);
    return;
  }
  const std::string text = address.to_string();
  const bool known = std::find(lab_.names.begin(), lab_.names.end(), text) != lab_.names.end();
  if (!known && !address.is_unspecified()) lab_.names.push_back(text);
  make_lab(lab_);
}

/// A lab that was made for other names: clients have to be told one of them.
void LabCertificate::use_what_is_there(const asio::ip::address& address) {
  const std::vector<x509::Certificate> chain = read_certificates(certificate());
  if (chain.empty()) return;
  const auto here = x509::ServerName::parse(address.to_string());
  if (address.is_unspecified() || (here && here->matches(chain.front()))) return;
  const auto& names = chain.front().extensions().subject_alt_name;
  if (!names) return;
  for (const x509::GeneralName& name : *names)
    if (name.kind == x509::GeneralNameKind::dNSName) {
      name_ = wire::as_text(name.value);
      return;
    }
}

/// Where the certificate comes from.
std::string LabCertificate::origin() const {
  if (!made_) return "found";
  if (kind_ == Kind::published)
    return "for " + joined(lab_.names) + " with the published key of all runs with --seed";
  return "made for " + joined(lab_.names);
}

std::string LabCertificate::how_to_connect(const asio::ip::tcp::endpoint& address, Speech speech,
                                           bool wants_client_certificate) const {
  const std::string where = text_of(reachable(address));
  const std::string trust = shell_word(ca());
  const auto client = [&](const char* certificate_option, const char* key_option) {
    if (!wants_client_certificate) return std::string();
    return fmt::format(" {} {} {} {}", certificate_option, shell_word(file("client-cert.pem")),
                       key_option, shell_word(file("client-key.pem")));
  };
  std::string text = fmt::format(
      "lab certificate {}; its CA is {}{}\n"
      "connect with:\n"
      "  glasstls client {}{} --ca {}{}\n"
      "  openssl s_client -connect {} -servername {} -CAfile {}{}\n",
      origin(), ca(), temporary_ ? " until this server ends" : "", where,
      name_.empty() ? "" : " --name " + shell_word(name_), trust, client("--cert", "--key"), where,
      name_.empty() ? "localhost" : shell_word(name_), trust, client("-cert", "-key"));
  if (speech == Speech::http)
    text += fmt::format("  curl --cacert {}{}{}/\n", trust, client("--cert", "--key"),
                        name_.empty() ? " https://" + where
                                      : fmt::format(" --connect-to ::{} https://{}:{}", where,
                                                    shell_word(name_), address.port()));
  return text;
}

}  // namespace glasstls::apps
