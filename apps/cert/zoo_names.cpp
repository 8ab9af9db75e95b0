// Cases: names of servers, and which names a CA may vouch for.
#include "apps/cert/zoo.h"

namespace glasstls::apps {

namespace {

namespace oid = x509::oid;
using x509::Rule;
using Names = std::vector<x509::GeneralName>;

void present(Specimen& s, const Names& names) {
  s.leaf.set(oid::subjectAltName, false, x509::encode(names));
}

/// The leaf presents one DNS name, and this server is meant.
void present(Specimen& s, std::string_view dns, const char* server) {
  present(s, {dns_name(dns)});
  s.server_name = server;
}

void constrain(Specimen& s, const Names& permitted, const Names& excluded) {
  s.intermediate.set(oid::nameConstraints, true,
                     x509::encode(x509::NameConstraints{permitted, excluded}));
}

const Bytes& documentation_net() {  // 192.0.2.0/24, where the leaf is
  static const Bytes net{192, 0, 2, 0, 255, 255, 255, 0};
  return net;
}

const Bytes& other_net() {  // 198.51.100.0/24
  static const Bytes net{198, 51, 100, 0, 255, 255, 255, 0};
  return net;
}

x509::GeneralName directory(std::string_view common_name) {
  return {x509::GeneralNameKind::directoryName, {}, zoo_name(common_name)};
}

x509::GeneralName email(std::string_view address) {
  return {x509::GeneralNameKind::rfc822Name, wire::copy(wire::as_bytes(address)), {}};
}

constexpr ZooCase cases[] = {
    // --- Whose certificate it is ------------------------------------------------------------------
    {"good-ip-address",
     {},
     "RFC 9525, 6.4",
     "The server is meant by its address, an iPAddress.",
     [](Specimen& s, crypto::RandomSource&) { s.server_name = "192.0.2.1"; }},
    {"good-wildcard",
     {},
     "RFC 9525, 6.3",
     "A wildcard stands for one whole leftmost label.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "*.example.test", "www.example.test"); }},
    {"good-upper-case",
     {},
     "RFC 9525, 6.3",
     "DNS names do not tell cases apart.",
     [](Specimen& s, crypto::RandomSource&) {
       present(s, "WWW.Example.TEST", "www.example.test");
     }},
    {"good-empty-subject",
     {},
     "RFC 5280, 4.1.2.6",
     "A critical subjectAltName does in place of a subject.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.subject = {};
       s.leaf.set(oid::subjectAltName, true, x509::encode(Names{dns_name("www.example.test")}));
     }},
    {"wrong-name", Rule::server_name, "", "The certificate is another server's.",
     [](Specimen& s, crypto::RandomSource&) { s.server_name = "mail.example.test"; }},
    {"wrong-address", Rule::server_name, "", "The certificate is for another address.",
     [](Specimen& s, crypto::RandomSource&) { s.server_name = "192.0.2.2"; }},
    {"common-name-only", Rule::server_name, "RFC 9525, 6.3",
     "The name is in the common name only, which does not count.",
     [](Specimen& s, crypto::RandomSource&) { s.leaf.drop(oid::subjectAltName); }},
    {"common-name-beside-others", Rule::server_name, "RFC 9525, 6.3",
     "The common name is right, the subjectAltName is another's.",
     [](Specimen& s, crypto::RandomSource&) { present(s, {dns_name("mail.example.test")}); }},
    {"address-as-dns-name", Rule::server_name, "RFC 9525, 6.4",
     "An address in a dNSName is not an iPAddress.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "192.0.2.1", "192.0.2.1"); }},
    {"wildcard-two-labels", Rule::server_name, "RFC 9525, 6.3",
     "A wildcard stands for one label only.",
     [](Specimen& s, crypto::RandomSource&) {
       present(s, "*.example.test", "a.www.example.test");
     }},
    {"wildcard-no-label", Rule::server_name, "RFC 9525, 6.3",
     "A wildcard does not stand for no label.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "*.example.test", "example.test"); }},
    {"wildcard-top-level", Rule::server_name, "RFC 9525, 7.1",
     "A wildcard directly below a top-level domain would be for everybody.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "*.test", "example.test"); }},
    {"wildcard-alone", Rule::server_name, "RFC 9525, 7.1",
     "A wildcard alone would be for everybody.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "*", "localhost"); }},
    {"wildcard-partial", Rule::server_name, "RFC 9525, 6.3", "A wildcard must be a whole label.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "w*.example.test", "www.example.test"); }},
    {"wildcard-inside", Rule::server_name, "RFC 9525, 6.3",
     "A wildcard must be the leftmost label.",
     [](Specimen& s, crypto::RandomSource&) { present(s, "www.*.test", "www.example.test"); }},
    {"nul-in-name", Rule::encoding, "RFC 5280, 4.2.1.6",
     "A NUL hides the true end of the name from programs in C.",
     [](Specimen& s, crypto::RandomSource&) {
       using namespace std::string_view_literals;
       present(s, "www.example.test\0.example.net"sv, "www.example.test");
     }},

    // --- Name constraints -------------------------------------------------------------------------
    {"good-permitted",
     {},
     "RFC 5280, 4.2.1.10",
     "The intermediate may vouch for example.test and 192.0.2.0/24, and does.",
     [](Specimen& s, crypto::RandomSource&) {
       constrain(s, {dns_name("example.test"), ip_address(documentation_net())}, {});
     }},
    {"good-not-excluded",
     {},
     "RFC 5280, 4.2.1.10",
     "What is excluded is somebody else's.",
     [](Specimen& s, crypto::RandomSource&) {
       constrain(s, {}, {dns_name("ww.example.test"), ip_address(other_net())});
     }},
    {"dns-not-permitted", Rule::name_constraints, "",
     "The intermediate may vouch for names below example.net only.",
     [](Specimen& s, crypto::RandomSource&) { constrain(s, {dns_name("example.net")}, {}); }},
    {"dns-not-permitted-suffix", Rule::name_constraints, "",
     "ample.test is a suffix of the text, but not of the labels.",
     [](Specimen& s, crypto::RandomSource&) { constrain(s, {dns_name("ample.test")}, {}); }},
    {"dns-excluded", Rule::name_constraints, "", "Names below example.test are excluded.",
     [](Specimen& s, crypto::RandomSource&) { constrain(s, {}, {dns_name("example.test")}); }},
    {"dns-excluded-by-root", Rule::name_constraints, "",
     "The root's constraints hold for the leaf too.",
     [](Specimen& s, crypto::RandomSource&) {
       s.root.set(oid::nameConstraints, true,
                  x509::encode(x509::NameConstraints{{}, {dns_name("example.test")}}));
     }},
    {"wildcard-excluded", Rule::name_constraints, "",
     "One of the names that the wildcard stands for is excluded.",
     [](Specimen& s, crypto::RandomSource&) {
       present(s, {dns_name("*.example.test"), dns_name("www.example.test")});
       constrain(s, {}, {dns_name("secret.example.test")});
     }},
    {"ip-not-permitted", Rule::name_constraints, "",
     "The leaf's address is outside 198.51.100.0/24.",
     [](Specimen& s, crypto::RandomSource&) { constrain(s, {ip_address(other_net())}, {}); }},
    {"ip-excluded", Rule::name_constraints, "", "The leaf's address is within 192.0.2.0/24.",
     [](Specimen& s, crypto::RandomSource&) {
       constrain(s, {}, {ip_address(documentation_net())});
     }},
    {"directory-not-permitted", Rule::name_constraints, "",
     "The leaf's subject is not below the directory name that is permitted.",
     [](Specimen& s, crypto::RandomSource&) { constrain(s, {directory("Somebody else")}, {}); }},
    {"email-excluded", Rule::name_constraints, "", "The leaf's e-mail address is excluded.",
     [](Specimen& s, crypto::RandomSource&) {
       present(s, {dns_name("www.example.test"), email("zoo@example.test")});
       constrain(s, {}, {email("example.test")});
     }},
};

}  // namespace

std::span<const ZooCase> zoo_name_cases() { return cases; }

}  // namespace glasstls::apps
