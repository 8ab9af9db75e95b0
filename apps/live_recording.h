// LiveRecording: one connection of ours, recorded for its explanation, and written as a capture.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "apps/tap.h"
#include "inspect/capture/capture_writer.h"
#include "inspect/recorder.h"
#include "inspect/recording.h"
#include "platform/seeded.h"
#include "tls/event.h"
#include "wire/observer.h"
#include "wire/side.h"

namespace glasstls::apps {

struct LiveRecordingOptions {
  Side own = Side::client;
  std::uint64_t number = 1;                 // of the connection in its run
  bool expose_secrets = false;              // in the recording; a capture always has them
  std::uint64_t application_data = 16'384;  // bytes kept per direction
  std::function<std::int64_t()> now;        // nanoseconds since the epoch
  std::shared_ptr<inspect::capture::CaptureWriter> capture;  // null: none is written
};

/// Segments are what the socket gave and took; of a seeded connection they are its records, for
/// there how TCP splits the bytes shall make no difference.
class LiveRecording final : public Tap, public std::enable_shared_from_this<LiveRecording> {
 public:
  explicit LiveRecording(LiveRecordingOptions options);
  ~LiveRecording() override;

  /// To be given to the connection.
  std::vector<std::shared_ptr<Observer>> observers();
  /// The connection is a seeded one: its time is that clock's.
  void run_by(std::shared_ptr<const platform::SeededClock> clock);

  const inspect::Recording& recording() const { return recorder_->recording(); }
  /// How the connection failed is part of what is to be explained.
  void failed(const tls::Failed& failed);

  void connected(const asio::ip::tcp::endpoint& own,
                 const asio::ip::tcp::endpoint& remote) override;
  void received(View bytes) override;
  void processed() override;
  void sent(View bytes) override;
  void peer_ended(bool reset) override;
  void ended() override;

 private:
  class Records;
  struct Capture;

  Side peer() const { return other(options_.own); }
  void came(View bytes);
  void went(View bytes);

  LiveRecordingOptions options_;
  bool by_record_ = false;
  bool peer_said_goodbye_ = false;  // its close_notify came; known of a seeded connection only
  std::shared_ptr<inspect::Recorder> recorder_;
  std::shared_ptr<Capture> capture_;  // null: none is written
};

}  // namespace glasstls::apps
