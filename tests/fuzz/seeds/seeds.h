// What makes the seeds that need our own code: the parts of make_seeds.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fuzz/setting.h"
#include "wire/bytes.h"

namespace glasstls::fuzz {

/// The directory of one target's seeds.
class Corpus {
 public:
  Corpus(const std::filesystem::path& root, const std::string& target) : path_(root / target) {
    std::filesystem::create_directories(path_);
  }
  void add(const std::string& name, View bytes) const {
    const std::string_view text = wire::as_text(bytes);
    std::ofstream(path_ / name, std::ios::binary)
        .write(text.data(), static_cast<std::streamsize>(text.size()));
  }

 private:
  std::filesystem::path path_;
};

constexpr std::uint16_t bit(ClientBit of) {
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(of));
}
constexpr std::uint16_t bit(ServerBit of) {
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(of));
}

/// Scripts for a server against our client.
void make_server_scripts(const Corpus& corpus);
/// And for a client against our server.
void make_client_scripts(const Corpus& corpus);
/// Conversations that were recorded: of a server against our client, of a client against our server,
/// and all of them as captures.
void make_recorded(const Corpus& client, const Corpus& server, const Corpus& explained);

}  // namespace glasstls::fuzz
