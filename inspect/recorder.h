// Recorder: the observer that fills a Recording while a connection runs, or while one is read from a
// capture.
//
// Observers may not throw: where memory runs out the process ends. Its bounds keep a long connection
// from growing the recording without end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "inspect/recording.h"
#include "wire/observer.h"
#include "wire/side.h"

namespace glasstls::inspect {

struct RecorderOptions {
  Side own = Side::client;      // where Direction::sent leads from
  bool live = true;             // false: filled from a capture
  bool expose_secrets = false;  // keep the secrets' values
  /// Bytes of application data kept per direction, in whole records; the rest is counted.
  std::uint64_t application_data = 16'384;
  std::size_t entries = 10'000;   // records, secrets and transitions kept altogether
  std::size_t segments = 10'000;  // kept altogether
};

class Recorder final : public Observer {
 public:
  explicit Recorder(RecorderOptions options = {});

  const Recording& recording() const { return recording_; }
  /// For the facts about the connection as a whole.
  Recording& recording() { return recording_; }

  // What every observer is told.
  void record(const wire::RecordSeen& seen) noexcept override;
  void secret(const wire::SecretSeen& seen) noexcept override;
  void transition(const wire::TransitionSeen& seen) noexcept override;
  bool exposes_secrets() const noexcept override { return options_.expose_secrets; }

  // What only the network's side knows. Times are nanoseconds since the epoch.
  /// The next `size` bytes of a side's stream came, or left.
  void segment(Side from, std::size_t size, std::optional<std::int64_t> time,
               std::optional<std::uint64_t> frame = {}) noexcept;
  /// The stream ended: by FIN, or by RST.
  void end_of_stream(Side from, bool reset, std::optional<std::int64_t> time) noexcept;

  // What only a passive decoder knows. Reasons are keys of the catalogue.
  /// A protected record that was not even tried to be opened. `seen.sequence_number` counts if
  /// `numbered`; nonce and additional data may be empty.
  void sealed(const wire::RecordSeen& seen, bool numbered, std::string reason) noexcept;
  /// The capture lacks so many bytes here.
  void gap(Side from, std::uint64_t size, std::string reason) noexcept;
  /// So many bytes of a side's stream belong to no record that could be told apart.
  void unread(Side from, std::uint64_t size) noexcept;
  /// Nothing more of the connection is read, and why. The first one counts.
  void stopped(Recording::Stop stop) noexcept;
  void unknown_secret(std::string name, std::string reason) noexcept;
  void remark(std::string text) noexcept;

 private:
  bool take_room(Direction direction);
  bool keeps(const wire::RecordSeen& seen);
  Recording::Record own(const wire::RecordSeen& seen);

  RecorderOptions options_;
  Recording recording_;
  std::size_t entries_ = 0;
  // By Side.
  std::array<std::uint64_t, 2> stream_of_segments_{};  // bytes told by segment() and gap()
  std::array<std::uint64_t, 2> stream_of_records_{};   // bytes told by record() and sealed()
  std::array<std::uint64_t, 2> records_{};
  std::array<std::uint64_t, 2> application_data_{};
};

}  // namespace glasstls::inspect
