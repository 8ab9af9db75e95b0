#include "inspect/page/html.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "crypto/hash.h"
#include "inspect/embedded.h"
#include "inspect/make_document.h"
#include "inspect/redact.h"
#include "tests/inspect/recorded.h"
#include "tests/support/identity.h"
#include "x509/pem.h"

namespace glasstls::inspect {
namespace {

const Document& sample() {
  static const Document document = [] {
    test::RecordedPeers peers(true);
    return make_document(peers.connect().client);
  }();
  return document;
}

/// What stands between two marks, the first of its kind.
std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return {};
  const std::size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

std::string script_of(const std::string& page) {
  return between(page, "<script type=\"module\">", "</script>");
}
std::string documents_of(const std::string& page) {
  return between(page, "<script type=\"application/json\" id=\"documents\">", "</script>");
}
std::string words_of(const std::string& page) {
  return between(page, "<script type=\"application/json\" id=\"words\">", "</script>");
}
std::string policy_of(const std::string& page) {
  return between(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"");
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

std::string hash_of(const std::string& text) {
  return "'sha256-" +
         x509::base64_encode(
             crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(text)).view()) +
         "'";
}

TEST(HtmlPage, AllowsItsOwnScriptAndStyleByTheirHashesAndNothingElse) {
  const std::string page = to_html({sample()});
  ASSERT_GT(script_of(page).size(), 10'000U);
  EXPECT_EQ(policy_of(page), "default-src 'none'; script-src " + hash_of(script_of(page)) +
                                 "; style-src " + hash_of(between(page, "<style>", "</style>")) +
                                 "; img-src data:; base-uri 'none'; form-action 'none'");
}

TEST(HtmlPage, HasTheSameHashesWhateverTheDocument) {
  EXPECT_EQ(policy_of(to_html({sample()})), policy_of(to_html({})));
}

TEST(HtmlPage, NeedsNothingFromElsewhere) {
  const std::string page = to_html({sample()});
  for (const char* mark : {"<link", "<img", "<iframe", " src=", "@import", "url(http", "import(",
                           "fetch(", "XMLHttpRequest", "{{"})
    EXPECT_EQ(page.find(mark), std::string::npos) << mark;
  // What the policy would forbid.
  for (const char* mark : {" style=\"", " onclick=", "innerHTML", "outerHTML", "insertAdjacentHTML",
                           "document.write", "eval("})
    EXPECT_EQ(page.find(mark), std::string::npos) << mark;
}

TEST(HtmlPage, HoldsEveryScriptThatThereIs) {
  const std::string script = script_of(to_html({}));
  std::size_t files = 0;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with("page/") || !file.path.ends_with(".js")) continue;
    ++files;
    EXPECT_NE(script.find(file.content), std::string::npos) << file.path;
  }
  EXPECT_GT(files, 10U);
}

TEST(HtmlPage, HoldsTheDocumentAsTheJsonOption) {
  const auto json = nlohmann::json::parse(documents_of(to_html({sample()})));
  EXPECT_EQ(json["schema"], 1);
  ASSERT_EQ(json["documents"].size(), 1U);
  EXPECT_EQ(json["documents"][0]["connection"]["server_name"], "server.test");
  EXPECT_EQ(json["documents"][0]["messages"].size(), sample().messages.size());
}

TEST(HtmlPage, LetsNoNameOutOfItsPlace) {
  Document document = sample();
  const std::string name = "</script><script>alert(1)</script><!--\u2028\u2029";
  document.connection.server_name = name;
  document.certificates.front().subject = name;
  const std::string page = to_html({document});
  EXPECT_EQ(count(page, "</script>"), 3U);
  EXPECT_EQ(page.find("<!--"), std::string::npos);
  const std::string json = documents_of(page);
  EXPECT_EQ(json.find('<'), std::string::npos);
  EXPECT_EQ(json.find("\u2028"), std::string::npos);
  EXPECT_EQ(json.find("\u2029"), std::string::npos);
  const auto read = nlohmann::json::parse(json);
  EXPECT_EQ(read["documents"][0]["connection"]["server_name"], name);
}

TEST(HtmlPage, FillsInNothingThatAPeerWrote) {
  Document document = sample();
  document.connection.server_name = "{{script}}";
  const std::string page = to_html({document});
  EXPECT_EQ(nlohmann::json::parse(documents_of(page))["documents"][0]["connection"]["server_name"],
            "{{script}}");
}

TEST(HtmlPage, SurvivesBytesThatAreNoText) {
  Document document = sample();
  document.connection.server_name = "\xff\xfe\xc0<";
  EXPECT_FALSE(nlohmann::json::parse(documents_of(to_html({document}))).is_discarded());
}

TEST(HtmlPage, HoldsTheWordsThatItUsesInBothLanguages) {
  const auto words = nlohmann::json::parse(words_of(to_html({sample()})));
  for (const char* language : {"en", "zh"})
    for (const char* key : {"page.section.conversation", "summary.ClientHello", "outcome.closed",
                            "check.server_signature"})
      EXPECT_TRUE(words[language].contains(key)) << language << " " << key;
  EXPECT_FALSE(words["en"].contains("outcome.reset"));
  EXPECT_NE(words["en"]["page.section.conversation"], words["zh"]["page.section.conversation"]);
}

/// Keys in the sources; one that ends in a dot is the beginning of several.
TEST(HtmlPage, HasWordsForEveryKeyInItsSources) {
  const std::string page = to_html({});
  const auto words = nlohmann::json::parse(words_of(page))["en"];
  const std::string sources = script_of(page) + between(page, "<body>", "<script");
  for (std::size_t at = sources.find("\"page."); at != std::string::npos;
       at = sources.find("\"page.", at + 1)) {
    const std::string key = sources.substr(at + 1, sources.find('"', at + 1) - at - 1);
    const bool is_parted = key.starts_with("page.step.") && words.contains(key + ".client");
    if (key == "page.html" || key == "page.css") continue;
    EXPECT_TRUE(words.contains(key) || is_parted) << key;
  }
}

TEST(HtmlPage, OpensInTheLanguageThatIsWanted) {
  EXPECT_NE(to_html({}, {Language::chinese, 0}).find("<html lang=\"zh\">"), std::string::npos);
  EXPECT_NE(to_html({}).find("<html lang=\"en\">"), std::string::npos);
}

TEST(HtmlPage, HoldsTwentyConnectionsAndSaysHowManyThereWere) {
  Document small;
  const auto given = [&small](std::size_t documents, std::uint64_t connections) {
    return nlohmann::json::parse(documents_of(
        to_html(std::vector<Document>(documents, small), {Language::english, connections})));
  };
  EXPECT_EQ(given(20, 0)["documents"].size(), 20U);
  EXPECT_EQ(given(20, 0)["total"], 20);
  EXPECT_EQ(given(21, 0)["documents"].size(), 20U);
  EXPECT_EQ(given(21, 0)["total"], 21);
  EXPECT_EQ(given(3, 10'000)["documents"].size(), 3U);
  EXPECT_EQ(given(3, 10'000)["total"], 10'000);
  EXPECT_EQ(given(0, 0)["total"], 0);
}

TEST(HtmlPage, OfARedactedDocumentHoldsNoSecret) {
  Document document = sample();
  redact(document);
  const std::string page = to_html({document});
  for (const Secret& secret : sample().secrets)
    if (!secret.is_public && !secret.output.empty()) {
      EXPECT_EQ(page.find(wire::hex(secret.output)), std::string::npos) << secret.name;
    }
}

}  // namespace
}  // namespace glasstls::inspect
