// What `glasstls server` tells its user. Several threads speak here: whatever is handed over appears in
// one piece.
//
// Received data goes to standard output, everything else to standard error; with `json` standard
// output gets a line for each connection instead of the data.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/explanation.h"
#include "apps/tap.h"
#include "handshake/agreement.h"
#include "tls/event.h"
#include "wire/bytes.h"
#include "wire/observer.h"

namespace glasstls::apps {

/// What became of a connection.
struct ConnectionResult {
  enum class Outcome : std::uint8_t {
    closed,     // in order
    failed,     // `failed` says why, or `error`
    timed_out,  // `error` says on what
    stopped,    // the server ended before it did
  };
  Outcome outcome = Outcome::closed;
  std::string error;
  std::optional<tls::Failed> failed;
  std::uint64_t bytes_received = 0;  // of application data
  std::uint64_t bytes_sent = 0;
  std::vector<std::string> remarks;
};

class ServerReport {
 public:
  /// `explanation` must outlive it.
  explicit ServerReport(Explanation& explanation) : explanation_(explanation) {}

  Explanation& explanation() { return explanation_; }
  const ReportOptions& options() const { return explanation_.options(); }

  /// Whole lines for standard error.
  void say(std::string_view lines);
  /// A line for it that takes no memory: "internal error: no memory".
  void say_error(const char* what, const std::exception& error) noexcept;
  /// Received data, for standard output.
  void data(View received);
  /// A line of JSON, for standard output.
  void json(std::string_view line);

 private:
  void print(std::string_view text);

  Explanation& explanation_;
  std::mutex mutex_;
  bool output_lost_ = false;  // told once
};

/// Of one connection. Used by its thread only.
class ConnectionReport {
 public:
  ConnectionReport(ServerReport& server, std::uint64_t number, std::string peer);
  ConnectionReport(const ConnectionReport&) = delete;
  ConnectionReport& operator=(const ConnectionReport&) = delete;

  /// To be given to the connection, and to its socket; never null.
  std::vector<std::shared_ptr<Observer>> observers() const;
  std::shared_ptr<Tap> tap() const;
  /// Of a seeded connection: its time.
  void run_by(std::shared_ptr<const platform::SeededClock> clock);

  void connected(const handshake::Agreement& agreement);
  /// One line, already safe to show.
  void line(std::string_view text);
  /// What became of it. `agreement` is null if the handshake did not complete.
  void ended(const ConnectionResult& result, const handshake::Agreement* agreement);
  /// The last call: the network has done its part too.
  void gone();

  /// Shows what has come together since the last call, but holds a handshake back until it is over.
  void flush();

 private:
  ServerReport& server_;
  const std::uint64_t number_;
  const std::string peer_;
  bool handshake_over_ = false;
  std::string text_;  // not shown yet
  ExplainedConnection explained_;
};

}  // namespace glasstls::apps
