// docs/handshake.md and docs/handshake.html: made by the program from a seeded run, and still true.
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <string>

#include "handshake/client.h"
#include "handshake/machine.h"
#include "handshake/server.h"
#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/support/data_files.h"

namespace glasstls::test {
namespace {

constexpr const char* document = "../docs/handshake.md";
constexpr const char* page = "../docs/handshake.html";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

/// What stands between the fence with that label and the one behind it.
std::string with_block(const std::string& text, const std::string& label,
                       const std::string& content) {
  const std::string fence = "```" + label + "\n";
  const std::size_t begin = text.find(fence);
  EXPECT_NE(begin, std::string::npos) << label;
  const std::size_t inside = begin + fence.size();
  return text.substr(0, inside) + content + text.substr(text.find("```\n", inside));
}

template <class Flow, class State>
std::string diagram() {
  std::string text = "stateDiagram-v2\n";
  for (const handshake::Arrow& arrow : handshake::arrows<Flow, State>())
    for (const std::string_view to : arrow.to)
      text += fmt::format("  {} --> {}: {}\n", arrow.from, to, arrow.on);
  return text;
}

struct Told {
  std::string text, page;
};

/// As the document tells its reader to do it, but on a free port.
Told explained() {
  const TemporaryFolder folder;
  const Server server =
      our_server({"--seed", "676c617373", "--lab", folder.file("lab"), "--reply", "yes"});
  const std::string port = std::to_string(server.port);
  Client client = run_program({GLASSTLS_PROGRAM, "explain", "127.0.0.1:" + port, "--seed",
                               "676c617373", "--ca", folder.file("lab/ca-cert.pem"), "--send",
                               "do i connect with server ?", "--html", folder.file("page.html")});
  EXPECT_EQ(client.exit_code, 0) << client.error;
  expect_orderly_stop(server);
  std::ifstream file(folder.file("page.html"), std::ios::binary);
  const std::string html((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto told = [&](const std::string& text) {
    return replaced(text, "127.0.0.1:" + port, "127.0.0.1:7777");
  };
  return {told(client.output), told(html)};
}

TEST(HandshakeDocument, TellsWhatTheProgramTells) {
  const Told told = explained();
  std::string text = read_data(document);
  text = with_block(text, "mermaid client",
                    diagram<handshake::ClientFlow, handshake::client::State>());
  text = with_block(text, "mermaid server",
                    diagram<handshake::ServerFlow, handshake::server::State>());
  text = with_block(text, "text conversation", told.text);
  EXPECT_EQ(compare_with_golden(document, text), "");
  EXPECT_EQ(compare_with_golden(page, told.page), "");
}

TEST(HandshakeDocument, IsTheSameInEveryRun) {
  const Told first = explained(), second = explained();
  EXPECT_EQ(first.text, second.text);
  EXPECT_EQ(first.page, second.page);
}

TEST(HandshakeDocument, NamesFunctionsThatAreWhereItSays) {
  const std::string text = read_data(document);
  const std::regex link(R"(\[`([A-Za-z_.]+)`\]\(\.\./([a-z0-9_/.]+)\))");
  std::size_t links = 0;
  for (std::sregex_iterator match(text.begin(), text.end(), link), last; match != last; ++match) {
    ++links;
    const std::string name = (*match)[1], path = (*match)[2];
    const std::string source = read_data("../" + path);
    if (path.ends_with(name)) continue;  // the file itself
    EXPECT_NE(source.find(name), std::string::npos) << path << " " << name;
  }
  EXPECT_GT(links, 20U);
}

}  // namespace
}  // namespace glasstls::test
