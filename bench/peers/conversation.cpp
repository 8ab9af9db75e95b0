#include "bench/peers/conversation.h"

#include <cstddef>
#include <stdexcept>
#include <utility>

#include "record/framing.h"

namespace glasstls::bench {

namespace {

/// More than any flight here has: what a library appends makes no block of ours grow.
constexpr std::size_t flight_space = 2 * record::max_record_length;
constexpr int most_flights = 16;  // a handshake has four

class Talk {
 public:
  Talk(Stack& stack, Meter& meter, const Tampering& tampering)
      : stack_(stack), meter_(meter), tampering_(tampering) {
    to_server_.reserve(flight_space);
    to_client_.reserve(flight_space);
    talk_.wire.client.reserve(flight_space);
    talk_.wire.server.reserve(flight_space);
  }

  Conversation run() {
    turn(Side::client, [&] {
      talk_.client = stack_.client();
      talk_.client->go_on({}, to_server_);
    });
    turn(Side::server, [&] {
      talk_.server = stack_.server();
      talk_.server->go_on(to_server_, to_client_);
    });
    to_server_.clear();
    for (int flight = 0; flight < most_flights && (to_client() || to_server()); ++flight) {
    }
    if (!talk_.client->established() || !talk_.server->established())
      throw std::runtime_error("the handshake did not complete, and nobody says why");
    return std::move(talk_);
  }

 private:
  template <class Work>
  void turn(Side side, Work&& work) {
    try {
      metered(meter_, side, work);
    } catch (const std::runtime_error& error) {
      throw Refusal(side, error.what(), std::move(talk_.wire));
    }
    if (side == Side::client) wire::append(talk_.wire.client, to_server_);
    if (side == Side::server) wire::append(talk_.wire.server, to_client_);
  }

  bool to_client() {
    if (to_client_.empty()) return false;
    if (tampering_) tampering_(to_client_);
    turn(Side::client, [&] { talk_.client->go_on(to_client_, to_server_); });
    to_client_.clear();
    return true;
  }
  bool to_server() {
    if (to_server_.empty()) return false;
    turn(Side::server, [&] { talk_.server->go_on(to_server_, to_client_); });
    to_server_.clear();
    return true;
  }

  Stack& stack_;
  Meter& meter_;
  const Tampering& tampering_;
  Conversation talk_;
  Bytes to_server_, to_client_;
};

}  // namespace

Conversation converse(Stack& stack, Meter& meter, const Tampering& tampering) {
  return Talk(stack, meter, tampering).run();
}

}  // namespace glasstls::bench
