#include "bench/peers/tasks.h"

#include <algorithm>
#include <stdexcept>
#include <sys/resource.h>

#include "bench/peers/meter.h"
#include "record/framing.h"

namespace glasstls::bench {

namespace {

constexpr std::size_t record_size = record::max_plaintext_length;
/// RFC 5288, 3: an explicit nonce of 8 bytes, and a tag of 16.
constexpr std::size_t sealed_size = record::header_length + 8 + record_size + 16;

/// Whether the kernel took the core away since this was made.
class Disturbance {
 public:
  bool happened() const { return count() != before_; }

 private:
  static long count() {
    static const int whose = about().one_thread ? RUSAGE_THREAD : RUSAGE_SELF;
    struct rusage usage {};
    getrusage(whose, &usage);
    return usage.ru_nivcsw;
  }

  long before_ = count();
};

void expect(bool holds, const char* otherwise) {
  if (!holds) throw std::runtime_error(otherwise);
}

/// An established connection, and the record that goes over it again and again.
class Pipe {
 public:
  explicit Pipe(Laboratory& lab) : plaintext_(record_size), opened_(record_size) {
    NoMeter unmeasured;
    Conversation talk =
        lab.handshake(lab.stack("rsa", "x25519", false), expected_of("rsa", "x25519"), unmeasured);
    client_ = std::move(talk.client);
    server_ = std::move(talk.server);
    record_.reserve(2 * sealed_size);
    opened_.reserve(2 * record_size);
    std::uint8_t next = 0;
    for (std::uint8_t& byte : plaintext_) byte = next += 7;
  }

  /// `meter` measures the sealing as the client's work, the opening as the server's.
  void pass(Meter& meter) {
    ++plaintext_.front();
    record_.clear();
    metered(meter, Side::client, [&] { client_->seal(plaintext_, record_); });
    const auto header = record::parse_header(record_, {true, true});
    expect(header.type == ContentType::application_data && record_.size() == sealed_size,
           "16 KiB were not sealed as one record");
    std::size_t size = 0;
    metered(meter, Side::server, [&] { size = server_->open(record_, opened_); });
    const View plain = View(opened_).last(std::min(record_size, opened_.size()));
    expect(size == record_size && wire::equal(plain, plaintext_),
           "a record was not opened to what was sealed");
    opened_.resize(record_size);
  }

 private:
  std::unique_ptr<End> client_, server_;
  Bytes plaintext_, record_, opened_;
};

RecordTimes time_records(Laboratory& lab, Side side, std::size_t count) {
  Pipe pipe(lab);
  RecordTimes times;
  times.each.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Clock clock;
    const Disturbance disturbance;
    pipe.pass(clock);
    if (disturbance.happened())
      ++times.dropped;
    else
      times.each.push_back(clock.of(side));
  }
  return times;
}

}  // namespace

HandshakeTimes time_handshakes(Laboratory& lab, bool resumed, const std::string& key,
                               const std::string& group, std::size_t count) {
  Expected expected = expected_of(key, group);
  expected.resumed = expected.sessions = resumed;
  Stack& stack = lab.stack(key, group, resumed);
  HandshakeTimes times;
  times.client.reserve(count);
  times.server.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Clock clock;
    const Disturbance disturbance;
    static_cast<void>(lab.handshake(stack, expected, clock));
    if (disturbance.happened()) {
      ++times.dropped;
      continue;
    }
    times.client.push_back(clock.of(Side::client));
    times.server.push_back(clock.of(Side::server));
  }
  return times;
}

RecordTimes time_seal(Laboratory& lab, std::size_t count) {
  return time_records(lab, Side::client, count);
}

RecordTimes time_open(Laboratory& lab, std::size_t count) {
  return time_records(lab, Side::server, count);
}

HeapInUse weigh_connections(Laboratory& lab, const std::string& key, std::size_t count) {
  const Expected expected = expected_of(key, "x25519");
  Stack& stack = lab.stack(key, "x25519", false);
  std::vector<std::unique_ptr<End>> clients, servers;
  clients.reserve(count);
  servers.reserve(count);
  Scales scales;
  for (std::size_t i = 0; i < count; ++i) {
    Conversation talk = lab.handshake(stack, expected, scales);
    clients.push_back(std::move(talk.client));
    servers.push_back(std::move(talk.server));
  }
  HeapInUse heap{scales.of(Side::client), scales.of(Side::server), 0, 0};
  for (const auto& client : clients) metered(scales, Side::client, [&] { client->rest(); });
  for (const auto& server : servers) metered(scales, Side::server, [&] { server->rest(); });
  heap.client_rested = scales.of(Side::client);
  heap.server_rested = scales.of(Side::server);
  return heap;
}

}  // namespace glasstls::bench
