// The two state machines, and the way that the messages take through them. RFC 5246, 7.3.
#include <algorithm>
#include <string_view>
#include <utility>

#include "handshake/client.h"
#include "handshake/machine.h"
#include "handshake/registry.h"
#include "handshake/server.h"
#include "inspect/making/draft.h"

namespace glasstls::inspect {

namespace {

const std::vector<handshake::Arrow>& arrows_of(Side side) {
  static const auto client = handshake::arrows<handshake::ClientFlow, handshake::client::State>();
  static const auto server = handshake::arrows<handshake::ServerFlow, handshake::server::State>();
  return side == Side::client ? client : server;
}

/// One message that a machine received, or its own signature.
struct Step {
  std::string name;
  std::optional<Id> message;
};

/// What moves the machine of that side: the peer's handshake messages and ChangeCipherSpec, and,
/// where it signs, the signature (RFC 5246, 7.4.3 and 7.4.8).
std::vector<Step> steps_of(const Document& document, Side side) {
  std::vector<Step> steps;
  const std::string_view signs = side == Side::client ? "CertificateVerify" : "ServerKeyExchange";
  for (Id id = 0; id < document.messages.size(); ++id) {
    const Message& message = document.messages[id];
    if (message.side == side && message.name == signs) steps.push_back({"Signature", std::nullopt});
    if (message.side == side || message.name == "Alert" || message.name == "ApplicationData" ||
        message.name == "HelloRequest")
      continue;
    steps.push_back({message.name, id});
  }
  return steps;
}

/// Whether a machine that knows what the hellos settled goes from a state to that one. (Where this
/// leaves a choice, the messages that follow decide.)
class Choice {
 public:
  explicit Choice(const Draft& draft)
      : resumed_(draft.document.connection.resumed == "session_id" ||
                 draft.document.connection.resumed == "ticket"),
        status_(acknowledged(draft, handshake::ExtensionType::status_request)),
        ticket_(acknowledged(draft, handshake::ExtensionType::session_ticket)),
        asks_client_(draft.message("CertificateRequest").has_value()) {}

  bool fits(std::string_view from, std::string_view to) const {
    if (to.find("Resumed") != to.npos && !resumed_) return false;
    if (from == "WaitCertificate") return status_ == (to == "WaitCertificateStatusOrKeyExchange");
    if (to.ends_with("NewSessionTicket")) return ticket_;
    if (to == "WaitClientCertificate") return asks_client_;
    if (from == "WaitSignature" && to == "WaitClientKeyExchange") return !asks_client_;
    return true;
  }

 private:
  static bool acknowledged(const Draft& draft, handshake::ExtensionType type) {
    const auto hello = draft.message("ServerHello");
    return hello && draft.extension(*hello, static_cast<std::uint64_t>(type));
  }

  bool resumed_, status_, ticket_, asks_client_;
};

/// The longest way through the diagram that takes the steps in their order.
class Walk {
 public:
  Walk(const std::vector<handshake::Arrow>& arrows, const std::vector<Step>& steps, Choice choice)
      : arrows_(arrows), steps_(steps), choice_(choice) {}

  std::vector<std::pair<std::string_view, std::string_view>> longest(std::string_view start) {
    std::vector<std::pair<std::string_view, std::string_view>> way;
    follow(start, way);
    return best_;
  }

 private:
  /// No diagram has a circle, so that the depth is bounded by its states.
  void follow(std::string_view state,
              std::vector<std::pair<std::string_view, std::string_view>>& way) {
    if (way.size() > best_.size()) best_ = way;
    if (way.size() == steps_.size()) return;
    for (const handshake::Arrow& arrow : arrows_) {
      if (arrow.from != state || arrow.on != steps_[way.size()].name) continue;
      for (const std::string_view to : arrow.to) {
        if (!choice_.fits(state, to)) continue;
        way.emplace_back(state, to);
        follow(to, way);
        way.pop_back();
        if (best_.size() == steps_.size()) return;
      }
    }
  }

  const std::vector<handshake::Arrow>& arrows_;
  const std::vector<Step>& steps_;
  Choice choice_;
  std::vector<std::pair<std::string_view, std::string_view>> best_;
};

void draw(Machine& machine, Side side) {
  const auto add_state = [&machine](std::string_view state) {
    if (std::find(machine.states.begin(), machine.states.end(), state) == machine.states.end())
      machine.states.emplace_back(state);
  };
  for (const handshake::Arrow& arrow : arrows_of(side)) {
    add_state(arrow.from);
    machine.arrows.push_back(
        {std::string(arrow.from), std::string(arrow.on), {arrow.to.begin(), arrow.to.end()}});
  }
  for (const handshake::Arrow& arrow : arrows_of(side))
    for (const std::string_view to : arrow.to) add_state(to);
}

void walk(Draft& draft, Side side, const std::vector<Step>& steps) {
  Machine& machine = draft.document.machines[wire::index_of(side)];
  const auto way = Walk(arrows_of(side), steps, Choice(draft)).longest(machine.states.front());
  machine.reached = machine.states.front();
  for (std::size_t i = 0; i < way.size(); ++i) {
    Transition transition;
    transition.side = side;
    transition.from = way[i].first;
    transition.on = steps[i].name;
    transition.to = way[i].second;
    transition.message = steps[i].message;
    machine.reached = transition.to;
    machine.path.push_back(static_cast<Id>(draft.document.transitions.size()));
    draft.document.transitions.push_back(std::move(transition));
  }
  if (way.size() < steps.size())
    machine.remark = said("machine.no_arrow", {machine.reached, steps[way.size()].name});
}

/// Our own machine has told its steps, with its reasons.
void tell(Draft& draft, Side side, const std::vector<Step>& steps) {
  Machine& machine = draft.document.machines[wire::index_of(side)];
  machine.reached = machine.states.front();
  std::size_t next = 0;
  for (const Recording::Transition& seen : draft.recording.transitions) {
    Transition transition;
    transition.side = side;
    transition.from = seen.from;
    transition.on = seen.on;
    transition.to = seen.to;
    transition.reason = seen.reason;
    transition.told = true;
    if (next < steps.size() && steps[next].name == seen.on)
      transition.message = steps[next++].message;
    machine.reached = transition.to;
    machine.path.push_back(static_cast<Id>(draft.document.transitions.size()));
    draft.document.transitions.push_back(std::move(transition));
  }
  if (next < steps.size())
    machine.remark = said("machine.no_arrow", {machine.reached, steps[next].name});
}

}  // namespace

void make_machines(Draft& draft) {
  for (const Side side : {Side::client, Side::server}) {
    draw(draft.document.machines[wire::index_of(side)], side);
    const std::vector<Step> steps = steps_of(draft.document, side);
    if (draft.is_tls13) continue;  // another protocol's machines
    if (draft.recording.live && draft.recording.own == side)
      tell(draft, side, steps);
    else
      walk(draft, side, steps);
  }
}

}  // namespace glasstls::inspect
