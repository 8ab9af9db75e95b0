// What two peers say before they encrypt, from the files of tests/data/inspect/hellos and others.
#pragma once

#include <string_view>
#include <vector>

#include "inspect/dissect/dissect.h"
#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::test {

struct Utterance {
  Side side;
  Bytes message;                    // of the handshake, header included
  inspect::DissectContext context;  // what had been settled before it
};

using Conversation = std::vector<Utterance>;

/// tests/data/inspect/hellos/NAME.txt: "client" or "server" and a message in each line.
Conversation conversation(std::string_view name);

/// All the names for the above.
const std::vector<std::string_view>& conversations();

/// The same from a golden file (tests/golden/NAME.txt), which holds records, up to ChangeCipherSpec.
Conversation golden_conversation(std::string_view name);

/// The same from docs/tutorial/handshake.pcap.
Conversation tutorial_conversation();

/// All messages of the above.
Conversation everything_said();

/// The first message of that type by that side. std::out_of_range if there is none.
const Utterance& message_in(const Conversation& all, Side side, unsigned type);

}  // namespace glasstls::test
