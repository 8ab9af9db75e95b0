#include "inspect/capture/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace glasstls::inspect::capture {

namespace {

constexpr std::size_t window_size = std::size_t{256} << 10;

}  // namespace

FileSource::FileSource(std::string path) : path_(std::move(path)) {
  errno = 0;
  file_.reset(std::fopen(path_.c_str(), "rbe"));
  if (file_ == nullptr)
    fail();
  else
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // ByteWindow reads in large pieces
}

std::size_t FileSource::read(MutableView into) {
  if (file_ == nullptr) return 0;
  errno = 0;
  const std::size_t size = std::fread(into.data(), 1, into.size(), file_.get());
  if (size < into.size() && std::ferror(file_.get()) != 0) fail();
  return size;
}

void FileSource::fail() {
  failure_ = path_ + ": " + (errno == 0 ? "cannot be read" : std::strerror(errno));
  file_.reset();
}

std::size_t MemorySource::read(MutableView into) {
  const std::size_t size = std::min({into.size(), rest_.size(), piece_});
  std::copy_n(rest_.begin(), size, into.begin());
  rest_ = rest_.subspan(size);
  return size;
}

View ByteWindow::peek(std::size_t size) {
  if (end_ - begin_ < size) fill(size);
  return View(buffer_).subspan(begin_, std::min(size, end_ - begin_));
}

void ByteWindow::fill(std::size_t size) {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  base_ += begin_;
  end_ -= begin_;
  begin_ = 0;
  while (end_ < size && !ended_) {
    // Grows with what is there, not with what a length field claims.
    if (end_ == buffer_.size()) buffer_.resize(std::max(window_size, 2 * buffer_.size()));
    const std::size_t got = source_->read(MutableView(buffer_).subspan(end_));
    ended_ = got == 0;
    end_ += got;
  }
}

bool ByteWindow::skip(std::uint64_t size) {
  while (size > 0) {
    const std::size_t step =
        peek(static_cast<std::size_t>(std::min<std::uint64_t>(size, window_size))).size();
    if (step == 0) return false;
    take(step);
    size -= step;
  }
  return true;
}

}  // namespace glasstls::inspect::capture
