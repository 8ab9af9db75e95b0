// All pairs of state and message of a machine: its diagram, and what is not in it.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "handshake/defragmenter.h"
#include "handshake/machine.h"
#include "tests/handshake/examples.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {

class SilentChannel : public Channel {
 public:
  void send_handshake(View) override {}
  void send_change_cipher_spec() override {}
  void receive_change_cipher_spec() override {}
  void set_pending(const crypto::TrafficKeys&, const crypto::TrafficKeys&) override {}
  void limit_records(std::uint16_t, std::uint16_t) override {}
  void version_negotiated() override {}
};

/// One line for each arrow.
template <class Flow, class State>
std::string diagram() {
  std::string text;
  for (const Arrow& arrow : arrows<Flow, State>()) {
    text += std::string(arrow.from) + " --" + std::string(arrow.on) + "--> ";
    text += detail::joined_with_or(arrow.to) + "\n";
  }
  return text;
}

/// Hands every message to every state of a flow that may not get it there.
template <class Flow, class State>
class IllegalPairs {
 public:
  explicit IllegalPairs(Flow& flow) : flow_(flow) {}

  /// Each is unexpected_message, with a reason that names the state, what came and what was expected.
  void expect_refused() { refuses_all(TypeList<State>{}); }

  std::size_t tried() const { return tried_; }

 private:
  static std::string what_is_expected(std::string_view state) {
    std::vector<std::string_view> names;
    for (const Arrow& arrow : arrows<Flow, State>())
      if (arrow.from == state && arrow.on != Signature::spec.name) names.push_back(arrow.on);
    return names.empty() ? "no handshake message" : detail::joined_with_or(names);
  }

  template <class Work>
  void expect_refused(std::string_view state, std::string_view message, Work&& work) {
    const ProtocolError error = test::refusal_of(work);
    EXPECT_EQ(error.alert, AlertDescription::unexpected_message);
    EXPECT_EQ(error.message, message);
    EXPECT_EQ(error.section, "RFC 5246, 7.3");
    EXPECT_EQ(error.offset, 0U);
    EXPECT_EQ(std::string(error.what()), std::string(state) + " received " + std::string(message) +
                                             ", expected " + what_is_expected(state));
    ++tried_;
  }

  template <class S, class M>
  void refuses_message() {
    if constexpr (!Legal<Flow, S, M>) {
      const Bytes bytes = encode(example::message<M>());
      expect_refused(S::name, M::spec.name, [&] {
        advance(flow_, State(std::in_place_type<S>), RawMessage{M::type, bytes});
      });
    }
  }

  template <class S>
  void refuses_change_cipher_spec() {
    if constexpr (!Legal<Flow, S, ChangeCipherSpec>) {
      const ChangeCipherSpec message(Defragmenter(1).aligned());
      expect_refused(S::name, ChangeCipherSpec::spec.name,
                     [&] { advance(flow_, State(std::in_place_type<S>), message); });
    }
  }

  template <class... S>
  void refuses_all(TypeList<std::variant<S...>>) {
    for_each_type(TypeList<S...>{}, [this]<class Each>() {
      for_each_type(HandshakeMessages{},
                    [this]<class M>() { this->template refuses_message<Each, M>(); });
      this->template refuses_change_cipher_spec<Each>();
    });
  }

  Flow& flow_;
  std::size_t tried_ = 0;
};

/// Every pair is either an arrow or was tried. A signature of our own is no message.
template <class Flow, class State>
void expect_all_pairs_seen(std::size_t tried) {
  std::size_t messages = 1;  // ChangeCipherSpec
  for_each_type(HandshakeMessages{}, [&]<class M>() { ++messages; });
  std::size_t legal = 0;
  for (const Arrow& arrow : arrows<Flow, State>()) legal += arrow.on != Signature::spec.name;
  EXPECT_EQ(tried + legal, std::variant_size_v<State> * messages);
}

}  // namespace glasstls::handshake
