#include "tests/crypto/vectors.h"

#include <fstream>
#include <stdexcept>

namespace glasstls::test {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

class Parser {
 public:
  void line(const std::string& raw) {
    ++number_;
    const std::string text = trimmed(raw);
    if (text.starts_with('#')) return;
    if (text.empty()) return end();
    if (text.starts_with('[')) return bracket(text.substr(1, text.size() - 2));
    if (current_.values.empty()) current_.line = number_;
    set(current_.values, text);
  }

  void end() {
    if (current_.values.empty()) return;
    Case complete = current_;
    complete.section = section_;
    complete.values.insert(common_.begin(), common_.end());
    cases_.push_back(std::move(complete));
    current_ = {};
  }

  std::vector<Case> take() { return std::move(cases_); }

 private:
  static void set(std::map<std::string, std::string>& values, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      values[text];
    } else {
      values[trimmed(text.substr(0, equals))] = trimmed(text.substr(equals + 1));
    }
  }

  void bracket(const std::string& text) {
    end();
    if (text.find('=') != std::string::npos) return set(common_, text);
    section_ = text;
    common_.clear();
  }

  std::vector<Case> cases_;
  Case current_;
  std::string section_;
  std::map<std::string, std::string> common_;
  std::size_t number_ = 0;
};

std::optional<std::vector<Case>> read(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  Parser parser;
  for (std::string line; std::getline(file, line);) parser.line(line);
  parser.end();
  return parser.take();
}

}  // namespace

Bytes Case::bytes(const std::string& name) const {
  const std::string& value = text(name);
  if (value.starts_with('"')) {
    return wire::copy(wire::as_bytes(std::string_view(value).substr(1, value.size() - 2)));
  }
  const std::optional<Bytes> bytes = wire::unhex(value);
  if (!bytes) throw std::runtime_error("not hexadecimal: " + name + " = " + value);
  return *bytes;
}

std::vector<Case> vectors(const std::string& file) {
  const std::string path = GLASSTLS_TEST_DATA "/data/crypto/" + file;
  std::optional<std::vector<Case>> cases = read(path);
  if (!cases || cases->empty()) throw std::runtime_error("no test vectors in " + path);
  return std::move(*cases);
}

std::optional<std::vector<Case>> nist_vectors(const std::string& file) {
  const std::string folder = GLASSTLS_NIST_VECTORS;  // empty where the package is missing
  if (folder.empty()) return std::nullopt;
  return read(folder + "/" + file);
}

std::optional<crypto::HashAlgorithm> hash_by_name(const std::string& name) {
  if (name == "SHA-256" || name == "SHA256") return crypto::HashAlgorithm::sha256;
  if (name == "SHA-384" || name == "SHA384") return crypto::HashAlgorithm::sha384;
  if (name == "SHA-512" || name == "SHA512") return crypto::HashAlgorithm::sha512;
  return std::nullopt;
}

}  // namespace glasstls::test
