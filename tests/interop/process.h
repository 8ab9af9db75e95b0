// Process: a child program with pipes, started and stopped by a test.
//
// Tests are single-threaded: while one waits for a program, the same loop serves the pipes of all
// programs that it started, so that none of them ever blocks on a full pipe.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace glasstls::test {

/// How long a test waits for anything before it gives up; sanitized programs are slow.
inline constexpr std::chrono::seconds patience{60};

/// The program's path by PATH, or empty.
std::string find_program(const std::string& name);

class Process {
 public:
  /// Starts `command`, its program looked up in PATH. std::system_error if there is no process to
  /// be had; a program that cannot be run exits with 127.
  explicit Process(std::vector<std::string> command);
  /// Kills it and its children.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Text for its standard input: what it does not take now is queued.
  void send(std::string_view text);
  /// Ends its standard input after what was queued.
  void end_input();

  /// Whether its standard output or error came to hold `text`, before it ended and in time.
  bool wait_for(std::string_view text);
  /// The rest of the first complete line of its output that has `label`; empty if none comes.
  std::string wait_for_line(std::string_view label);
  /// The exit code, or 128 + the signal that ended it. std::runtime_error if it does not end in
  /// time.
  int wait();
  /// Sends a signal, SIGTERM or SIGINT, that asks it to end, and waits for that.
  int stop(int number);
  /// Reads its standard output no more: writing there fails from now on.
  void close_output();
  /// Sends a signal, and does not wait.
  void signal(int number) const;
  pid_t pid() const { return pid_; }

  const std::string& output() const { return output_; }
  const std::string& error() const { return error_; }
  /// What it was and what it said, for failure messages.
  std::string describe() const;

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  static std::vector<Process*>& all();
  static void serve_all(Deadline deadline);
  template <class Predicate>
  bool wait_until(Predicate happened);
  void feed();
  static void drain(int& fd, std::string& to);
  bool ended() const { return output_fd_ == -1 && error_fd_ == -1; }

  std::vector<std::string> command_;
  pid_t pid_ = -1;
  int input_fd_ = -1;
  int output_fd_ = -1;
  int error_fd_ = -1;
  std::string input_;
  std::size_t input_taken_ = 0;
  bool end_input_ = false;
  std::string output_;
  std::string error_;
};

}  // namespace glasstls::test
