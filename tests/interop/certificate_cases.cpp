#include "tests/interop/certificate_cases.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>

#include "x509/pem.h"
#include "x509/time.h"

namespace glasstls::test {

namespace {

using Json = nlohmann::json;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The first certificate of a text, and the others.
std::pair<std::string, std::string> split(const std::string& pem) {
  constexpr std::string_view end = "-----END CERTIFICATE-----\n";
  const std::size_t at = pem.find(end);
  if (at == std::string::npos) throw std::runtime_error("a chain without a certificate");
  return {pem.substr(0, at + end.size()), pem.substr(at + end.size())};
}

class Reader {
 public:
  Reader(std::string group, const std::filesystem::path& manifest, const TemporaryFolder& work)
      : group_(std::move(group)), from_(manifest.parent_path()), work_(work) {}

  CertificateCase read(const Json& json) const {
    CertificateCase one;
    const std::string name = json.at("name");
    one.name = group_ + "/" + name;
    one.expected = json.at("expected") == "trusted";
    one.rule = text(json, "rule");
    one.why = text(json, "why");
    one.purpose = json.value("purpose", "server");
    one.server_name = text(json, "server_name");
    one.time = text(json, "time");
    one.strict = json.value("profile", "standard") == "strict";
    one.require_crl = json.value("require_crl", false);
    if (json.contains("key")) one.key = (from_ / std::string(json.at("key"))).string();
    write_files(json, name, one);
    return one;
  }

 private:
  /// Empty for null and for what is not there.
  static std::string text(const Json& json, const char* key) {
    return json.contains(key) && json.at(key).is_string() ? std::string(json.at(key)) : "";
  }

  std::string all(const Json& json, const char* key) const {
    std::string pem;
    if (json.contains(key))
      for (const std::string file : json.at(key)) pem += content_of(from_ / file);
    return pem;
  }

  void write_files(const Json& json, const std::string& name, CertificateCase& one) const {
    std::string leaf;
    std::string untrusted;
    if (json.contains("chain")) {
      std::tie(leaf, untrusted) = split(content_of(from_ / std::string(json.at("chain"))));
    } else {
      leaf = content_of(from_ / std::string(json.at("leaf")));
      untrusted = all(json, "untrusted");
    }
    const std::string crls = all(json, "crls");
    one.has_untrusted = !untrusted.empty();
    one.has_crls = !crls.empty();
    const auto write = [&](const std::string& kind, const std::string& pem) {
      return work_.write(group_ + "-" + name + "." + kind + ".pem", pem);
    };
    one.leaf = write("leaf", leaf);
    one.untrusted = write("untrusted", untrusted);
    one.chain = write("chain", leaf + untrusted);
    for (std::string rest = untrusted; !rest.empty();) {
      std::string first;
      std::tie(first, rest) = split(rest);
      const std::string number = std::to_string(one.each_untrusted.size() + 1);
      one.each_untrusted.push_back(write("untrusted-" + number, first));
    }
    one.roots = write("roots", all(json, "roots"));
    one.crls = write("crls", crls);
  }

  std::string group_;
  std::filesystem::path from_;
  const TemporaryFolder& work_;
};

}  // namespace

std::vector<CertificateCase> read_manifest(const std::string& group, const std::string& manifest,
                                           const TemporaryFolder& work) {
  const Reader reader(group, manifest, work);
  const Json listed = Json::parse(content_of(manifest));
  std::vector<CertificateCase> cases;
  for (const Json& one : listed.at("cases")) cases.push_back(reader.read(one));
  return cases;
}

std::string epoch_seconds(const std::string& time) {
  std::string digits;  // "20260601000000"
  for (const char c : time)
    if (c >= '0' && c <= '9') digits += c;
  const auto parsed = x509::parse_generalized_time(digits + "Z");
  if (!parsed) throw std::runtime_error("not a time: " + time);
  return std::to_string(parsed->seconds);
}

}  // namespace glasstls::test
