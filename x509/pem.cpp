#include "x509/pem.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "crypto/constant_time.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";
constexpr std::string_view dashes = "-----";
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The value of a character of base64, or -1. Computed without a branch or a table: it may be of a
// key, whose bits then show neither in the time taken nor in the cache.
constexpr int base64_value(char c) {
  const int u = static_cast<unsigned char>(c);
  const auto between = [u](int low, int high) {  // all ones, or 0
    return ((low - 1 - u) & (u - high - 1)) >> 8;
  };
  return (between('A', 'Z') & (u - 'A' + 1)) + (between('a', 'z') & (u - 'a' + 27)) +
         (between('0', '9') & (u - '0' + 53)) + (between('+', '+') & 63) +
         (between('/', '/') & 64) - 1;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The label of a BEGIN or END line.
std::optional<std::string_view> label_of(std::string_view line, std::string_view mark) {
  if (!line.starts_with(mark) || !line.ends_with(dashes)) return std::nullopt;
  if (line.size() < mark.size() + dashes.size()) return std::nullopt;
  return line.substr(mark.size(), line.size() - mark.size() - dashes.size());
}

struct Line {
  std::string_view text;  // without its end and trailing white space
  std::size_t offset = 0;
  std::size_t number = 0;  // from 1
};

class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  std::optional<Line> next() {
    if (position_ >= text_.size()) return std::nullopt;
    const std::size_t begin = position_;
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    position_ = end + 1;
    std::string_view line = text_.substr(begin, end - begin);
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    return Line{line, begin, ++number_};
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t number_ = 0;
};

// Base64 that comes in pieces. What it decoded is wiped unless it is taken: it may be a key.
class Base64Decoder {
 public:
  Base64Decoder() = default;
  Base64Decoder(const Base64Decoder&) = delete;
  Base64Decoder& operator=(const Base64Decoder&) = delete;
  ~Base64Decoder() { crypto::wipe(bytes_); }

  // So that growing does not leave copies behind.
  void reserve(std::size_t characters) { bytes_.reserve(characters / 4 * 3 + 3); }

  bool add(char c) {
    if (c == '=') {
      ++padding_;
      return padding_ <= 2 && count_ % 4 >= 2;
    }
    const int value = base64_value(c);
    if (padding_ > 0 || value < 0) return false;
    bits_ = bits_ << 6 | static_cast<std::uint32_t>(value);
    if (++count_ % 4 == 0) {
      for (int shift = 16; shift >= 0; shift -= 8) push(bits_ >> shift);
    }
    return true;
  }

  // Whether all came: whole groups, and no stray bits in the last.
  bool finish() {
    if ((count_ + padding_) % 4 != 0) return false;
    if (padding_ == 1) {
      push(bits_ >> 10);
      push(bits_ >> 2);
    } else if (padding_ == 2) {
      push(bits_ >> 4);
    }
    const std::uint32_t stray = padding_ == 1 ? bits_ & 0x3 : padding_ == 2 ? bits_ & 0xf : 0;
    return stray == 0;
  }

  Bytes take() { return std::exchange(bytes_, {}); }

 private:
  void push(std::uint32_t byte) { bytes_.push_back(static_cast<std::uint8_t>(byte)); }

  Bytes bytes_;
  std::uint32_t bits_ = 0;
  std::size_t count_ = 0;
  std::size_t padding_ = 0;
};

Malformed fault(const Line& line, const std::string& what) {
  return {line.offset, "line " + std::to_string(line.number) + ": " + what, "RFC 7468, 2"};
}

// The header lines of a block (RFC 1421, 4.4): "Name: value" at its beginning, up to an empty line.
// A line that begins with white space goes on with the one before. Only Proc-Type matters.
class Headers {
 public:
  // Whether the line belongs to the headers.
  bool take(std::string_view line) {
    if (ended_) return false;
    const std::size_t colon = line.find(':');
    const bool goes_on = any_ && !line.empty() && is_space(line.front());
    if (colon != std::string_view::npos && !goes_on) {
      any_ = true;
      encrypted_ = encrypted_ || is_encryption(line.substr(0, colon), line.substr(colon + 1));
      return true;
    }
    ended_ = !goes_on;
    return goes_on || line.empty();
  }

  bool encrypted() const { return encrypted_; }

 private:
  static bool is_encryption(std::string_view name, std::string_view value) {
    while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
    return name == "Proc-Type" && value == "4,ENCRYPTED";
  }

  bool any_ = false;
  bool ended_ = false;
  bool encrypted_ = false;
};

// One block after its BEGIN line, up to its END line or, where that is missing, to the next BEGIN
// line, which is returned.
std::optional<Line> read_block(Lines& lines, const Line& begin, std::string_view label,
                               std::size_t size, PemText& out) {
  Headers headers;
  Base64Decoder decoder;
  decoder.reserve(size);
  std::optional<Line> bad;
  while (const std::optional<Line> line = lines.next()) {
    if (label_of(line->text, begin_mark)) {
      out.faults.push_back(fault(begin, "BEGIN without END"));
      return line;
    }
    if (const auto end = label_of(line->text, end_mark)) {
      if (*end != label) {
        out.faults.push_back(fault(*line, "END of another label than BEGIN"));
      } else if (bad || (!headers.encrypted() && !decoder.finish())) {
        out.faults.push_back(fault(bad ? *bad : *line, "not base64"));
      } else {
        out.blocks.push_back(
            {std::string(label), decoder.take(), begin.number, headers.encrypted()});
      }
      return std::nullopt;
    }
    if (headers.take(line->text) || headers.encrypted()) continue;
    for (const char c : line->text) {
      if (!bad && !is_space(c) && !decoder.add(c)) bad = line;
    }
  }
  out.faults.push_back(fault(begin, "BEGIN without END"));
  return std::nullopt;
}

// Up to the END that comes before the next BEGIN, or up to that: each byte is looked at once,
// however many blocks are never ended.
std::size_t block_length(std::string_view from_begin) {
  const std::size_t next = from_begin.find(begin_mark, begin_mark.size());
  const std::string_view block = from_begin.substr(0, next);
  return std::min(block.find(end_mark), block.size());
}

}  // namespace

