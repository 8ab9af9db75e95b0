// Layout: lines of coloured pieces, broken where they must, beside a column of hexadecimal. Internal
// to inspect/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inspect/page.h"
#include "inspect/printable.h"
#include "inspect/terminal.h"
#include "inspect/terminal/labels.h"
#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::inspect::terminal {

/// A piece of a line: printable.
struct Span {
  std::string text;
  Ink ink = Ink::plain;
};

using Line = std::vector<Span>;

using inspect::columns;  // of a text
std::size_t columns(const Line& line);

/// Breaks at spaces, between wide characters, and, in words that are too long, behind "_", "/",
/// ":" or ".".
std::vector<std::string> break_text(std::string_view printable_text, std::size_t width);

/// The same, each line indented and painted.
std::vector<Line> paragraph(std::string_view printable_text, std::size_t width, Ink ink,
                            std::size_t indent = 0);

/// "c0 30 00", so many bytes in a line and at most so many lines; ".." stands for what is cut.
std::vector<std::string> hex_lines(View bytes, std::size_t per_line, std::size_t most_lines);

std::string spaces(std::size_t count);

/// What all renderers of one text share: the page that they write, and how.
class Canvas {
 public:
  Canvas(const Document& document_, const TerminalOptions& options_)
      : document(document_), options(options_), page(options_.width, options_.color) {}

  const Document& document;
  const TerminalOptions& options;
  Page page;

  bool brief() const { return options.level == Level::brief; }
  bool all_bytes() const { return options.level == Level::bytes; }
  std::size_t width() const { return page.width(); }

  std::string_view sign(std::string_view unicode, std::string_view ascii) const {
    return options.ascii ? ascii : unicode;
  }
  /// Made printable.
  std::string say(const Text& text) const;
  std::string_view label(Label label) const { return terminal::say(options.language, label); }
  /// A label with its "{}" filled in.
  std::string label(Label label, const std::vector<std::string>& arguments) const;
  std::string_view side(Side side) const;
  std::string bytes_text(std::uint64_t count) const {
    return terminal::bytes_text(options.language, count);
  }
  /// "+1.250 ms", since the connection began.
  std::string since_begin(Nanoseconds time) const;

  void write(const Line& line);
  void write(const std::vector<Line>& lines, std::size_t indent = 0);
  /// A text in as many lines as it takes.
  void write_text(std::string_view printable_text, std::size_t indent, Ink ink = Ink::plain);
  /// A label, and a text in a column of its own.
  void write_labelled(std::string_view label, std::size_t indent, std::size_t column,
                      std::string_view printable_text, Ink ink = Ink::plain);
  /// With something dim at the right edge.
  void write_edge(Line line, std::string_view edge);
  /// Hexadecimal without spaces, in as many lines as it takes or at most so many.
  void write_hex(View bytes, std::size_t indent, std::size_t most_lines);
};

/// A duration: "0.250 ms", "1.500 s".
std::string duration_text(Nanoseconds time);

}  // namespace glasstls::inspect::terminal
