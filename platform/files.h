// Small files, read whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>

#include "wire/bytes.h"

namespace glasstls::platform {

inline constexpr std::size_t default_file_limit = std::size_t{16} << 20;  // bytes

/// Why a file could not be read, fit to be shown: "ca.pem: No such file or directory".
struct FileError {
  std::string what;
  int error_number = 0;  // errno, 0 where the system is not to blame
};

/// The bytes of a file or the reason why there are none.
class [[nodiscard]] FileContent {
 public:
  FileContent(Bytes bytes) : content_(std::move(bytes)) {}
  FileContent(FileError error) : content_(std::move(error)) {}
  explicit operator bool() const { return std::holds_alternative<Bytes>(content_); }
  const Bytes& bytes() const { return std::get<Bytes>(content_); }
  const FileError& error() const { return std::get<FileError>(content_); }

 private:
  std::variant<Bytes, FileError> content_;
};

/// Reads a file (pipes and devices too). Not for secrets: memory is not wiped. More than `limit` bytes,
/// and directories, are errors.
FileContent read_file(const std::filesystem::path& path, std::size_t limit = default_file_limit);

}  // namespace glasstls::platform
