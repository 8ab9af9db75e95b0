#include "tests/support/identity.h"

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include "tests/support/data_files.h"
#include "x509/certificate.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::test {

namespace {

Identity load(const std::string& name) {
  std::vector<Bytes> chain;
  for (const x509::PemBlock& block : x509::parse_pem(read_data("data/tls/" + name + ".pem")).blocks)
    chain.push_back(block.der);
  const std::string key_file = read_data("data/tls/" + name + ".key");
  auto key = x509::parse_private_key(wire::as_bytes(key_file));
  if (!key) throw std::runtime_error(name + ".key: " + key.error().what);
  return {std::move(chain), *std::move(key)};
}

}  // namespace

const Identity& identity(std::string_view name) {
  static std::map<std::string, Identity, std::less<>> loaded;
  auto found = loaded.find(name);
  if (found == loaded.end()) found = loaded.emplace(name, load(std::string(name))).first;
  return found->second;
}

std::shared_ptr<const crypto::PrivateKey> key_of(std::string_view name) {
  return {std::shared_ptr<void>(), &identity(name).key};  // owned by identity(), for ever
}

std::shared_ptr<handshake::Credential> credential(std::string_view name) {
  auto made = std::make_shared<handshake::Credential>();
  for (const Bytes& der : identity(name).chain)
    made->chain.push_back(x509::Certificate::parse(der).value());
  made->key = key_of(name);
  return made;
}

std::shared_ptr<handshake::Credentials> credentials(const std::vector<std::string>& names) {
  handshake::Credentials::List list;
  for (const std::string& name : names) list.push_back(credential(name));
  return std::make_shared<handshake::Credentials>(std::move(list));
}

std::shared_ptr<const x509::TrustStore> roots(std::string_view name) {
  static std::map<std::string, std::shared_ptr<const x509::TrustStore>, std::less<>> loaded;
  const auto found = loaded.find(name);
  if (found != loaded.end()) return found->second;
  auto store = std::make_shared<x509::TrustStore>();
  const std::string pem = read_data("data/tls/" + std::string(name) + ".pem");
  if (!store->add(wire::as_bytes(pem)).empty()) throw std::runtime_error("an anchor is of no use");
  return loaded.emplace(name, std::move(store)).first->second;
}

x509::Time start_of(int year) { return *x509::time_from(year, 1, 1, 0, 0, 0); }

x509::Time in_validity() { return start_of(2030); }
x509::Time before_validity() { return start_of(2020); }
x509::Time after_validity() { return start_of(2070); }

}  // namespace glasstls::test
