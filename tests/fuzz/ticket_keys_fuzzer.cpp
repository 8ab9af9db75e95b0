// Any bytes as a file of ticket keys: keys that tickets can be sealed with, or a reason and a place.
#include <cstddef>
#include <cstdint>
#include <utility>

#include "handshake/ticket_key_file.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"

namespace glasstls::handshake {
namespace {

using fuzz::require;

void check(View file) {
  auto read = parse_ticket_keys(file);
  if (!read) {
    require(read.error().offset <= file.size(), "an error lies in the file");
    require(!read.error().what.empty() && !read.error().section.empty(), "an error says why");
    return;
  }
  TicketKeySet set = *std::move(read);
  require(!set.keys.empty() && set.sealing < set.keys.size(), "there is a key to seal with");
  for (const TicketKey& key : set.keys) {
    require(key.secret.size() == 48 || key.secret.size() == 80, "a key has one of two sizes");
    require(key.secret.size() == set.keys.front().secret.size(), "all keys have one size");
  }
  const TicketKeys usable(std::move(set.keys), set.sealing);  // throws for what is of no use
  fuzz::reached("keys read");
}

}  // namespace
}  // namespace glasstls::handshake

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  glasstls::handshake::check(glasstls::View(data, size));
  return 0;
}
