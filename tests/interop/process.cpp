#include "tests/interop/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace glasstls::test {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

struct Pipe {
  int read = -1, write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe2");
  return {ends[0], ends[1]};
}

void close_fd(int& fd) {
  if (fd != -1) ::close(std::exchange(fd, -1));
}

/// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, int input, int output, int error, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(error, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execvp(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

std::string find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream directories(path != nullptr ? path : "");
  for (std::string directory; std::getline(directories, directory, ':');) {
    std::string candidate = directory + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

std::vector<Process*>& Process::all() {
  static std::vector<Process*> processes;
  return processes;
}

Process::Process(std::vector<std::string> command) : command_(std::move(command)) {
  ::signal(SIGPIPE, SIG_IGN);  // a child that reads no more is not our end
  const Pipe input = make_pipe(), output = make_pipe(), error = make_pipe();
  std::vector<char*> arguments;
  for (std::string& word : command_) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == -1) fail("fork");
  if (pid_ == 0) become(arguments.data(), input.read, output.write, error.write, parent);
  ::setpgid(pid_, pid_);  // here too: whoever comes first

  for (const int fd : {input.read, output.write, error.write}) ::close(fd);
  input_fd_ = input.write;
  output_fd_ = output.read;
  error_fd_ = error.read;
  for (const int fd : {input_fd_, output_fd_, error_fd_})
    if (fd != -1) ::fcntl(fd, F_SETFL, O_NONBLOCK);
  all().push_back(this);
}

Process::~Process() {
  std::erase(all(), this);
  if (pid_ != -1) {
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  for (int* fd : {&input_fd_, &output_fd_, &error_fd_}) close_fd(*fd);
}

void Process::send(std::string_view text) {
  input_ += text;
  feed();
}

void Process::end_input() { end_input_ = true; }

/// Writes what the child takes now.
void Process::feed() {
  while (input_taken_ < input_.size()) {
    const ssize_t size =
        ::write(input_fd_, input_.data() + input_taken_, input_.size() - input_taken_);
    if (size == -1 && errno == EAGAIN) return;
    if (size == -1) return close_fd(input_fd_);
    input_taken_ += static_cast<std::size_t>(size);
  }
  if (end_input_) close_fd(input_fd_);
}

/// Reads what is there; closes at the end.
void Process::drain(int& fd, std::string& to) {
  std::array<char, 65'536> buffer{};
  for (;;) {
    const ssize_t size = ::read(fd, buffer.data(), buffer.size());
    if (size == -1 && errno == EAGAIN) return;
    if (size <= 0) return close_fd(fd);
    to.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

/// Waits until some pipe of some child is ready, and serves it.
void Process::serve_all(Deadline deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  std::vector<pollfd> waiting;  // a negative descriptor is ignored
  for (Process* process : all()) {
    const bool has_input = process->input_taken_ < process->input_.size() || process->end_input_;
    waiting.push_back({has_input ? process->input_fd_ : -1, POLLOUT, 0});
    waiting.push_back({process->output_fd_, POLLIN, 0});
    waiting.push_back({process->error_fd_, POLLIN, 0});
  }
  const auto limit = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
  if (::poll(waiting.data(), waiting.size(), limit) <= 0) return;
  for (std::size_t i = 0; i < all().size(); ++i) {
    Process& process = *all()[i];
    if (waiting[3 * i].revents != 0) process.feed();
    if (waiting[3 * i + 1].revents != 0) drain(process.output_fd_, process.output_);
    if (waiting[3 * i + 2].revents != 0) drain(process.error_fd_, process.error_);
  }
}

template <class Predicate>
bool Process::wait_until(Predicate happened) {
  const Deadline deadline = std::chrono::steady_clock::now() + patience;
  while (!happened()) {
    if (ended() || std::chrono::steady_clock::now() >= deadline) return false;
    serve_all(deadline);
  }
  return true;
}

bool Process::wait_for(std::string_view text) {
  return wait_until([&] {
    return output_.find(text) != std::string::npos || error_.find(text) != std::string::npos;
  });
}

std::string Process::wait_for_line(std::string_view label) {
  std::string rest;
  wait_until([&] {
    const std::size_t begin = output_.find(label);
    const std::size_t end = begin == std::string::npos ? begin : output_.find('\n', begin);
    if (end == std::string::npos) return false;
    rest = output_.substr(begin + label.size(), end - begin - label.size());
    return true;
  });
  return rest;
}

int Process::wait() {
  wait_until([this] { return ended(); });
  if (!ended()) throw std::runtime_error("does not end: " + describe());
  int status = 0;
  if (::waitpid(std::exchange(pid_, -1), &status, 0) == -1) fail("waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int Process::stop(int number) {
  signal(number);
  return wait();
}

void Process::close_output() { close_fd(output_fd_); }

void Process::signal(int number) const { ::kill(pid_, number); }

std::string Process::describe() const {
  constexpr std::size_t most = 4000;  // of output that may be 64 MiB
  std::string text;
  for (const std::string& word : command_) text += word + " ";
  return text + "\n--- standard output\n" + output_.substr(0, most) + "\n--- standard error\n" +
         error_.substr(0, most) + "\n---\n";
}

}  // namespace glasstls::test
