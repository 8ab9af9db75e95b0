#include "tests/interop/our_server.h"

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>

namespace glasstls::test {

Server our_server(const Words& options) {
  Words command = {GLASSTLS_PROGRAM, "server", "--listen", "127.0.0.1:0"};
  command.insert(command.end(), options.begin(), options.end());
  Server server;
  server.process = std::make_unique<Process>(std::move(command));
  const std::string label = "listening on 127.0.0.1:";
  if (!server.process->wait_for(label))
    throw std::runtime_error("does not listen: " + server.process->describe());
  const std::string& said = server.process->error();  // the line is written by one call
  server.port =
      static_cast<std::uint16_t>(std::stoul(said.substr(said.find(label) + label.size())));
  return server;
}

Server our_server(const std::vector<Identity>& identities, const Words& options) {
  Words words;
  for (const Identity& identity : identities)
    words.insert(words.end(), {"--cert", identity.certificate, "--key", identity.key});
  words.insert(words.end(), options.begin(), options.end());
  return our_server(words);
}

void expect_orderly_stop(const Server& server) {
  EXPECT_EQ(server.process->stop(SIGTERM), 0) << server.process->describe();
}

std::size_t memory_of(const Server& server) {
  std::ifstream status("/proc/" + std::to_string(server.process->pid()) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    std::size_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  throw std::runtime_error("the server has ended: " + server.process->describe());
}

Client run_program(const Words& command, const std::string& input) {
  Process process(command);
  process.send(input);
  process.end_input();
  return end_of(process);
}

std::vector<nlohmann::json> json_lines(const Process& process) {
  std::vector<nlohmann::json> lines;
  std::istringstream text(process.output());
  for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

}  // namespace glasstls::test
