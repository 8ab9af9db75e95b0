// Page: lines of text for a terminal, painted and broken where they must. Internal to inspect/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::inspect {

enum class Ink { plain, dim, title, good, caution, bad };

class Page {
 public:
  Page(std::size_t width, bool color)
      : width_(width < narrowest ? narrowest : width), color_(color) {}

  std::size_t width() const { return width_; }
  std::string take() { return std::move(text_); }

  /// The text between ANSI codes; as it is without colour.
  std::string paint(Ink ink, std::string_view text) const;

  /// One line as it is: printable, and already fitting.
  void line(std::string_view text = {}) { (text_ += text) += '\n'; }

  /// A label and what belongs to it, in as many lines as it takes. All is made printable.
  struct Entry {
    std::string_view label;  // with its own indent
    std::size_t column = 0;  // of the text; a label that reaches into it has a line of its own
    std::string_view text;   // a word too long for the rest of the line begins further left
    Ink ink = Ink::plain;
    Ink label_ink = Ink::plain;
    std::string_view more;  // a paragraph below, dim
    std::string_view edge;  // at the right edge of the first line that has room, dim
    std::optional<std::size_t> more_column{};  // of `more`, if not `column`
  };
  void entry(const Entry& entry);

 private:
  static constexpr std::size_t narrowest = 60;

  std::size_t width_;
  bool color_;
  std::string text_;

  struct Line {
    std::string painted;
    std::size_t columns = 0;
  };
  void add_text(std::vector<Line>& lines, std::size_t column, const std::string& text, Ink ink,
                bool beside) const;
  void write(std::vector<Line> lines, std::string_view edge);
};

}  // namespace glasstls::inspect
