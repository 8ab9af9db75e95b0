// Any bytes as the session file of `glasstls client`: sessions that are written and read again, or a
// text that names the line.
//
// A line that ends with the word "digest" gets the one that its session has, so that mutations get
// past it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

#include "apps/error.h"
#include "apps/session_file.h"
#include "crypto/hash.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "tests/platform/scratch.h"
#include "x509/pem.h"

namespace glasstls::apps {
namespace {

using fuzz::require;

/// A file in memory that has a name.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : descriptor_(memfd_create("sessions", 0)) {
    require(descriptor_ >= 0, "there is memory for the file");
    require(::write(descriptor_, content.data(), content.size()) ==
                static_cast<ssize_t>(content.size()),
            "and for its content");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

std::string with_digests(std::string_view text) {
  constexpr std::string_view keyword = "session ";
  constexpr std::string_view word = " digest";
  std::string made;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    // The two may not share their space.
    if (line.size() >= keyword.size() + word.size() && line.starts_with(keyword) &&
        line.ends_with(word)) {
      line.remove_suffix(word.size());
      const Bytes session = x509::base64_decode(line.substr(keyword.size())).value_or(Bytes{});
      (made += line) += ' ';
      made += wire::hex(crypto::hash(crypto::HashAlgorithm::sha256, session).view());
    } else {
      made += line;
    }
    if (end != std::string_view::npos) made += '\n';
  }
  return made;
}

/// False: it was refused.
bool read(const std::string& path, handshake::SessionCache& sessions) {
  try {
    read_sessions(path, sessions);
    return true;
  } catch (const CommandError& error) {
    const std::string_view text = error.what();
    require(error.code == ExitCode::usage, "a file that is none is the user's");
    require(text.find(", line ") != std::string_view::npos || text.ends_with(" is empty"),
            "a refusal names the line");
    return false;
  }
}

void check(std::string_view text) {
  const MemoryFile file(with_digests(text));
  handshake::SessionCache sessions(max_kept_sessions);
  if (!read(file.path(), sessions)) return;
  fuzz::reached("file read");
  if (sessions.all().empty()) return;
  fuzz::reached("session read");

  static const platform::ScratchDirectory scratch;
  const std::string path = (scratch.path() / "sessions").string();
  const x509::Time now = sessions.all().front()->established;
  const std::size_t written = write_sessions(path, sessions, now);
  handshake::SessionCache again(max_kept_sessions);
  require(read(path, again), "what we write can be read");
  require(again.size() == written, "all of it");
}

}  // namespace
}  // namespace glasstls::apps

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  glasstls::apps::check(glasstls::wire::as_text(glasstls::View(data, size)));
  return 0;
}
