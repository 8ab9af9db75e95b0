#include "tests/interop/tutorial.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <regex>
#include <stdexcept>
#include <utility>

#include "platform/files.h"
#include "tests/interop/our_server.h"

namespace glasstls::test {

namespace {

constexpr const char* shown_port = "7777";

std::string with_port(const std::string& command, const std::string& port) {
  return std::regex_replace(command, std::regex(shown_port), port);
}

}  // namespace

std::string content_of(const std::string& path) {
  const platform::FileContent content = platform::read_file(path);
  if (!content) throw std::runtime_error(content.error().what);
  return {content.bytes().begin(), content.bytes().end()};
}

std::string document_path(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/../docs/" + name;
}

std::string without_ports_and_breaks(const std::string& text) {
  const std::string same_port =
      std::regex_replace(text, std::regex("127\\.0\\.0\\.1:[0-9]+"), "127.0.0.1:PORT");
  return std::regex_replace(same_port, std::regex("\\s+"), " ");
}

Tutorial::Tutorial() : blocks_(code_blocks(content_of(document_path("tutorial.md")))) {
  std::filesystem::copy(document_path("tutorial"), folder_.path());
}

const std::string& Tutorial::block(const std::string& label) const {
  const std::string* found = nullptr;
  for (const CodeBlock& block : blocks_) {
    if (block.label != label) continue;
    if (found != nullptr) throw std::runtime_error("two code blocks: " + label);
    found = &block.text;
  }
  if (found == nullptr) throw std::runtime_error("no such code block: " + label);
  return *found;
}

Words Tutorial::in_folder(const std::string& command) const {
  const std::string ours = std::filesystem::path(GLASSTLS_PROGRAM).parent_path().string();
  const char* path = std::getenv("PATH");
  return {"env", "-C", folder_.path(),         "PATH=" + ours + ":" + (path == nullptr ? "" : path),
          "sh",  "-c", "exec 2>&1\n" + command};
}

Client Tutorial::run(const std::string& command) const { return run_program(in_folder(command)); }

Tutorial::Conversation Tutorial::converse(const std::string& server_command,
                                          const std::string& client_command) const {
  Process server(in_folder(with_port(server_command, "0")));
  const std::string port = server.wait_for_line("listening on 127.0.0.1:");
  if (port.empty()) throw std::runtime_error("does not listen: " + server.describe());
  Process client(in_folder(with_port(client_command, port)));
  client.end_input();
  Conversation conversation;
  conversation.client = end_of(client);
  conversation.server = end_of(server);
  return conversation;
}

Tutorial::Conversation Tutorial::converse_as_shown(const std::string& server_name,
                                                   const std::string& client_name) const {
  Conversation conversation = converse(block("sh " + server_name), block("sh " + client_name));
  const auto& [server, client] = conversation;
  EXPECT_EQ(server.exit_code, 0) << server.all;
  EXPECT_EQ(client.exit_code, 0) << client.all;
  EXPECT_EQ(without_ports_and_breaks(server.output + "\n"),
            without_ports_and_breaks(block("text " + server_name)));
  EXPECT_EQ(without_ports_and_breaks(client.output + "\n"),
            without_ports_and_breaks(block("text " + client_name)));
  return conversation;
}

}  // namespace glasstls::test
