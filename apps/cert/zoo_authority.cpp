// Cases: who may sign, for what purpose, under which policies; what was revoked; and what only the
// strict profile minds.
#include "apps/cert/zoo.h"

namespace glasstls::apps {

namespace {

namespace oid = x509::oid;
using x509::KeyUsageBit;
using x509::Rule;

constexpr x509::Oid example_policy{2, 999, 2};  // 2.999 is for examples
constexpr x509::Oid unknown_extension{2, 999, 1};

void set_basic_constraints(Member& member, bool ca) {
  member.set(oid::basicConstraints, true, x509::encode(x509::BasicConstraints{ca, {}}));
}

void set_purposes(Member& member, const std::vector<x509::Oid>& purposes) {
  member.set(oid::extKeyUsage, false, x509::encode_extended_key_usage(purposes));
}

void set_policy(Member& member, const x509::Oid& policy) {
  member.set(oid::certificatePolicies, false,
             x509::encode(std::vector<x509::PolicyInformation>{{policy, {}}}));
}

void require_explicit_policy(Member& member) {
  member.set(oid::policyConstraints, true, x509::encode(x509::PolicyConstraints{0, {}}));
}

/// The intermediate's list, with these.
RevocationList list_of_intermediate(const Specimen& s, std::vector<Bytes> serial_numbers) {
  return {s.intermediate.draft.subject, &s.keys.intermediate, std::move(serial_numbers)};
}

/// A list of the root that revokes nothing.
RevocationList empty_list_of_root(const Specimen& s) {
  return {s.root.draft.subject, &s.keys.root, {}};
}

void strictly(Specimen& s) { s.profile = x509::Profile::strict; }

constexpr ZooCase cases[] = {
    // --- Who may sign -----------------------------------------------------------------------------
    {"not-a-ca", Rule::basic_constraints, "", "The intermediate's basicConstraints say cA FALSE.",
     [](Specimen& s, crypto::RandomSource&) { set_basic_constraints(s.intermediate, false); }},
    {"ca-without-basic-constraints", Rule::basic_constraints, "",
     "The intermediate has no basicConstraints: then it is no CA.",
     [](Specimen& s, crypto::RandomSource&) { s.intermediate.drop(oid::basicConstraints); }},
    {"root-not-a-ca", Rule::basic_constraints, "", "The trusted root says that it is no CA.",
     [](Specimen& s, crypto::RandomSource&) { set_basic_constraints(s.root, false); }},
    {"ca-as-leaf", Rule::basic_constraints, "CA/Browser Forum BR, 7.1.2.7.8",
     "A CA's certificate is not a server's.",
     [](Specimen& s, crypto::RandomSource&) { set_basic_constraints(s.leaf, true); }},
    {"path-too-long", Rule::path_length, "",
     "The intermediate's pathLenConstraint is 0, and a second CA follows.",
     [](Specimen& s, crypto::RandomSource& random) { s.insert_second_ca(random); }},
    {"path-too-long-for-root", Rule::path_length, "",
     "The root's pathLenConstraint is 0, and an intermediate CA follows.",
     [](Specimen& s, crypto::RandomSource&) {
       s.root.set(oid::basicConstraints, true, x509::encode(x509::BasicConstraints{true, 0}));
     }},
    {"ca-without-key-cert-sign", Rule::key_usage, "",
     "The intermediate's keyUsage lacks keyCertSign.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.set(oid::keyUsage, true, x509::encode(key_usage({KeyUsageBit::cRLSign})));
     }},
    {"version-1-leaf", Rule::version, "", "The leaf is of version 1, and has no extensions.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.draft.version = 1;
       s.leaf.draft.extensions.clear();
     }},
    {"version-1-ca", Rule::version, "",
     "The intermediate is of version 1, which cannot say whether it is a CA.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.draft.version = 1;
       s.intermediate.draft.extensions.clear();
     }},

    // --- For what ---------------------------------------------------------------------------------
    {"good-two-purposes",
     {},
     "RFC 5280, 4.2.1.12",
     "serverAuth is one of two purposes.",
     [](Specimen& s, crypto::RandomSource&) {
       set_purposes(s.leaf, {oid::id_kp_clientAuth, oid::id_kp_serverAuth});
     }},
    {"wrong-purpose", Rule::extended_key_usage, "",
     "The leaf is for clients, and judged as a server.",
     [](Specimen& s, crypto::RandomSource&) { set_purposes(s.leaf, {oid::id_kp_clientAuth}); }},
    {"server-as-client", Rule::extended_key_usage, "",
     "The leaf is for servers, and judged as a client.",
     [](Specimen& s, crypto::RandomSource&) {
       s.purpose = x509::Purpose::client;
       s.server_name.clear();
     }},
    {"any-purpose", Rule::extended_key_usage, "CA/Browser Forum BR, 7.1.2.7.10",
     "A server's certificate must name serverAuth; anyExtendedKeyUsage does not do.",
     [](Specimen& s, crypto::RandomSource&) { set_purposes(s.leaf, {oid::anyExtendedKeyUsage}); }},
    {"ca-of-wrong-purpose", Rule::extended_key_usage, "",
     "The intermediate may sign for e-mail only.",
     [](Specimen& s, crypto::RandomSource&) {
       set_purposes(s.intermediate, {oid::id_kp_emailProtection});
     }},
    {"leaf-without-digital-signature", Rule::key_usage, "",
     "Under ECDHE a server signs, and this key may not.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.set(oid::keyUsage, true, x509::encode(key_usage({KeyUsageBit::keyAgreement})));
     }},
    {"unknown-critical", Rule::critical_extensions, "",
     "The leaf has a critical extension that nobody knows.",
     [](Specimen& s, crypto::RandomSource&) {
       s.leaf.set(unknown_extension, true, {0x05, 0x00});
     }},
    {"unknown-critical-in-ca", Rule::critical_extensions, "",
     "The intermediate has a critical extension that nobody knows.",
     [](Specimen& s, crypto::RandomSource&) {
       s.intermediate.set(unknown_extension, true, {0x05, 0x00});
     }},

    // --- Policies ---------------------------------------------------------------------------------
    {"good-explicit-policy",
     {},
     "RFC 5280, 6.1.5",
     "An explicit policy is required, and one runs through the whole path.",
     [](Specimen& s, crypto::RandomSource&) {
       require_explicit_policy(s.intermediate);
       set_policy(s.intermediate, example_policy);
       set_policy(s.leaf, example_policy);
     }},
    {"explicit-policy-missing", Rule::policy, "RFC 5280, 6.1.5",
     "The intermediate requires an explicit policy, and the leaf has none.",
     [](Specimen& s, crypto::RandomSource&) {
       require_explicit_policy(s.intermediate);
       set_policy(s.intermediate, example_policy);
     }},
    {"any-policy-inhibited", Rule::policy, "RFC 5280, 4.2.1.14",
     "The leaf's anyPolicy does not count, because the intermediate inhibits it.",
     [](Specimen& s, crypto::RandomSource&) {
       require_explicit_policy(s.intermediate);
       set_policy(s.intermediate, example_policy);
       s.intermediate.set(oid::inhibitAnyPolicy, true, x509::encode_inhibit_any_policy(0));
       set_policy(s.leaf, oid::anyPolicy);
     }},

    // --- Revocation -------------------------------------------------------------------------------
    {"good-not-revoked",
     {},
     "RFC 5280, 6.3",
     "The CRLs are current, and list somebody else.",
     [](Specimen& s, crypto::RandomSource&) {
       s.crls = {list_of_intermediate(s, {{0x01}}), empty_list_of_root(s)};
       s.require_crl = true;
     }},
    {"revoked", Rule::revocation, "", "The intermediate's CRL lists the leaf.",
     [](Specimen& s, crypto::RandomSource&) {
       s.crls = {list_of_intermediate(s, {s.leaf.draft.serial_number})};
     }},
    {"revoked-intermediate", Rule::revocation, "", "The root's CRL lists the intermediate.",
     [](Specimen& s, crypto::RandomSource&) {
       s.crls = {empty_list_of_root(s)};
       s.crls[0].serial_numbers = {s.intermediate.draft.serial_number};
     }},
    {"stale-crl", Rule::revocation, "",
     "A current CRL is required, and the only one is past its nextUpdate.",
     [](Specimen& s, crypto::RandomSource&) {
       s.crls = {list_of_intermediate(s, {}), empty_list_of_root(s)};
       s.crls[0].this_update = zoo_times.before;
       s.crls[0].next_update = zoo_times.from;
       s.require_crl = true;
     }},
    {"forged-crl", Rule::revocation, "",
     "A current CRL is required, and a stranger signed the only one.",
     [](Specimen& s, crypto::RandomSource&) {
       s.crls = {list_of_intermediate(s, {}), empty_list_of_root(s)};
       s.crls[0].signer = &s.keys.stranger;
       s.require_crl = true;
     }},

    // --- What the strict profile minds ------------------------------------------------------------
    {"strict-basic-constraints-not-critical", Rule::criticality, "RFC 5280, 4.2.1.9",
     "A CA's basicConstraints must be critical.",
     [](Specimen& s, crypto::RandomSource&) {
       strictly(s);
       s.intermediate.set(oid::basicConstraints, false,
                          x509::encode(x509::BasicConstraints{true, 0}));
     }},
    {"strict-ca-without-key-usage", Rule::key_usage, "RFC 5280, 4.2.1.3",
     "A CA must have a keyUsage.",
     [](Specimen& s, crypto::RandomSource&) {
       strictly(s);
       set_basic_constraints(s.intermediate, true);
       s.intermediate.drop(oid::keyUsage);
     }},
    {"strict-ca-without-ski", Rule::key_identifiers, "RFC 5280, 4.2.1.2",
     "A CA must have a subjectKeyIdentifier.",
     [](Specimen& s, crypto::RandomSource&) {
       strictly(s);
       s.intermediate.drop(oid::subjectKeyIdentifier);
     }},
    {"strict-leaf-without-aki", Rule::key_identifiers, "RFC 5280, 4.2.1.1",
     "What is not self-signed must have an authorityKeyIdentifier.",
     [](Specimen& s, crypto::RandomSource&) {
       strictly(s);
       s.leaf.drop(oid::authorityKeyIdentifier);
     }},
    {"strict-leaf-without-purpose", Rule::extended_key_usage, "CA/Browser Forum BR, 7.1.2.7.6",
     "A leaf must have an extKeyUsage.",
     [](Specimen& s, crypto::RandomSource&) {
       strictly(s);
       s.leaf.drop(oid::extKeyUsage);
     }},
    {"strict-empty-subject", Rule::subject, "RFC 5280, 4.1.2.6",
     "Without a subject, subjectAltName must be critical.",
     [](Specimen& s, crypto::RandomSource&) {
       strictly(s);
       s.leaf.draft.subject = {};
     }},
};

}  // namespace

std::span<const ZooCase> zoo_authority_cases() { return cases; }

}  // namespace glasstls::apps
