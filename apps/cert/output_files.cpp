#include "apps/cert/output_files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "apps/error.h"

namespace glasstls::apps {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

[[noreturn]] void refuse_system(const std::string& path) {
  const int number = errno;
  refuse(path + ": " + std::strerror(number));
}

bool is_standard_output(const std::string& path) { return path == "-"; }

/// Something that takes bytes but is not a file to be replaced: /dev/null, a pipe.
bool is_stream(const std::string& path) {
  std::error_code none;
  const fs::file_status status = fs::status(path, none);
  return fs::is_character_file(status) || fs::is_fifo(status);
}

void write_all(int descriptor, View content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t taken = ::write(descriptor, content.data(), content.size());
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0) refuse_system(path);
    content = content.subspan(static_cast<std::size_t>(taken));
  }
}

/// One file on its way: it is taken back unless keep() was called.
class Pending {
 public:
  /// Without `force` the file itself is created, which fails if it exists; with it, another one
  /// beside the file that the path leads to (through links).
  Pending(const OutputFile& file, bool force)
      : target_(force ? resolved(file.path) : file.path), written_(target_) {
    if (force) written_ += "." + std::to_string(::getpid()) + ".new";
    const mode_t mode = file.access == Access::owner ? 0600 : 0666;
    descriptor_ = ::open(written_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor_ < 0) refuse_system(written_);
  }
  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;
  ~Pending() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (kept_) return;
    if (!old_.empty())
      ::rename(old_.c_str(), target_.c_str());
    else
      ::unlink(written_.c_str());
  }

  void fill(View content) {
    write_all(descriptor_, content, target_);
    if (::fsync(descriptor_) != 0) refuse_system(target_);
    if (::close(std::exchange(descriptor_, -1)) != 0) refuse_system(target_);
  }
  /// Puts it in its place. What was there stays beside it, to be put back if another file fails.
  void commit() {
    if (written_ == target_) return;
    const std::string old = target_ + "." + std::to_string(::getpid()) + ".old";
    if (::link(target_.c_str(), old.c_str()) == 0)
      old_ = old;
    else if (errno != ENOENT)
      refuse_system(target_);
    if (::rename(written_.c_str(), target_.c_str()) != 0) {
      const int number = std::exchange(errno, 0);
      if (!old_.empty()) ::unlink(std::exchange(old_, {}).c_str());
      errno = number;
      refuse_system(target_);
    }
    written_ = target_;
  }
  void keep() {
    if (!old_.empty()) ::unlink(old_.c_str());
    kept_ = true;
  }

 private:
  static std::string resolved(const std::string& path) {
    std::error_code failed;
    const fs::path end = fs::canonical(path, failed);
    return failed ? path : end.string();
  }

  std::string target_, written_;
  std::string old_;  // what was replaced; empty: nothing
  int descriptor_ = -1;
  bool kept_ = false;
};

void write_stream(const OutputFile& file) {
  const bool standard = is_standard_output(file.path);
  const int descriptor = standard ? STDOUT_FILENO : ::open(file.path.c_str(), O_WRONLY | O_CLOEXEC);
  const std::string name = standard ? "standard output" : file.path;
  if (descriptor < 0) refuse_system(name);
  write_all(descriptor, file.content.reveal(), name);
  if (!standard) ::close(descriptor);
}

/// The same file under whatever spelling.
bool same(const std::string& a, const std::string& b) {
  std::error_code failed;
  const fs::path first = fs::weakly_canonical(a, failed);
  return !failed && first == fs::weakly_canonical(b, failed) && !failed;
}

void check_output(const std::string& path, bool force) {
  if (path.empty()) refuse("an output file's name is empty");
  std::error_code none;
  const fs::file_status status = fs::symlink_status(path, none);
  if (fs::is_directory(fs::status(path, none))) refuse(path + " is a folder");
  if (fs::exists(status) && !force) refuse(path + " exists; --force replaces it");
  const fs::path folder = fs::absolute(path, none).parent_path();
  if (!fs::is_directory(folder, none)) refuse(folder.string() + " is not a folder that exists");
}

}  // namespace

OutputFile public_file(std::string path, std::string_view content) {
  return {std::move(path), crypto::SecretBytes::copy_of(wire::as_bytes(content)), Access::everyone};
}

OutputFile secret_file(std::string path, crypto::SecretBytes content) {
  return {std::move(path), std::move(content), Access::owner};
}

void make_folder(const std::string& folder) {
  if (folder.empty()) refuse("the folder's name is empty");
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) refuse(folder + ": " + failed.message());
}

void check_outputs(const std::vector<std::string>& paths, const std::vector<std::string>& inputs,
                   bool force) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string& path = paths[i];
    for (std::size_t earlier = 0; earlier < i; ++earlier)
      if (path == paths[earlier] || same(path, paths[earlier]))
        refuse((is_standard_output(path) ? "standard output" : path) + " is named for two outputs");
    if (is_standard_output(path) || is_stream(path)) continue;
    for (const std::string& input : inputs)
      if (!is_standard_output(input) && same(path, input))
        refuse(path + " is an input of this command, and would be overwritten");
    check_output(path, force);
  }
}

void write_outputs(const std::vector<OutputFile>& files, bool force) {
  std::vector<std::string> paths;
  paths.reserve(files.size());
  for (const OutputFile& file : files) paths.push_back(file.path);
  check_outputs(paths, {}, force);

  std::vector<std::unique_ptr<Pending>> pending;
  std::vector<const OutputFile*> streams;
  for (const OutputFile& file : files) {
    if (is_standard_output(file.path) || is_stream(file.path)) {
      streams.push_back(&file);
    } else {
      pending.push_back(std::make_unique<Pending>(file, force));
      pending.back()->fill(file.content.reveal());
    }
  }
  for (const OutputFile* file : streams) write_stream(*file);
  for (const auto& file : pending) file->commit();
  for (const auto& file : pending) file->keep();
}

}  // namespace glasstls::apps
