// Where a capture's bytes come from, and a window over them that never holds the whole file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the beginning of `into` (not empty) and returns how many bytes it filled; 0 at the end,
  /// and after a failure.
  virtual std::size_t read(MutableView into) = 0;
  /// Why there is no more, fit to be shown: "big.pcap: Input/output error". Empty at a regular end.
  virtual std::string failure() const { return {}; }
};

/// A file, a device or a named pipe. One that cannot be opened has no bytes and a failure().
class FileSource : public ByteSource {
 public:
  explicit FileSource(std::string path);
  std::size_t read(MutableView into) override;
  std::string failure() const override { return failure_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void fail();

  std::string path_;
  std::string failure_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// Borrowed bytes, handed out at most `piece` at a time.
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(View bytes, std::size_t piece = SIZE_MAX) : rest_(bytes), piece_(piece) {}
  std::size_t read(MutableView into) override;

 private:
  View rest_;
  std::size_t piece_;
};

/// The next bytes of a source. The source is only borrowed.
class ByteWindow {
 public:
  explicit ByteWindow(ByteSource& source) : source_(&source) {}

  /// The next `size` bytes without taking them; fewer only if the source ends before. Valid until
  /// the next peek() or skip(). Memory grows to `size`: the caller bounds it.
  View peek(std::size_t size);
  /// Takes `size` bytes, which peek() must have shown.
  void take(std::size_t size) { begin_ += size; }
  /// Takes and forgets `size` bytes, without holding them; false if the source ends before.
  bool skip(std::uint64_t size);

  /// Of the next byte, from the start of the source.
  std::uint64_t offset() const { return base_ + begin_; }
  std::string failure() const { return source_->failure(); }

 private:
  void fill(std::size_t size);

  ByteSource* source_;
  Bytes buffer_;
  std::size_t begin_ = 0, end_ = 0;  // of what buffer_ holds
  std::uint64_t base_ = 0;           // offset of buffer_'s first byte in the source
  bool ended_ = false;
};

}  // namespace glasstls::inspect::capture
