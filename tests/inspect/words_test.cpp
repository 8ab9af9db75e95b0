// Whether the catalogue has words for all that documents speak of.
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "handshake/client.h"
#include "handshake/machine.h"
#include "handshake/registry.h"
#include "handshake/server.h"
#include "inspect/embedded.h"
#include "inspect/make_document.h"
#include "inspect/words/catalogue.h"
#include "tests/inspect/certificate_samples.h"
#include "tests/inspect/recorded.h"
#include "tests/support/identity.h"
#include "wire/field.h"
#include "x509/certificate.h"

namespace glasstls::inspect {
namespace {

const Catalogue& english() { return Catalogue::get(Language::english); }

std::multimap<std::string, std::string> sentences_below(std::string_view folder) {
  std::multimap<std::string, std::string> all;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(folder)) all.merge(parse_sentences(file.content));
  return all;
}

/// Keys that are missing, each once.
using Missing = std::set<std::string>;

/// Full and mutual, then resumed, with tickets and with session IDs, seen by either side.
std::vector<Document> documents_of_live_handshakes() {
  std::vector<Document> documents;
  for (const bool tickets : {true, false}) {
    test::RecordedPeers peers(tickets);
    DocumentOptions options;
    options.roots = test::roots();
    options.at = test::in_validity();
    options.ticket_keys = peers.ticket_keys;
    for (int connection = 0; connection < 2; ++connection) {
      const test::RecordedPair recorded = peers.connect();
      documents.push_back(make_document(recorded.client, options));
      documents.push_back(make_document(recorded.server, options));
    }
  }
  return documents;
}

TEST(Words, OfAKeyStandInOneFileOnly) {
  for (const Language language : languages()) {
    std::map<std::string, std::string_view> places;
    for (const EmbeddedFile& file : embedded_files()) {
      if (!file.path.starts_with("words/" + std::string(code_of(language)) + "/")) continue;
      for (const auto& [key, sentence] : parse_sentences(file.content)) {
        const auto [place, is_new] = places.emplace(key, file.path);
        EXPECT_TRUE(is_new) << key << " stands in " << place->second << " and " << file.path;
      }
    }
    EXPECT_GT(places.size(), 700U);
  }
}

TEST(Words, StandInFilesOfTheSameNamesForEachLanguage) {
  const auto names = [](std::string_view folder) {
    std::set<std::string> found;
    for (const EmbeddedFile& file : embedded_files())
      if (file.path.starts_with(folder)) found.emplace(file.path.substr(folder.size()));
    return found;
  };
  EXPECT_EQ(names("words/en/"), names("words/zh/"));
}

TEST(Words, ForValuesServeAllFieldsOfTheirRegistry) {
  EXPECT_EQ(english().find("value.namedcurve.x25519"), english().find("value.named_group.x25519"));
  for (const auto& [alias, origin] : sentences_below("words/aliases")) {
    const auto row = english().sentences().lower_bound(origin + ".");
    ASSERT_NE(row, english().sentences().end()) << origin;
    EXPECT_TRUE(row->first.starts_with(origin + ".")) << alias << " refers to nothing: " << origin;
    EXPECT_TRUE(english().has(alias + row->first.substr(origin.size()))) << alias;
  }
}

TEST(Sections, BelongToKeysThatHaveWords) {
  const auto sections = sentences_below("words/sections/");
  EXPECT_GT(sections.size(), 300U);
  for (const auto& [key, section] : sections) {
    EXPECT_TRUE(english().has(key)) << key;
    EXPECT_EQ(sections.count(key), 1U) << key;
    EXPECT_EQ(section_of(key), section);
    EXPECT_TRUE(section.starts_with("RFC ") || section.starts_with("X.690, ") ||
                section.starts_with("draft-"))
        << key << ": " << section;
  }
  EXPECT_EQ(section_of("field.ClientHello.random"), "RFC 5246, 7.4.1.2");
  EXPECT_EQ(section_of("no.such.key"), "");
}

TEST(Words, ExplainEveryFieldOfLiveHandshakes) {
  Missing words, sections;
  for (const Document& document : documents_of_live_handshakes())
    for (const Field& field : document.fields) {
      if (field.meaning.empty()) words.insert(field.path);
      if (field.section.empty()) sections.insert(field.path + " (" + field.meaning.key + ")");
    }
  EXPECT_EQ(words, Missing{});
  EXPECT_EQ(sections, Missing{});
}

TEST(Words, ExplainValuesOfLiveHandshakes) {
  std::set<std::string> said;
  for (const Document& document : documents_of_live_handshakes())
    for (const Field& field : document.fields) said.insert(field.value_meaning.key);
  for (const char* key :
       {"value.namedcurve.x25519", "value.algorithm.rsa_pss_rsae_sha256", "value.cipher_suite",
        "extension.session_ticket", "value.client_version.TLS 1.2", "value.type.handshake",
        "value.extnID.subjectAltName", "value.KeyPurposeId.id-kp-serverAuth",
        "value.algorithm.rsaEncryption", "value.description.close_notify"})
    EXPECT_TRUE(said.contains(key)) << key;
}

TEST(Words, ExplainMessagesSecretsAndChecksOfLiveHandshakes) {
  Missing missing;
  const auto want = [&missing](const std::string& key) {
    if (!english().has(key)) missing.insert(key);
  };
  for (const Document& document : documents_of_live_handshakes()) {
    for (const Message& message : document.messages) {
      want("message." + message.name);
      want(message.summary.key);
    }
    for (const Secret& secret : document.secrets) {
      want("secret." + secret.name);
      if (!secret.reason.empty()) want(secret.reason.key);
    }
    for (const Check& check : document.checks) {
      want("check." + check.name);
      want("check." + check.name + ".why");
      want(check.reason.key);
    }
    want(document.connection.outcome.key);
  }
  EXPECT_EQ(missing, Missing{});
}

TEST(Words, ExplainEveryElementOfCertificates) {
  Missing missing;
  for (const char* file :
       {"server-rsa.pem", "server-rsa-pss.pem", "server-ec256.pem", "server-ed25519.pem",
        "ca-rsa.pem", "constrained-ca.pem", "excluded-ca.pem", "policy-required.pem",
        "path-length-ca.pem", "any-eku.pem", "cn-only.pem"}) {
    FieldTree tree;
    ASSERT_TRUE(x509::Certificate::parse(test::sample_der(file), &tree)) << file;
    for (const wire::Field& field : tree.fields()) {
      const std::string name(field.name);
      if (!english().has("field.Certificate." + name) && !english().has("field." + name))
        missing.insert(name);
      const std::string value = "value." + name + "." + field.text;
      if ((name == "extnID" || name == "KeyPurposeId" || name == "type" || name == "namedCurve") &&
          !english().has(value))
        missing.insert(value);
    }
  }
  EXPECT_EQ(missing, Missing{});
}

TEST(Words, ExplainEveryStateOfBothMachines) {
  Missing missing;
  const auto want = [&missing](const std::string& key) {
    if (!english().has(key)) missing.insert(key);
  };
  const auto client = handshake::arrows<handshake::ClientFlow, handshake::client::State>();
  const auto server = handshake::arrows<handshake::ServerFlow, handshake::server::State>();
  for (const auto& [prefix, arrows] :
       {std::pair{"state.client.", &client}, std::pair{"state.server.", &server}})
    for (const handshake::Arrow& arrow : *arrows) {
      want(prefix + std::string(arrow.from));
      for (const std::string_view to : arrow.to) want(prefix + std::string(to));
    }
  EXPECT_EQ(missing, Missing{});
}

/// Keys without words, of all named values of one registry.
template <class T>
Missing without_words(const std::string& prefix, unsigned last) {
  Missing missing;
  for (unsigned number = 0; number <= last; ++number) {
    const std::string name(name_of(static_cast<T>(number)));
    if (name.empty() || name == "GREASE") continue;
    if (!english().has(prefix + name)) missing.insert(prefix + name);
  }
  return missing;
}

TEST(Words, ExplainEveryExtensionAndAlertThatHasAName) {
  EXPECT_EQ(without_words<handshake::ExtensionType>("extension.", 0xffff), Missing{});
  EXPECT_EQ(without_words<AlertDescription>("value.description.", 0xff), Missing{});
  EXPECT_EQ(without_words<AlertLevel>("value.level.", 0xff), Missing{});
  EXPECT_EQ(without_words<handshake::CompressionMethod>("value.compression_method.", 1), Missing{});
  EXPECT_EQ(without_words<handshake::ECPointFormat>("value.ec_point_format_list.", 0xff),
            Missing{});
  EXPECT_EQ(without_words<handshake::ECCurveType>("value.curve_type.", 0xff), Missing{});
}

TEST(Words, ExplainWhatGlassTlsNegotiates) {
  for (const crypto::GroupParameters& group : crypto::all_groups())
    EXPECT_TRUE(english().has("value.named_group_list." + std::string(group.name))) << group.name;
  for (const crypto::SchemeParameters& scheme : crypto::all_schemes())
    EXPECT_TRUE(english().has("value.algorithm." + std::string(scheme.name))) << scheme.name;
  for (const ProtocolVersion version :
       {ProtocolVersion::ssl30, ProtocolVersion::tls10, ProtocolVersion::tls11,
        ProtocolVersion::tls12, ProtocolVersion::tls13})
    EXPECT_TRUE(english().has("value.client_version." + std::string(name_of(version))));
}

}  // namespace
}  // namespace glasstls::inspect
