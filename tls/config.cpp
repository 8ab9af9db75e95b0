#include "tls/config.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "platform/clock.h"
#include "platform/random.h"

namespace glasstls::tls {

namespace {

constexpr std::size_t smallest_handshake_bound = 1024;
constexpr std::size_t largest_handshake_bound = (std::size_t{1} << 24) - 1;
constexpr std::uint64_t min_record_limit = 4;  // Finished, some data, close_notify

[[noreturn]] void refuse(const std::string& reason) {
  throw std::invalid_argument("Config: " + reason);
}

/// The list itself, or all of the table if it is empty. Every value must be in the table, once.
template <class Value, class Parameters>
std::vector<Value> checked(std::vector<Value> list, std::span<const Parameters> table,
                           const char* what) {
  if (list.empty())
    for (const Parameters& row : table) list.push_back(row.id);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (crypto::find(list[i]) == nullptr) refuse(std::string("an unknown ") + what + " is listed");
    if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
        list.begin() + static_cast<std::ptrdiff_t>(i))
      refuse(std::string("a ") + what + " is listed twice: " + std::string(name_of(list[i])));
  }
  return list;
}

bool can_be_served(crypto::CipherSuite suite, const std::vector<crypto::SignatureScheme>& schemes) {
  const bool rsa_suite = crypto::find(suite)->authentication == crypto::Authentication::rsa;
  return std::any_of(schemes.begin(), schemes.end(), [&](crypto::SignatureScheme scheme) {
    return rsa_suite == (crypto::find(scheme)->key_type == crypto::KeyType::rsa);
  });
}

/// Suites that no offered scheme could serve are left out if they were not asked for, else refused.
std::vector<crypto::CipherSuite> suites_for(std::vector<crypto::CipherSuite> asked,
                                            const std::vector<crypto::SignatureScheme>& schemes) {
  const bool by_default = asked.empty();
  std::vector<crypto::CipherSuite> suites;
  for (const crypto::CipherSuite suite :
       checked(std::move(asked), crypto::all_suites(), "cipher suite")) {
    if (can_be_served(suite, schemes))
      suites.push_back(suite);
    else if (!by_default)
      refuse("no signature scheme is offered that " + std::string(name_of(suite)) + " could use");
  }
  return suites;
}

handshake::Offer make_offer(ClientSettings& settings) {
  handshake::Offer offer;
  offer.groups = checked(std::move(settings.groups), crypto::all_groups(), "group");
  offer.signature_schemes =
      checked(std::move(settings.signature_schemes), crypto::all_schemes(), "signature scheme");
  offer.cipher_suites = suites_for(std::move(settings.cipher_suites), offer.signature_schemes);
  offer.extended_master_secret = settings.offer_extended_master_secret;
  return offer;
}

}  // namespace

Config::Config(ClientSettings settings)
    : max_handshake_message_(settings.max_handshake_message),
      record_limit_(settings.record_limit),
      finish_writes_after_peer_closed_(settings.finish_writes_after_peer_closed) {
  if (settings.verify_peer && (!settings.roots || settings.roots->empty()))
    refuse("certificates are to be verified, but there is no root to trust");
  if (settings.require_extended_master_secret && !settings.offer_extended_master_secret)
    refuse("extended_master_secret cannot be required without being offered");
  if (max_handshake_message_ < smallest_handshake_bound ||
      max_handshake_message_ > largest_handshake_bound)
    refuse("max_handshake_message must be within 1024..16777215");
  if (record_limit_ < min_record_limit || record_limit_ > record::default_record_limit)
    refuse("record_limit must be within 4..23726566");

  client_.offer = make_offer(settings);
  client_.require_extended_master_secret = settings.require_extended_master_secret;
  client_.verify_certificate = settings.verify_peer;
  client_.roots = std::move(settings.roots);
  client_.certificate_profile = settings.certificate_profile;
  client_.crls = std::move(settings.crls);
  client_.require_crl = settings.require_crl;
  client_.random = settings.random != nullptr ? settings.random : &platform::system_random();
  client_.now = settings.now ? std::move(settings.now) : platform::now;
}

}  // namespace glasstls::tls
