#include "tests/fuzz/raw_connection.h"

#include <algorithm>
#include <cstddef>

#include "tests/fuzz/input.h"

namespace glasstls::fuzz {

namespace {

constexpr std::size_t most_commands = 200;

/// False: the command has no meaning.
bool run_one(std::uint8_t command, Input& input, Watched& ours, bool& sends) {
  switch (command) {
    case 0xc0: ours.deliver(input.bytes(input.pair())); return true;
    case 0xc1: {
      const std::size_t piece = std::max<std::size_t>(input.byte(), 1);
      ours.deliver(input.bytes(input.pair()), piece);
      return true;
    }
    case 0xd0: ours.write(input.pair()); return true;
    case 0xd1: ours.close(); return true;
    case 0xd2: ours.end_of_stream(); return true;
    case 0xd3: ours.rest(); return true;
    case 0xd4: ours.give_buffers_back(); return true;
    case 0xd5: ours.answer(true); return true;
    case 0xd6: ours.answer(false); return true;
    case 0xd7: sends = !sends; return true;  // the network takes nothing from now on, or again
    case 0xd8: static_cast<void>(ours.take(input.byte())); return true;
    case 0xd9: ours.abort(static_cast<AlertDescription>(input.byte())); return true;
    default: return false;
  }
}

}  // namespace

void run_raw(Setting& (*setting_of)(std::uint16_t ours), View bytes) {
  Input input(bytes);
  Setting& setting = setting_of(input.pair());
  setting.store->held.clear();
  Ours ours(setting);
  bool sends = true;
  for (std::size_t i = 0; i < most_commands && !input.done(); ++i) {
    const std::uint8_t command = input.byte();
    if (command < 0xc0)
      ours.watched().deliver(input.bytes(std::size_t{1} + command));
    else if (!run_one(command, input, ours.watched(), sends))
      continue;
    if (sends) static_cast<void>(ours.watched().take());
  }
}

Bytes deliver_command(View bytes) {
  Bytes command{0xc0, static_cast<std::uint8_t>(bytes.size() >> 8),
                static_cast<std::uint8_t>(bytes.size())};
  wire::append(command, bytes);
  return command;
}

}  // namespace glasstls::fuzz
