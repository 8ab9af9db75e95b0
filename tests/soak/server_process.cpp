#include "tests/soak/server_process.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <new>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/mman.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ;

namespace glasstls::soak {

namespace {

constexpr std::string_view listening = "listening on 127.0.0.1:";

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> all;
  for (const std::string& word : words) all.push_back(const_cast<char*>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

}  // namespace

ServerProcess::ServerProcess(const std::string& program, const std::vector<std::string>& words,
                             const std::string& folder, const std::string& preload)
    : ca_(folder + "/lab/ca-cert.pem") {
  std::vector<std::string> command = {program, "server", "--listen", "0", "--lab", folder + "/lab"};
  command.insert(command.end(), words.begin(), words.end());
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  const std::string switches = folder + "/faults";
  map_faults(switches);
  if (!preload.empty()) {
    variables.push_back("LD_PRELOAD=" + preload);
    variables.push_back(std::string(Faults::variable) + "=" + switches);
  }
  start(command, variables);
  reader_ = std::thread([this] { read_all(); });
  await_listening();
}

ServerProcess::~ServerProcess() {
  if (runs()) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (reader_.joinable()) reader_.join();
  ::munmap(faults_, sizeof *faults_);
}

/// Zeros are no faults.
void ServerProcess::map_faults(const std::string& path) {
  std::ofstream(path).put(0);
  std::filesystem::resize_file(path, sizeof(Faults));
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  void* memory = ::mmap(nullptr, sizeof(Faults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (memory == MAP_FAILED) throw std::runtime_error("cannot map " + path);
  faults_ = new (memory) Faults;
}

void ServerProcess::start(const std::vector<std::string>& command,
                          const std::vector<std::string>& variables) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) check(errno, "pipe");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  const int error = ::posix_spawn(&pid_, command.front().c_str(), &actions, nullptr,
                                  pointers(command).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  output_ = ends[0];
  if (error != 0) pid_ = -1;
  check(error, command.front().c_str());
}

void ServerProcess::await_listening() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return port_ != 0 || silent_; });
  if (port_ != 0) return;
  std::string text = "the server does not listen";
  for (const auto& [line, count] : said_) text += "\n" + line;
  lock.unlock();
  reader_.join();
  throw std::runtime_error(text);
}

// --- What it says --------------------------------------------------------------------------------

/// In a thread of its own, so that the server never waits for us.
void ServerProcess::read_all() {
  std::string text;
  char piece[65'536];
  for (;;) {
    const ssize_t size = ::read(output_, piece, sizeof piece);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    text.append(piece, static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
      take(text.substr(begin, end - begin));
    text.erase(0, begin);
  }
  ::close(output_);
  const std::lock_guard lock(mutex_);
  silent_ = true;
  changed_.notify_all();
}

void ServerProcess::take(const std::string& line) {
  const std::lock_guard lock(mutex_);
  if (line.starts_with(listening)) {
    port_ = static_cast<std::uint16_t>(std::stoul(line.substr(listening.size())));
    changed_.notify_all();
  }
  const bool of_a_connection = line.starts_with("[") || line.starts_with(" ");
  if (!of_a_connection) ++said_[line];
  if (of_a_connection && line.find("internal") != std::string::npos) ++internal_errors_;
}

std::map<std::string, std::uint64_t> ServerProcess::said() {
  const std::lock_guard lock(mutex_);
  return said_;
}

std::uint64_t ServerProcess::internal_errors() {
  const std::lock_guard lock(mutex_);
  return internal_errors_;
}

// --- The process ---------------------------------------------------------------------------------

asio::ip::tcp::endpoint ServerProcess::address() const {
  return {asio::ip::address_v4::loopback(), port_};
}

bool ServerProcess::runs() {
  if (pid_ == -1) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) == 0) return true;
  exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  pid_ = -1;
  return false;
}

int ServerProcess::stop() {
  if (!runs()) return exit_code_;
  ::kill(pid_, SIGTERM);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Memory ServerProcess::memory() const {
  Memory memory;
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:" && word != "VmHWM:") continue;
    std::size_t kibibytes = 0;
    status >> kibibytes;
    (word == "VmRSS:" ? memory.now : memory.peak) = kibibytes * 1024;
  }
  if (memory.now == 0) throw std::runtime_error("the server has ended");
  return memory;
}

std::size_t ServerProcess::descriptors() const {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/" + std::to_string(pid_) + "/fd", error);
  if (error) throw std::runtime_error("the server has ended");
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

rlim_t ServerProcess::limit(__rlimit_resource resource, rlim_t soft) const {
  rlimit old{};
  check(::prlimit(pid_, resource, nullptr, &old) == 0 ? 0 : errno, "prlimit");
  const rlimit set{soft, old.rlim_max};
  check(::prlimit(pid_, resource, &set, nullptr) == 0 ? 0 : errno, "prlimit");
  return old.rlim_cur;
}

}  // namespace glasstls::soak