PemText parse_pem(std::string_view text) {
  PemText out;
  Lines lines(text);
  std::optional<Line> line = lines.next();
  while (line) {
    std::optional<Line> unread;
    if (const auto label = label_of(line->text, begin_mark)) {
      unread = read_block(lines, *line, *label, block_length(text.substr(line->offset)), out);
    }
    line = unread ? unread : lines.next();
  }
  return out;
}

bool looks_like_pem(View bytes) {
  return wire::as_text(bytes).find(begin_mark) != std::string_view::npos;
}

std::string to_pem(std::string_view label, View der) {
  constexpr std::size_t width = 64;
  const std::string base64 = base64_encode(der);
  std::string pem = std::string(begin_mark) + std::string(label) + "-----\n";
  for (std::size_t i = 0; i < base64.size(); i += width) pem += base64.substr(i, width) + "\n";
  return pem + std::string(end_mark) + std::string(label) + "-----\n";
}

std::optional<Bytes> base64_decode(std::string_view text) {
  Base64Decoder decoder;
  decoder.reserve(text.size());
  const bool good = std::all_of(text.begin(), text.end(), [&](char c) { return decoder.add(c); });
  if (!good || !decoder.finish()) return std::nullopt;
  return decoder.take();
}

std::string base64_encode(View bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);  // of a secret, growing would leave copies behind
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const View group = bytes.subspan(i, std::min<std::size_t>(3, bytes.size() - i));
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (k < group.size() ? group[k] : 0u);
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= group.size() ? alphabet[bits >> (18 - 6 * k) & 0x3f] : '=';
    }
  }
  return text;
}

}  // namespace glasstls::x509
