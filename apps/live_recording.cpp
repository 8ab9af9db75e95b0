#include "apps/live_recording.h"

#include <utility>

#include "apps/endpoint.h"
#include "inspect/capture/end_points.h"
#include "tls/key_log.h"
#include "wire/alert.h"

namespace glasstls::apps {

namespace capture = inspect::capture;
using asio::ip::tcp;

namespace {

capture::EndPoint end_point(const tcp::endpoint& endpoint) {
  capture::EndPoint point;
  point.port = endpoint.port();
  if (endpoint.address().is_v4())
    point.address = endpoint.address().to_v4().to_bytes();
  else
    point.address = endpoint.address().to_v6().to_bytes();
  return point;
}

bool is_close_notify(const wire::RecordSeen& seen) {
  return seen.type == ContentType::alert && seen.authentic && seen.plaintext.size() == 2 &&
         seen.plaintext[1] == static_cast<std::uint8_t>(AlertDescription::close_notify);
}

}  // namespace

/// What came is written only when TLS has done with it, so that the secrets which open it stand
/// before it; with the time at which it came.
struct LiveRecording::Capture {
  explicit Capture(std::shared_ptr<capture::CaptureWriter> made) : writer(std::move(made)) {}

  std::shared_ptr<capture::CaptureWriter> writer;
  std::optional<capture::CaptureStream> stream;  // once connected
  Bytes came;
  std::uint64_t came_at = 0;
  Bytes early;  // what a seeded connection has to say before it is connected
};

/// The records of a seeded connection are its segments.
class LiveRecording::Records final : public Observer {
 public:
  explicit Records(std::weak_ptr<LiveRecording> recording) : recording_(std::move(recording)) {}

  void record(const wire::RecordSeen& seen) noexcept override {
    const auto recording = recording_.lock();
    if (!recording || !recording->by_record_) return;
    if (seen.direction == Direction::sent) return recording->went(seen.wire);
    recording->came(seen.wire);
    if (is_close_notify(seen)) recording->peer_said_goodbye_ = true;
  }

 private:
  std::weak_ptr<LiveRecording> recording_;
};

LiveRecording::LiveRecording(LiveRecordingOptions options) : options_(std::move(options)) {
  inspect::RecorderOptions recorder;
  recorder.own = options_.own;
  recorder.expose_secrets = options_.expose_secrets;
  recorder.application_data = options_.application_data;
  recorder_ = std::make_shared<inspect::Recorder>(recorder);
  recorder_->recording().number = options_.number;
  if (options_.capture) capture_ = std::make_shared<Capture>(options_.capture);
}

LiveRecording::~LiveRecording() = default;

std::vector<std::shared_ptr<Observer>> LiveRecording::observers() {
  std::vector<std::shared_ptr<Observer>> observers{std::make_shared<Records>(weak_from_this()),
                                                   recorder_};
  if (capture_)
    observers.push_back(
        std::make_shared<tls::KeyLog>([capture = capture_](const std::string& line) {
          if (capture->stream) capture->stream->secrets(line);
        }));
  return observers;
}

void LiveRecording::run_by(std::shared_ptr<const platform::SeededClock> clock) {
  options_.now = [clock = std::move(clock)] { return clock->nanoseconds(); };
  by_record_ = true;
}

void LiveRecording::failed(const tls::Failed& failed) {
  inspect::Recording::Stop stop;
  stop.side = peer();
  stop.message = failed.message;
  stop.offset = failed.offset;
  stop.field = failed.field;
  stop.reason = failed.reason;
  stop.section = failed.section;
  if (failed.alert) stop.alert = name_of(*failed.alert);
  recorder_->stopped(std::move(stop));
}

void LiveRecording::connected(const tcp::endpoint& own, const tcp::endpoint& remote) {
  const bool is_client = options_.own == Side::client;
  const tcp::endpoint& client = is_client ? own : remote;
  const tcp::endpoint& server = is_client ? remote : own;
  capture::EndPoints ends{end_point(client), end_point(server)};
  recorder_->recording().client = text_of(client);
  recorder_->recording().server = text_of(server);
  if (by_record_) {  // the system's choice of a port is not the seed's
    constexpr std::uint16_t first_port = 49'152;
    ends.client.port = static_cast<std::uint16_t>(first_port + options_.number);
    recorder_->recording().client = text_of({client.address(), ends.client.port});
  }
  if (!capture_) return;
  const auto time = static_cast<std::uint64_t>(options_.now());
  capture_->stream = capture_->writer->connect(ends, time);
  capture_->stream->data(options_.own, std::exchange(capture_->early, {}), time);
}

void LiveRecording::received(View bytes) {
  if (!by_record_ && !bytes.empty()) came(bytes);
}

void LiveRecording::came(View bytes) {
  const std::int64_t time = options_.now();
  recorder_->segment(peer(), bytes.size(), time);
  if (!capture_) return;
  processed();
  capture_->came = wire::copy(bytes);
  capture_->came_at = static_cast<std::uint64_t>(time);
}

void LiveRecording::processed() {
  if (!capture_ || !capture_->stream || capture_->came.empty()) return;
  capture_->stream->data(peer(), capture_->came, capture_->came_at);
  capture_->came.clear();
}

void LiveRecording::sent(View bytes) {
  if (!by_record_) went(bytes);
}

void LiveRecording::went(View bytes) {
  const std::int64_t time = options_.now();
  recorder_->segment(options_.own, bytes.size(), time);
  if (!capture_) return;
  if (!capture_->stream) return wire::append(capture_->early, bytes);
  processed();
  capture_->stream->data(options_.own, bytes, static_cast<std::uint64_t>(time));
}

/// Of a seeded connection it is left out after a close_notify: which side's end the system tells
/// first, and whether it still tells the peer's, is not the seed's.
void LiveRecording::peer_ended(bool reset) {
  if (by_record_ && peer_said_goodbye_) return;
  const std::int64_t time = options_.now();
  recorder_->end_of_stream(peer(), reset, time);
  if (!capture_ || !capture_->stream) return;
  processed();
  capture_->stream->closed(peer(), reset ? capture::Ending::rst : capture::Ending::fin,
                           static_cast<std::uint64_t>(time));
}

void LiveRecording::ended() {
  const std::int64_t time = options_.now();
  recorder_->end_of_stream(options_.own, false, time);
  if (!capture_ || !capture_->stream) return;
  processed();
  capture_->stream->closed(options_.own, capture::Ending::fin, static_cast<std::uint64_t>(time));
}

}  // namespace glasstls::apps
