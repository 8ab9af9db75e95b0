// `glasstls explain`: captures and what is wrong with them, live handshakes, and what they leave behind.
#include <fstream>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/support/data_files.h"

namespace glasstls::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string tutorial = GLASSTLS_TEST_DATA "/../docs/tutorial/";

Client explain(Words options) {
  options.insert(options.begin(), {GLASSTLS_PROGRAM, "explain"});
  return run_program(options);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string written(const TemporaryFolder& folder, const std::string& name,
                    const std::string& content) {
  const std::string path = folder.file(name);
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

json explained(const Words& options) {
  Words all = options;
  all.emplace_back("--json");
  const Client client = explain(all);
  EXPECT_EQ(client.exit_code, 0) << client.error;
  return json::parse(client.output);
}

/// The verdict of a check; empty if the document lacks it.
std::string verdict(const json& document, const std::string& name) {
  for (const json& check : document["checks"])
    if (check["name"] == name) return check["verdict"];
  return {};
}

/// Our server with a lab, and our client or explain.
struct Lab {
  TemporaryFolder folder;
  Server server;
  explicit Lab(Words options) : server(start(folder, std::move(options))) {}
  std::string ca() const { return folder.file("lab/ca-cert.pem"); }
  std::string address() const { return "127.0.0.1:" + std::to_string(server.port); }

 private:
  static Server start(const TemporaryFolder& folder, Words options) {
    options.insert(options.end(), {"--lab", folder.file("lab")});
    return our_server(options);
  }
};

// --- Captures --------------------------------------------------------------------------------------

TEST(ExplainCapture, OpensItWithItsKeyLog) {
  const json all =
      explained({tutorial + "handshake.pcap", "--keylog", tutorial + "handshake.keys"});
  ASSERT_EQ(all["documents"].size(), 1U);
  const json& document = all["documents"][0];
  EXPECT_EQ(document["connection"]["server_name"], "test");
  for (const char* name : {"server_signature", "client_finished", "server_finished",
                           "client_record_tags", "server_record_tags", "key_block"})
    EXPECT_EQ(verdict(document, name), "passed") << name;
  EXPECT_EQ(verdict(document, "certificate_chain"), "failed");  // its CA is nobody's
  EXPECT_EQ(verdict(document, "master_secret"), "not_checkable");
}

TEST(ExplainCapture, WithoutAKeyLogExplainsWhatIsInTheClear) {
  const json document = explained({tutorial + "handshake.pcap"})["documents"][0];
  EXPECT_EQ(verdict(document, "server_signature"), "passed");
  EXPECT_EQ(verdict(document, "client_record_tags"), "not_checkable");
  for (const json& secret : document["secrets"])
    EXPECT_TRUE(secret["is_public"] || secret["state"] != "known") << secret["name"];
}

TEST(ExplainCapture, IsJudgedAtTheTimeThatIsGiven) {
  const Client client = explain({tutorial + "handshake.pcap", "--at", "1999-12-31T23:59:59Z"});
  EXPECT_EQ(client.exit_code, 0);
  EXPECT_THAT(client.output, HasSubstr("1999-12-31 23:59:59"));
}

TEST(ExplainCapture, IsRefusedIfItIsNone) {
  const TemporaryFolder folder;
  for (const auto& [name, content, word] :
       {std::tuple{"empty.pcap", std::string(), "empty"},
        std::tuple{"text.pcap", std::string("hello, this is a text\n"), "not a capture"},
        std::tuple{"keys.pcap", content_of(tutorial + "handshake.keys"), "key log"},
        std::tuple{"header.pcap", content_of(tutorial + "handshake.pcap").substr(0, 24),
                   "no TLS connection"}}) {
    const Client client = explain({written(folder, name, content)});
    EXPECT_EQ(client.exit_code, 2) << name;
    EXPECT_THAT(client.error, HasSubstr(word)) << name;
  }
  const Client missing = explain({folder.file("none.pcapng")});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.error, HasSubstr("No such file"));
}

TEST(ExplainCapture, ThatIsCutIsExplainedUpToThere) {
  const TemporaryFolder folder;
  const std::string whole = content_of(tutorial + "handshake.pcap");
  const std::string path = written(folder, "cut.pcap", whole.substr(0, whole.size() * 3 / 4));
  const Client client = explain({path, "--level", "brief"});
  EXPECT_EQ(client.exit_code, 0) << client.error;
  EXPECT_THAT(client.output, HasSubstr("ServerKeyExchange"));
  EXPECT_THAT(client.error, HasSubstr("note: "));
}

TEST(ExplainCapture, RefusesASelectionThatNothingMeets) {
  const Client number = explain({tutorial + "handshake.pcap", "--connection", "7"});
  EXPECT_EQ(number.exit_code, 2);
  EXPECT_THAT(number.error, HasSubstr("none of its 1 TLS connections was selected"));
  EXPECT_EQ(explain({tutorial + "handshake.pcap", "--host", "other"}).exit_code, 2);
  EXPECT_EQ(explain({tutorial + "handshake.pcap", "--host", "test"}).exit_code, 0);
}

TEST(ExplainCapture, NamesBadLinesOfTheKeyLog) {
  const TemporaryFolder folder;
  const std::string log = written(folder, "keys.log", "CLIENT_RANDOM abc def\n");
  const Client client = explain({tutorial + "handshake.pcap", "--keylog", log});
  EXPECT_EQ(client.exit_code, 0);
  EXPECT_THAT(client.error, HasSubstr("line 1"));
}

// --- Live ------------------------------------------------------------------------------------------

TEST(ExplainLive, PassesEveryCheckOfOurServer) {
  const Lab lab({"--reply", "yes"});
  const json document = explained({lab.address(), "--ca", lab.ca(), "--send", "hello"})["document"];
  for (const json& check : document["checks"])
    EXPECT_TRUE(check["verdict"] == "passed" || check["name"] == "ticket_structure") << check;
}

TEST(ExplainLive, RefusesOptionsThatAreForCaptures) {
  for (const Words& options :
       {Words{"localhost", "--keylog", "x"}, Words{"localhost", "--connection", "1"},
        Words{"localhost", "--at", "2025-01-01T00:00:00Z"},
        Words{"localhost", "--redact", "--check-with", "openssl"},
        Words{"localhost", "--json", "--check-with", "openssl"}})
    EXPECT_EQ(explain(options).exit_code, 2);
}

TEST(ExplainLive, GivesAScriptThatOpensslAgreesWith) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Lab lab({"--reply", "yes"});
  const Client client =
      explain({lab.address(), "--ca", lab.ca(), "--send", "hello", "--check-with", "openssl"});
  ASSERT_EQ(client.exit_code, 0) << client.error;
  const TemporaryFolder folder;
  const Client checked = run_program({"sh", written(folder, "check.sh", client.output)});
  EXPECT_EQ(checked.exit_code, 0) << checked.all;
  EXPECT_THAT(checked.output, HasSubstr("ok       master_secret\n"));
}

