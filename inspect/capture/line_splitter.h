// LineSplitter: lines out of pieces of any size, in bounded memory. What it holds is wiped.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/constant_time.h"
#include "wire/bytes.h"

namespace glasstls::inspect::capture {

template <std::size_t longest>
class LineSplitter {
 public:
  LineSplitter() = default;
  ~LineSplitter() { crypto::wipe(held_); }
  LineSplitter(const LineSplitter&) = delete;
  LineSplitter& operator=(const LineSplitter&) = delete;

  /// Calls on_line(text, cut) for each line that ends in `piece`. `text` is without '\n' and valid
  /// during the call; `cut` tells that only the first `longest` bytes of the line are in it.
  template <class OnLine>
  void read(View piece, OnLine&& on_line) {
    while (!piece.empty()) {
      const auto line_end = std::find(piece.begin(), piece.end(), '\n');
      const View part = piece.first(static_cast<std::size_t>(line_end - piece.begin()));
      const bool ends = line_end != piece.end();
      if (ends && size_ == 0)
        give(part.first(std::min(part.size(), longest)), part.size() > longest, on_line);
      else
        hold(part);
      if (ends && size_ > 0) end(on_line);
      piece = piece.subspan(part.size() + (ends ? 1 : 0));
    }
  }

  /// What is left is the last line, unless it is empty.
  template <class OnLine>
  void end(OnLine&& on_line) {
    if (size_ > 0) give(View(held_).first(size_), cut_, on_line);
    crypto::wipe(MutableView(held_).first(size_));
    size_ = 0;
    cut_ = false;
  }

 private:
  template <class OnLine>
  static void give(View text, bool cut, OnLine& on_line) {
    on_line(wire::as_text(text), cut);
  }

  void hold(View part) {
    const std::size_t taken = std::min(part.size(), longest - size_);
    std::copy_n(part.begin(), taken, held_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += taken;
    cut_ = cut_ || taken < part.size();
  }

  std::array<std::uint8_t, longest> held_{};
  std::size_t size_ = 0;
  bool cut_ = false;
};

}  // namespace glasstls::inspect::capture
