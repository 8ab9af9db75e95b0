#include "bench/peers/driver.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "bench/peers/tasks.h"

namespace glasstls::bench {

namespace {

using nlohmann::ordered_json;
using Words = std::vector<std::string>;

constexpr std::size_t most = 1'000'000;

std::size_t count_of(const std::string& word) {
  std::size_t count = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (fault != std::errc() || end != word.data() + word.size() || count == 0 || count > most)
    throw std::invalid_argument("'" + word + "' is no number from 1 to " + std::to_string(most));
  return count;
}

/// Whether a word is the first of two.
bool choice(const std::string& word, const char* first, const char* second) {
  if (word == first) return true;
  if (word == second) return false;
  throw std::invalid_argument("'" + word + "' is neither " + first + " nor " + second);
}

ordered_json about_stack(Laboratory& lab) {
  const About stack = about();
  ordered_json proof = ordered_json::array();
  for (const char* key : {"rsa", "p256"})
    for (const std::string& line : lab.proof(key)) proof.push_back(line);
  return {{"name", stack.name},
          {"version", stack.version},
          {"of", stack.of},
          {"one_thread", stack.one_thread},
          {"proof", proof}};
}

ordered_json handshakes(Laboratory& lab, const Words& words) {
  const HandshakeTimes times = time_handshakes(lab, choice(words[1], "resumed", "full"), words[2],
                                               words[3], count_of(words[4]));
  return {{"client_ns", times.client}, {"server_ns", times.server}, {"dropped", times.dropped}};
}

ordered_json bulk(Laboratory& lab, const Words& words) {
  const auto work = choice(words[1], "seal", "open") ? time_seal : time_open;
  const RecordTimes times = work(lab, count_of(words[2]));
  return {{"ns", times.each}, {"dropped", times.dropped}};
}

ordered_json memory(Laboratory& lab, const Words& words) {
  const std::size_t count = count_of(words[2]);
  const HeapInUse heap = weigh_connections(lab, words[1], count);
  return {{"connections", count},
          {"client_bytes", heap.client},
          {"server_bytes", heap.server},
          {"client_rested_bytes", heap.client_rested},
          {"server_rested_bytes", heap.server_rested}};
}

ordered_json obey(Laboratory& lab, const Words& words) {
  const auto is = [&](const char* name, std::size_t size) {
    return words.size() == size && words.front() == name;
  };
  if (is("about", 1)) return about_stack(lab);
  if (is("handshakes", 5)) return handshakes(lab, words);
  if (is("bulk", 3)) return bulk(lab, words);
  if (is("memory", 3)) return memory(lab, words);
  throw std::invalid_argument(
      "no such command; there are: about, handshakes full|resumed rsa|p256 x25519|secp256r1 COUNT, "
      "bulk seal|open COUNT, memory rsa|p256 COUNT, quit");
}

}  // namespace

std::string answer(Laboratory& lab, const std::string& line) {
  std::istringstream text(line);
  Words words;
  for (std::string word; text >> word;) words.push_back(word);
  ordered_json said;
  try {
    said = obey(lab, words);
  } catch (const std::exception& error) {
    said = {{"error", error.what()}};
  }
  // A library's words need not be UTF-8.
  return said.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace glasstls::bench
