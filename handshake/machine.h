// The machinery of both state machines: a legal (state, message) pair is an overload `on(State,
// const Message&)` of a flow, and its return type is the arrow. Everything else is
// unexpected_message, with a text that names the state, what came and what was expected. RFC
// 5246, 7.3.
//
// A state is an aggregate with a `name`: what the endpoint waits for. One that waits for a signature
// of our own has a `request`; while it waits no message is handed in.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "handshake/codec.h"
#include "handshake/exchange.h"
#include "handshake/messages.h"
#include "handshake/signature.h"
#include "wire/error.h"
#include "wire/observer.h"

namespace glasstls::handshake {

/// The states that a handler may choose between.
template <class... S>
using OneOf = std::variant<S...>;

template <class Flow, class S, class M>
concept Legal = requires(Flow flow, S state, const M& message) {
  {flow.on(std::move(state), message)};
  requires !std::is_void_v<decltype(flow.on(std::move(state), message))>;
};

namespace detail {

template <class To, class... S>
To widen(std::variant<S...> from) {
  return std::visit([](auto& state) -> To { return std::move(state); }, from);
}
template <class To, class S>
To widen(S from) {
  return To(std::move(from));
}

/// "A, B or C"
std::string joined_with_or(const std::vector<std::string_view>& names);

/// All messages that a state of a flow may receive.
template <class Flow, class S>
std::vector<std::string_view> expected() {
  std::vector<std::string_view> names;
  for_each_type(HandshakeMessages{}, [&]<class M>() {
    if constexpr (Legal<Flow, S, M>) names.push_back(M::spec.name);
  });
  if constexpr (Legal<Flow, S, ChangeCipherSpec>) names.push_back(ChangeCipherSpec::spec.name);
  return names;
}

[[noreturn]] void refuse_unexpected(std::string_view state, Spec received,
                                    const std::vector<std::string_view>& expected);

template <class State>
std::string_view name_of_state(const State& state) {
  return std::visit([](const auto& held) { return std::remove_cvref_t<decltype(held)>::name; },
                    state);
}

template <class State>
void tell(Observer* observer, std::string_view from, std::string_view on, const State& to) {
  if (observer == nullptr) return;
  const std::string reason = std::visit([](const auto& state) { return reason_for(state); }, to);
  observer->transition({from, on, name_of_state(to), reason});
}

}  // namespace detail

/// A handshake message came. Whether it may is asked before it is decoded.
template <class Flow, class State>
State advance(Flow& flow, State state, RawMessage message) {
  return std::visit(
      [&]<class S>(S& now) -> State {
        std::optional<State> next;
        for_each_type(HandshakeMessages{}, [&]<class M>() {
          if constexpr (Legal<Flow, S, M>)
            if (M::type == message.type)
              next = detail::widen<State>(
                  flow.on(std::move(now), flow.exchange().template receive<M>(message.bytes)));
        });
        if (!next) {
          flow.exchange().show_undecoded(message);
          detail::refuse_unexpected(S::name, spec_of(message.type), detail::expected<Flow, S>());
        }
        detail::tell(flow.exchange().observer(), S::name, spec_of(message.type).name, *next);
        return *std::move(next);
      },
      state);
}

/// A ChangeCipherSpec came.
template <class Flow, class State>
State advance(Flow& flow, State state, const ChangeCipherSpec& message) {
  return std::visit(
      [&]<class S>(S& now) -> State {
        if constexpr (Legal<Flow, S, ChangeCipherSpec>) {
          flow.exchange().receive_change_cipher_spec(message);
          State next = detail::widen<State>(flow.on(std::move(now), message));
          detail::tell(flow.exchange().observer(), S::name, ChangeCipherSpec::spec.name, next);
          return next;
        } else {
          flow.exchange().show_refused(message);
          detail::refuse_unexpected(S::name, ChangeCipherSpec::spec, detail::expected<Flow, S>());
        }
      },
      state);
}

/// A signature that was asked for is there. Anywhere else it is our own mistake: std::logic_error.
template <class Flow, class State>
State advance(Flow& flow, State state, const Signature& answer) {
  return std::visit(
      [&]<class S>(S& now) -> State {
        if constexpr (Legal<Flow, S, Signature>) {
          State next = detail::widen<State>(flow.on(std::move(now), answer));
          detail::tell(flow.exchange().observer(), S::name, Signature::spec.name, next);
          return next;
        } else {
          throw std::logic_error("nobody asked for a signature");
        }
      },
      state);
}

/// What a state that waits for a signature asks for; nullptr in any other.
template <class State>
const SignatureRequest* signature_request(const State& state) {
  return std::visit(
      [](const auto& now) -> const SignatureRequest* {
        if constexpr (requires { now.request; })
          return &now.request;
        else
          return nullptr;
      },
      state);
}

/// One arrow of a state diagram.
struct Arrow {
  std::string_view from;
  std::string_view on;
  std::vector<std::string_view> to;
};

namespace detail {

template <class... S>
std::vector<std::string_view> names_of(TypeList<std::variant<S...>>) {
  return {S::name...};
}
template <class S>
std::vector<std::string_view> names_of(TypeList<S>) {
  return {S::name};
}

template <class Flow, class S, class M>
void add_arrow(std::vector<Arrow>& arrows) {
  if constexpr (Legal<Flow, S, M>) {
    using Next = decltype(std::declval<Flow&>().on(std::declval<S>(), std::declval<const M&>()));
    arrows.push_back({S::name, M::spec.name, names_of(TypeList<Next>{})});
  }
}

template <class Flow, class... S>
std::vector<Arrow> arrows(TypeList<std::variant<S...>>) {
  std::vector<Arrow> all;
  for_each_type(TypeList<S...>{}, [&]<class From>() {
    for_each_type(HandshakeMessages{}, [&]<class M>() { add_arrow<Flow, From, M>(all); });
    add_arrow<Flow, From, ChangeCipherSpec>(all);
    add_arrow<Flow, From, Signature>(all);
  });
  return all;
}

}  // namespace detail

/// The whole diagram of a flow, by a fold over all pairs of state and message.
template <class Flow, class State>
std::vector<Arrow> arrows() {
  return detail::arrows<Flow>(TypeList<State>{});
}

}  // namespace glasstls::handshake
