// The client's state machine: its diagram, and every pair of state and message that is not in it.
#include <gtest/gtest.h>
#include <string>

#include "handshake/client.h"
#include "handshake/defragmenter.h"
#include "handshake/machine.h"
#include "tests/handshake/examples.h"
#include "tests/support/data_files.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {
namespace {

using test::refusal_of;

class SilentChannel final : public Channel {
 public:
  void send_handshake(View) override {}
  void send_change_cipher_spec() override {}
  void receive_change_cipher_spec() override {}
  void set_pending(const crypto::TrafficKeys&, const crypto::TrafficKeys&) override {}
  void limit_records(std::uint16_t, std::uint16_t) override {}
  void version_negotiated() override {}
};

std::string diagram() {
  std::string text =
      "# The client's states: what it waits for, what may come, what it waits for then.\n";
  for (const Arrow& arrow : arrows<ClientFlow, client::State>()) {
    text += std::string(arrow.from) + " --" + std::string(arrow.on) + "--> ";
    text += detail::joined_with_or(arrow.to) + "\n";
  }
  return text;
}

TEST(ClientMachine, HasTheDiagramOfTheGoldenFile) {
  EXPECT_EQ(test::compare_with_golden("golden/client_states.txt", diagram()), "");
}

std::string what_is_expected(std::string_view state) {
  std::vector<std::string_view> names;
  for (const Arrow& arrow : arrows<ClientFlow, client::State>())
    if (arrow.from == state && arrow.on != Signature::spec.name) names.push_back(arrow.on);
  return names.empty() ? "no handshake message" : detail::joined_with_or(names);
}

void expect_refused(std::string_view state, std::string_view message, const ProtocolError& error) {
  EXPECT_EQ(error.alert, AlertDescription::unexpected_message);
  EXPECT_EQ(error.message, message);
  EXPECT_EQ(error.section, "RFC 5246, 7.3");
  EXPECT_EQ(error.offset, 0U);
  EXPECT_EQ(std::string(error.what()), std::string(state) + " received " + std::string(message) +
                                           ", expected " + what_is_expected(state));
}

class IllegalPair : public testing::Test {
 protected:
  SilentChannel channel;
  Exchange exchange{channel, nullptr, 100'000};
  ClientPolicy policy;
  ClientFlow flow{policy, std::nullopt, exchange};
  std::size_t tried = 0;

  template <class S, class M>
  void refuses_message() {
    if constexpr (!Legal<ClientFlow, S, M>) {
      const Bytes bytes = encode(example::message<M>());
      expect_refused(
          S::name, M::spec.name, refusal_of([&] {
            advance(flow, client::State(std::in_place_type<S>), RawMessage{M::type, bytes});
          }));
      ++tried;
    }
  }

  template <class S>
  void refuses_change_cipher_spec() {
    if constexpr (!Legal<ClientFlow, S, ChangeCipherSpec>) {
      const ChangeCipherSpec message(Defragmenter(1).aligned());
      expect_refused(S::name, "ChangeCipherSpec", refusal_of([&] {
                       advance(flow, client::State(std::in_place_type<S>), message);
                     }));
      ++tried;
    }
  }

  template <class... S>
  void refuses_all(TypeList<std::variant<S...>>) {
    for_each_type(TypeList<S...>{}, [this]<class State>() {
      for_each_type(HandshakeMessages{}, [this]<class M>() { this->refuses_message<State, M>(); });
      this->refuses_change_cipher_spec<State>();
    });
  }
};

TEST_F(IllegalPair, IsUnexpectedMessageAndNamesStateMessageAndWhatWasExpected) {
  refuses_all(TypeList<client::State>{});
  std::size_t messages = 1;  // ChangeCipherSpec
  for_each_type(HandshakeMessages{}, [&]<class M>() { ++messages; });
  const std::size_t legal = arrows<ClientFlow, client::State>().size() - 1;  // Signature is our own
  EXPECT_EQ(tried + legal, std::variant_size_v<client::State> * messages);
}

}  // namespace
}  // namespace glasstls::handshake