TEST(Redaction, LeavesNoSecretInAnyOutput) {
  const Lab lab({"--reply", "a secret answer"});
  const Words live{lab.address(), "--ca", lab.ca(), "--send", "a secret question"};
  const std::string page = lab.folder.file("page.html");
  Words redacted = live;
  redacted.insert(redacted.end(), {"--redact", "--html", page, "--json"});
  const Client client = explain(redacted);
  ASSERT_EQ(client.exit_code, 0) << client.error;
  Words text = live;
  text.insert(text.end(), {"--redact", "--level", "bytes"});
  const std::string outputs =
      client.output + client.error + content_of(page) + explain(text).output;
  for (const char* word : {"a secret question", "a secret answer", "6120736563726574"})
    EXPECT_THAT(outputs, Not(HasSubstr(word)));
  const json document = json::parse(client.output)["document"];
  EXPECT_EQ(document["connection"]["redacted"], true);
  for (const json& secret : document["secrets"])
    EXPECT_TRUE(secret["is_public"] || secret["output"].is_null()) << secret["name"];
  EXPECT_EQ(verdict(document, "server_finished"), "passed");
}

// --- What our programs write as captures -----------------------------------------------------------

/// What tshark reads of the data, without being told any secret.
std::string followed(const std::string& capture, bool two_passes) {
  Words words{"tshark", "-r", capture, "-q", "-z", "follow,tls,ascii,0"};
  if (two_passes) words.emplace_back("-2");
  return run_program(words).output;
}

TEST(Capture, OfTheClientIsOpenedByTsharkAndByUs) {
  GLASSTLS_NEEDS("tshark", "tshark");
  const Lab lab({"--reply", "the answer"});
  const std::string capture = lab.folder.file("client.pcapng");
  const Client client =
      run_program({GLASSTLS_PROGRAM, "client", lab.address(), "--ca", lab.ca(), "--send",
                   "the question", "--reconnect", "1", "--capture", capture});
  ASSERT_EQ(client.exit_code, 0) << client.error;
  for (const bool two_passes : {false, true}) {
    EXPECT_THAT(followed(capture, two_passes), HasSubstr("the question"));
    EXPECT_THAT(followed(capture, two_passes), HasSubstr("the answer"));
  }
  const json all = explained({capture, "--ca", lab.ca()});
  ASSERT_EQ(all["documents"].size(), 2U);
  for (const json& document : all["documents"])
    EXPECT_EQ(verdict(document, "server_record_tags"), "passed");
  EXPECT_EQ(all["documents"][1]["connection"]["resumed"], "ticket");
}

TEST(Capture, OfTheServerIsOpenedByTsharkAndByUs) {
  GLASSTLS_NEEDS("tshark", "tshark");
  const TemporaryFolder folder;
  const std::string capture = folder.file("server.pcapng");
  const Lab lab({"--reply", "the answer", "--capture", capture, "--count", "2"});
  for (int i = 0; i < 2; ++i) {
    const Client client = run_program(
        {GLASSTLS_PROGRAM, "client", lab.address(), "--ca", lab.ca(), "--send", "the question"});
    EXPECT_EQ(client.exit_code, 0) << client.error;
  }
  EXPECT_EQ(lab.server.process->wait(), 0);
  EXPECT_THAT(followed(capture, false), HasSubstr("the answer"));
  const json all = explained({capture, "--ca", lab.ca()});
  ASSERT_EQ(all["documents"].size(), 2U);
  for (const json& document : all["documents"])
    EXPECT_EQ(verdict(document, "client_finished"), "passed");
}

}  // namespace
}  // namespace glasstls::test
