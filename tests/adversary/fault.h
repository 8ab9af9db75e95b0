// Fault: one way to break TLS 1.2, or to strain it without breaking it; and the catalogue of all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/adversary/answer.h"

namespace glasstls::adversary {

class Stage;
class ClientStage;
class ServerStage;

using ClientScript = std::function<void(ClientStage&)>;
using ServerScript = std::function<void(ServerStage&)>;

/// Who misbehaves.
enum class Side : std::uint8_t { client, server };

/// What the other side must do, or the fault cannot be tried on it.
enum class Needs : std::uint8_t {
  nothing,
  client_certificate,  // a server asks for one
  second_connection,   // a client connects twice, and offers what it got the first time
};

struct Fault {
  std::string_view name;   // unique among those of its side: "bad-finished"
  std::string_view title;  // what the side does: "changes a bit of its Finished"
  std::string_view rule;   // the section that forbids it, or that allows it: "RFC 5246, 7.4.9"
  Answer expected;         // of our own other side
  std::variant<ClientScript, ServerScript> script;
  Needs needs = Needs::nothing;

  Side side() const {
    return std::holds_alternative<ClientScript>(script) ? Side::client : Side::server;
  }
  /// Whether the other side must bear it.
  bool legal() const { return expected.kind == Answer::Kind::goes_on; }
};

std::string_view name_of(Side side);

/// Those of the client, then those of the server, each by theme.
const std::vector<Fault>& catalogue();

/// Null if there is none of that name.
const Fault* find(Side side, std::string_view name);

/// The names that resemble this one most, at most `count`, the nearest first.
std::vector<std::string_view> near_names(Side side, std::string_view name, std::size_t count);

}  // namespace glasstls::adversary
