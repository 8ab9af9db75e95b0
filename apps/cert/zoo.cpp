#include "apps/cert/zoo.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::apps {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* leaf_key_file = "leaf-key.pem";

/// "2026-06-01T00:00:00Z".
std::string iso(x509::Time time) {
  std::string text = x509::to_string(time);  // "2026-06-01 00:00:00 UTC"
  text.replace(text.find(' '), 1, "T");
  return text.substr(0, text.find(' ')) + "Z";
}

/// The files of a zoo; what several cases share is there once.
class Files {
 public:
  /// The name of the file with this content: the one that it has, or a new one.
  std::string add(const std::string& name, const char* label, const Bytes& der) {
    std::string pem = x509::to_pem(label, der);
    const auto known = std::find_if(files_.begin(), files_.end(),
                                    [&](const ZooFile& file) { return file.pem == pem; });
    if (known != files_.end()) return known->name;
    files_.push_back({name + ".pem", std::move(pem)});
    return files_.back().name;
  }
  std::vector<ZooFile> take() { return std::move(files_); }

 private:
  std::vector<ZooFile> files_;
};

class ZooMaker {
 public:
  explicit ZooMaker(crypto::RandomSource& random)
      : random_(random), keys_(random), nursery_(keys_, random) {
    const Specimen good = nursery_.specimen();
    root_ = bytes_of(good.root, random_);
    intermediate_ = bytes_of(good.intermediate, random_);
    files_.add("root", "CERTIFICATE", root_);
    files_.add("intermediate", "CERTIFICATE", intermediate_);
  }

  Zoo make() {
    Json manifest{{"schema", 1}, {"cases", Json::array()}};
    for (const ZooCase& one : zoo_cases()) manifest["cases"].push_back(make(one));
    return {files_.take(), x509::private_key_pem(keys_.leaf), manifest.dump(2) + "\n"};
  }

 private:
  Json make(const ZooCase& one) {
    Specimen specimen = nursery_.specimen();
    one.spoil(specimen, random_);
    const std::string name(one.name);
    Json json{{"name", name}, {"leaf", certificate(name, specimen.leaf)}};
    if (specimen.leaf.draft.subject_public_key_info == x509::encode(keys_.leaf.public_key()))
      json["key"] = leaf_key_file;
    json["untrusted"] = untrusted(name, specimen);
    json["roots"] = Json::array({root(name, specimen)});
    json["crls"] = crls(name, specimen);
    json["require_crl"] = specimen.require_crl;
    json["purpose"] = x509::name_of(specimen.purpose);
    json["server_name"] = specimen.server_name.empty() ? Json() : Json(specimen.server_name);
    json["time"] = iso(specimen.at);
    json["profile"] = x509::name_of(specimen.profile);
    json["expected"] = one.broken ? "refused" : "trusted";
    json["rule"] = one.broken ? Json(x509::name_of(*one.broken)) : Json();
    json["section"] =
        one.section.empty() && one.broken ? x509::section_of(*one.broken) : one.section;
    json["why"] = one.why;
    return json;
  }

  std::string certificate(const std::string& name, const Member& member) {
    return files_.add(name, "CERTIFICATE", bytes_of(member, random_));
  }

  /// A CA's. One that is not the good one has a serial number of its own: some stores want that.
  std::string ca_certificate(const std::string& name, Member member, const Bytes& good) {
    if (bytes_of(member, random_) != good && !member.edit_tbs)
      member.draft.serial_number = x509::random_serial_number(random_);
    return certificate(name, member);
  }

  Json untrusted(const std::string& name, const Specimen& specimen) {
    Json files = Json::array();
    if (specimen.second) files.push_back(certificate(name + "-second", *specimen.second));
    if (specimen.send_intermediate)
      files.push_back(ca_certificate(name + "-intermediate", specimen.intermediate, intermediate_));
    return files;
  }

  std::string root(const std::string& name, const Specimen& specimen) {
    return specimen.trust_another_root ? certificate("another-root", nursery_.another_root())
                                       : ca_certificate(name + "-root", specimen.root, root_);
  }

  Json crls(const std::string& name, const Specimen& specimen) {
    Json files = Json::array();
    for (const RevocationList& list : specimen.crls) {
      std::string file = name + "-crl";
      if (!files.empty()) file.append("-").append(std::to_string(files.size() + 1));
      files.push_back(files_.add(file, "X509 CRL", bytes_of(list, random_)));
    }
    return files;
  }

  crypto::RandomSource& random_;
  ZooKeys keys_;
  ZooNursery nursery_;
  Files files_;
  Bytes root_, intermediate_;
};

}  // namespace

std::vector<ZooCase> zoo_cases() {
  std::vector<ZooCase> all;
  for (const std::span<const ZooCase> some :
       {zoo_trust_cases(), zoo_name_cases(), zoo_authority_cases(), zoo_encoding_cases()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

Zoo make_zoo(crypto::RandomSource& random) { return ZooMaker(random).make(); }

}  // namespace glasstls::apps
