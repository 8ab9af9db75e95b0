#include "apps/cert/lab.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

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

constexpr int ca_days = 3650;

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

Identity make_root(const LabSpec& lab) {
  crypto::PrivateKey key = generate_key(lab.kind);
  // A name of its own: a browser that knows two CAs of one name may try the wrong key.
  const std::string id = wire::hex(View(x509::key_identifier(key.public_key())).first(4));
  const auto spec = spec_for(CertificateKind::root, x509::common_name("GlassTLS lab CA " + id),
                             std::max(lab.days, ca_days));
  x509::Certificate certificate = x509::self_sign(spec, key, platform::system_random());
  return {std::move(key), std::move(certificate)};
}

Identity make_below(const LabSpec& lab, const x509::CertificateSpec& spec, const Identity& ca) {
  crypto::PrivateKey key = generate_key(lab.kind);
  x509::Certificate certificate =
      x509::issue(spec, key.public_key(), ca.issuer(), platform::system_random());
  return {std::move(key), std::move(certificate)};
}

Identity make_intermediate(const LabSpec& lab, const Identity& root) {
  auto spec =
      spec_for(CertificateKind::intermediate, x509::common_name("GlassTLS lab intermediate CA"),
               std::max(lab.days, ca_days));
  spec.not_before = std::max(spec.not_before, root.certificate.not_before());
  spec.not_after = std::min(spec.not_after, root.certificate.not_after());
  spec.more.push_back(tls_purposes());
  return make_below(lab, spec, root);
}

/// The files of a lab, in the order in which they are told.
class Files {
 public:
  explicit Files(const LabSpec& lab) : lab_(lab) {}

  void add(const std::string& who, const Identity& identity) {
    files_.push_back(secret_file(lab_.file(who + "-key.pem"), x509::private_key_pem(identity.key)));
    files_.push_back(
        public_file(lab_.file(who + "-cert.pem"), certificate_pem(identity.certificate)));
  }
  void add_chain(const std::string& pem) {
    files_.push_back(public_file(lab_.file("server-chain.pem"), pem));
  }
  std::vector<std::string> write() const {
    write_outputs(files_, lab_.force);
    std::vector<std::string> paths;
    for (const OutputFile& file : files_) paths.push_back(file.path);
    return paths;
  }

 private:
  const LabSpec& lab_;
  std::vector<OutputFile> files_;
};

std::vector<std::string> targets(const LabSpec& lab) {
  std::vector<std::string> paths;
  for (const char* name : {"ca-key.pem", "ca-cert.pem", "server-key.pem", "server-cert.pem",
                           "server-chain.pem", "client-key.pem", "client-cert.pem"})
    paths.push_back(lab.file(name));
  if (lab.intermediate)
    for (const char* name : {"intermediate-key.pem", "intermediate-cert.pem"})
      paths.push_back(lab.file(name));
  return paths;
}

}  // namespace

std::string LabSpec::file(std::string_view name) const {
  return (std::filesystem::path(folder) / name).string();
}

std::vector<std::string> make_lab(const LabSpec& lab) {
  const std::vector<x509::GeneralName> names = parse_general_names(lab.names);
  if (!names_a_host(names))
    throw CommandError(
        ExitCode::usage,
        "a server's certificate needs a DNS name or an IP address: give --name HOST");
  make_folder(lab.folder);
  check_outputs(targets(lab), {}, lab.force);

  Files files(lab);
  const Identity root = make_root(lab);
  files.add("ca", root);
  std::optional<Identity> intermediate;
  if (lab.intermediate) {
    intermediate = make_intermediate(lab, root);
    files.add("intermediate", *intermediate);
  }

  auto spec = spec_for(CertificateKind::server, subject_of(names), lab.days);
  spec.names = names;
  const Identity server = make_below(lab, spec, intermediate ? *intermediate : root);
  files.add("server", server);
  files.add_chain(certificate_pem(server.certificate) +
                  (intermediate ? certificate_pem(intermediate->certificate) : ""));

  // Signed by the root itself: it needs no chain of its own.
  spec = spec_for(CertificateKind::client, x509::common_name("client"), lab.days);
  files.add("client", make_below(lab, spec, root));
  return files.write();
}

}  // namespace glasstls::apps
