#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>

#include "inspect/capture/capture_writer.h"
#include "tests/fuzz/raw_connection.h"
#include "tests/fuzz/seeds/seeds.h"

namespace glasstls::fuzz {

namespace {

using Bits = std::initializer_list<std::uint16_t>;

/// What a double sent, in the order of its flights; and what both sides sent, as a capture.
struct Recorded {
  Bytes input;
  Bytes capture;
};

class Recording {
 public:
  Recording(Setting& setting, test::ScriptedPeer& theirs)
      : setting_(setting),
        theirs_(theirs),
        ours_(setting),
        writer_([this](View block) { wire::append(recorded_.capture, block); }),
        stream_(writer_.connect({{inspect::capture::IPv4Address{192, 0, 2, 1}, 40'000},
                                 {inspect::capture::IPv4Address{192, 0, 2, 2}, 443}},
                                1)) {
    recorded_.input = {static_cast<std::uint8_t>(setting.bits >> 8),
                       static_cast<std::uint8_t>(setting.bits)};
    hear();
  }

  void step(const std::function<void()>& act) {
    act();
    const Bytes bytes = theirs_.take();
    wire::append(recorded_.input, deliver_command(bytes));
    stream_.data(wire::other(setting_.options.own), bytes, ++time_);
    ours_.watched().deliver(bytes);
    hear();
  }
  void write(std::uint16_t size) {
    wire::append(recorded_.input, Bytes{0xd0, static_cast<std::uint8_t>(size >> 8),
                                        static_cast<std::uint8_t>(size)});
    ours_.watched().write(size);
    hear();
  }
  void tell_secrets() {
    stream_.secrets("CLIENT_RANDOM " + wire::hex(theirs_.client_random()) + " " +
                    wire::hex(theirs_.master_secret()) + "\n");
  }
  const Recorded& recorded() const { return recorded_; }

 private:
  void hear() {
    const Bytes bytes = ours_.watched().take();
    stream_.data(setting_.options.own, bytes, ++time_);
    theirs_.receive(bytes);
  }

  Setting& setting_;
  test::ScriptedPeer& theirs_;
  Ours ours_;
  Recorded recorded_;
  inspect::capture::CaptureWriter writer_;
  inspect::capture::CaptureStream stream_;
  std::uint64_t time_ = 1;
};

Recorded with_server(std::uint16_t ours, std::uint16_t theirs) {
  Setting& setting = client_setting(ours);
  setting.store->held.clear();
  test::ScriptedServer server(server_choices(theirs));
  Recording recording(setting, server);
  recording.step([&] { server.first_flight(); });
  recording.tell_secrets();
  recording.step([&] { server.second_flight(); });
  recording.write(100);
  recording.step([&] { server.data(Bytes(200, 0x64)); });
  recording.step([&] { server.close_notify(); });
  return recording.recorded();
}

Recorded with_client(std::uint16_t ours, std::uint16_t theirs) {
  Setting& setting = server_setting(ours);
  setting.store->held.clear();
  test::ScriptedClient client(client_choices(theirs));
  Recording recording(setting, client);
  recording.step([&] { client.hello(); });
  recording.step([&] { client.second_flight(); });
  recording.tell_secrets();
  recording.write(100);
  recording.step([&] { client.data(Bytes(200, 0x64)); });
  recording.step([&] { client.close_notify(); });
  return recording.recorded();
}

}  // namespace

void make_recorded(const Corpus& client, const Corpus& server, const Corpus& explained) {
  for (const std::uint16_t theirs : Bits{0x0004, 0x000d, 0x0304, 0x0012}) {
    const Recorded made = with_server(0, theirs);
    client.add("recorded-" + std::to_string(theirs), made.input);
    explained.add("client-" + std::to_string(theirs) + ".pcapng", made.capture);
  }
  for (const std::uint16_t theirs : Bits{0x0000, 0x0041, 0x0202, 0x0424}) {
    const Recorded made =
        with_client(bit(ServerBit::tickets) | bit(ServerBit::asks_for_certificate), theirs);
    server.add("recorded-" + std::to_string(theirs), made.input);
    explained.add("server-" + std::to_string(theirs) + ".pcapng", made.capture);
  }
}

}  // namespace glasstls::fuzz
