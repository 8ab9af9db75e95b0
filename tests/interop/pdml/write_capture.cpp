// write_capture FILE: what a relay saw of TCP connections, as a capture. Lines of standard input,
// times in nanoseconds since the epoch:
//   connection TIME CLIENT-PORT SERVER-PORT
//   secrets HEX                lines of a key log
//   data client|server TIME HEX
//   closed client|server fin|rst TIME
// Exits with 2 for any other line.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>

#include "inspect/capture/capture_writer.h"
#include "wire/bytes.h"

namespace {

using glasstls::Bytes;
using glasstls::Side;
namespace capture = glasstls::inspect::capture;

std::optional<Side> side(const std::string& name) {
  if (name == "client") return Side::client;
  if (name == "server") return Side::server;
  return std::nullopt;
}

class Script {
 public:
  explicit Script(capture::CaptureWriter& writer) : writer_(writer) {}

  /// Whether it is a line of those above.
  bool take(const std::string& line) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    if (kind == "connection") return connection(words);
    if (!stream_) return false;
    if (kind == "secrets") return secrets(words);
    if (kind == "data") return data(words);
    return kind == "closed" && closed(words);
  }

 private:
  static constexpr capture::IPv4Address loopback{127, 0, 0, 1};

  bool connection(std::istream& words) {
    std::uint64_t time = 0;
    capture::EndPoints ends{{loopback, 0}, {loopback, 0}};
    words >> time >> ends.client.port >> ends.server.port;
    if (words) stream_.emplace(writer_.connect(ends, time));
    return static_cast<bool>(words);
  }

  bool secrets(std::istream& words) {
    const auto lines = bytes(words);
    if (lines) stream_->secrets(glasstls::wire::as_text(*lines));
    return lines.has_value();
  }

  bool data(std::istream& words) {
    std::string from;
    std::uint64_t time = 0;
    words >> from >> time;
    const auto sent = bytes(words);
    const auto sender = side(from);
    if (sent && sender) stream_->data(*sender, *sent, time);
    return sent && sender;
  }

  bool closed(std::istream& words) {
    std::string from, how;
    std::uint64_t time = 0;
    words >> from >> how >> time;
    const auto closer = side(from);
    if (!words || !closer || (how != "fin" && how != "rst")) return false;
    stream_->closed(*closer, how == "fin" ? capture::Ending::fin : capture::Ending::rst, time);
    return true;
  }

  static std::optional<Bytes> bytes(std::istream& words) {
    std::string text;
    words >> text;
    return glasstls::wire::unhex(text);
  }

  capture::CaptureWriter& writer_;
  std::optional<capture::CaptureStream> stream_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  std::ofstream file(arguments[1], std::ios::binary);
  capture::CaptureWriter writer([&file](glasstls::View block) {
    file.write(reinterpret_cast<const char*>(block.data()),
               static_cast<std::streamsize>(block.size()));
  });
  bool good = file.good();
  {
    Script script(writer);
    for (std::string line; good && std::getline(std::cin, line);)
      if (!script.take(line)) {
        std::cerr << "not a line of a capture: " << line.substr(0, 80) << "\n";
        good = false;
      }
  }
  file.close();
  return good && file ? 0 : 2;
}
