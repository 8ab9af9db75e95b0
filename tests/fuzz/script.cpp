#include "tests/fuzz/script.h"

#include <algorithm>

#include "tests/fuzz/input.h"

namespace glasstls::fuzz {

namespace {

constexpr std::uint8_t held_bit = 0x80;
constexpr std::size_t longest_payload = 255;

void append_pair(Bytes& bytes, std::uint16_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

}  // namespace

Script parse_script(View bytes) {
  Input input(bytes);
  Script script;
  script.ours = input.pair();
  script.theirs = input.pair();
  while (!input.done() && script.steps.size() < Script::most_steps) {
    Step& step = script.steps.emplace_back();
    step.action = static_cast<Action>(input.byte());
    const std::uint8_t fault = input.byte();
    step.edit = static_cast<Edit>(fault & 0x0f);
    step.target = static_cast<Target>(fault >> 4);
    step.at = input.pair();
    step.value = input.byte();
    const std::uint8_t delivery = input.byte();
    step.held = (delivery & held_bit) != 0;
    step.piece = delivery & (held_bit - 1);
    step.times = input.byte();
    step.payload = wire::copy(input.bytes(input.byte()));
  }
  return script;
}

Bytes serialize(const Script& script) {
  Bytes bytes;
  append_pair(bytes, script.ours);
  append_pair(bytes, script.theirs);
  for (const Step& step : script.steps) {
    const View payload = View(step.payload).first(std::min(step.payload.size(), longest_payload));
    bytes.push_back(static_cast<std::uint8_t>(step.action));
    bytes.push_back(static_cast<std::uint8_t>(static_cast<unsigned>(step.target) << 4 |
                                              static_cast<unsigned>(step.edit)));
    append_pair(bytes, step.at);
    bytes.push_back(step.value);
    bytes.push_back(static_cast<std::uint8_t>((step.held ? held_bit : 0) | step.piece));
    bytes.push_back(step.times);
    bytes.push_back(static_cast<std::uint8_t>(payload.size()));
    wire::append(bytes, payload);
  }
  return bytes;
}

Bytes edited(View bytes, const Step& step) {
  Bytes made = wire::copy(bytes);
  if (made.empty() && step.edit != Edit::insert) return made;
  const std::size_t at = made.empty() ? 0 : step.at % made.size();
  const auto place = made.begin() + static_cast<std::ptrdiff_t>(at);
  const std::size_t after = made.size() - at;
  switch (step.edit) {
    case Edit::flip: *place ^= static_cast<std::uint8_t>(1u << (step.value & 7)); break;
    case Edit::set: *place = step.value; break;
    case Edit::insert: made.insert(place, step.payload.begin(), step.payload.end()); break;
    case Edit::erase:
      made.erase(place,
                 place + static_cast<std::ptrdiff_t>(std::min<std::size_t>(step.value, after)));
      break;
    case Edit::truncate: made.resize(at); break;
    case Edit::overwrite:
      std::copy_n(step.payload.begin(), std::min(step.payload.size(), after), place);
      break;
    case Edit::replace:
      made.resize(at);
      wire::append(made, step.payload);
      break;
    case Edit::none: break;
  }
  return made;
}

}  // namespace glasstls::fuzz
