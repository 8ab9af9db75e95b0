#include "apps/server/http_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <system_error>
#include <utility>

namespace glasstls::apps {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
  });
  return out;
}

/// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           marks.find(c) != std::string_view::npos;
  });
}

bool to_number(std::string_view text, int base, std::uint64_t& value) {
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
  return error == std::errc() && stopped == end && !text.empty();
}

/// Calls `each` with the trimmed elements of a list (RFC 9110, 5.6.1).
template <class Each>
void for_each_element(std::string_view list, Each each) {
  for (;;) {
    const std::size_t comma = list.find(',');
    each(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::size_t HttpReader::read(View data) {
  std::size_t taken = 0;
  while (taken < data.size() && !settled())
    taken += part_ == Part::counted ? skip(data.size() - taken) : take_line(data.subspan(taken));
  return taken;
}

void HttpReader::next() { *this = HttpReader(); }

void HttpReader::refuse(int status, std::string_view reason) {
  stage_ = Stage::refused;
  status_ = status;
  reason_ = reason;
  line_ = {};
}

/// Up to and with the next LF, as far as it is there.
std::size_t HttpReader::take_line(View data) {
  const std::size_t found = wire::as_text(data).find('\n');
  const bool whole = found != std::string_view::npos;
  const std::size_t length = whole ? found : data.size();
  const std::size_t size = length + (whole ? 1 : 0);
  if (size > max_head - read_) {
    refuse(431, "the head of the request is larger than 64 KiB");
    return size;
  }
  read_ += size;
  line_ += wire::as_text(data.first(length));
  if (!whole) {
    if (stage_ == Stage::between) stage_ = Stage::head;
    return size;
  }
  std::string line = std::exchange(line_, {});
  if (line.ends_with('\r')) line.pop_back();
  on_line(line);
  return size;
}

/// Bytes of the body that nobody looks at.
std::size_t HttpReader::skip(std::size_t available) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, available));
  left_ -= size;
  if (left_ > 0) return size;
  if (chunked_)
    part_ = Part::chunk_end;
  else
    stage_ = Stage::complete;
  return size;
}

void HttpReader::on_line(std::string_view line) {
  switch (part_) {
    case Part::request_line:
      // RFC 9112, 2.2: empty lines before the request are let pass.
      if (line.empty()) {
        stage_ = Stage::between;
        return;
      }
      stage_ = Stage::head;
      part_ = Part::header;
      return on_request_line(line);
    case Part::header: return line.empty() ? on_head_end() : on_header(line);
    case Part::chunk_size: return on_chunk_size(line);
    case Part::chunk_end:
      if (!line.empty()) return refuse(400, "a chunk is longer than its size says");
      read_ = 0;
      part_ = Part::chunk_size;
      return;
    case Part::trailer:
      if (line.empty()) stage_ = Stage::complete;
      return;
    case Part::counted: return;
  }
}

/// RFC 9112, 3: method SP request-target SP HTTP-version. Blanks in the target are taken as they are.
void HttpReader::on_request_line(std::string_view line) {
  line = trimmed(line);
  const std::size_t first = line.find(' ');
  request_.method = line.substr(0, first);
  if (!is_token(request_.method)) return refuse(400, "the request does not begin with a method");
  if (first == std::string_view::npos) return refuse(400, "the request line has no target");
  std::string_view target = trimmed(line.substr(first));
  const std::size_t last = target.rfind(' ');
  const std::string_view version =
      last == std::string_view::npos ? target : target.substr(last + 1);
  if (version.starts_with("HTTP/")) {
    target = trimmed(target.substr(0, target.size() - version.size()));
    on_version(version);
  }
  if (stage_ == Stage::refused) return;
  if (target.empty()) return refuse(400, "the request line has no target");
  request_.target = target;
}

void HttpReader::on_version(std::string_view version) {
  const std::string_view number = version.substr(std::string_view("HTTP/").size());
  const std::size_t point = number.find('.');
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  if (!to_number(number.substr(0, point), 10, major) ||
      (point != std::string_view::npos && !to_number(number.substr(point + 1), 10, minor)))
    return refuse(400, "the version of HTTP is not a number");
  if (major > 1) return refuse(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
  request_.minor_version = major == 1 && minor > 0 ? 1 : 0;
}

/// RFC 9112, 5.1: nothing between the name and its colon. A folded line (5.2) has no name.
void HttpReader::on_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name))
    return refuse(400, "a header is not NAME: VALUE");
  on_value(lower(name), trimmed(line.substr(colon + 1)));
}

void HttpReader::on_value(const std::string& name, std::string_view value) {
  if (name == "connection") {
    for_each_element(value, [this](std::string_view option) { on_connection(option); });
  } else if (name == "content-length") {
    // A repeated one may come joined in a list (RFC 9110, 8.6).
    for_each_element(value, [this](std::string_view length) { on_content_length(length); });
  } else if (name == "transfer-encoding") {
    for_each_element(value, [this](std::string_view coding) {
      if (coding.empty()) return;
      if (chunked_ || lower(coding) != "chunked") unknown_coding_ = true;
      chunked_ = true;
    });
  } else if (name == "expect") {
    request_.expects_continue = lower(value) == "100-continue";
  }
}

void HttpReader::on_connection(std::string_view option) {
  const std::string name = lower(option);
  if (name == "close") says_close_ = true;
  if (name == "keep-alive") says_keep_alive_ = true;
}

void HttpReader::on_content_length(std::string_view value) {
  std::uint64_t length = 0;
  if (!to_number(value, 10, length)) return refuse(400, "Content-Length is not a number");
  if (has_length_ && length != left_) return refuse(400, "there are two Content-Lengths");
  has_length_ = true;
  left_ = length;
}

void HttpReader::on_head_end() {
  if (unknown_coding_) return refuse(501, "of the transfer codings only chunked is known here");
  request_.keep_alive = !says_close_ && (request_.minor_version > 0 || says_keep_alive_);
  // RFC 9112, 6.3: chunked counts then, and what follows is not to be trusted.
  if (chunked_ && has_length_) request_.keep_alive = false;
  request_.expects_continue =
      request_.expects_continue && request_.minor_version > 0 && (chunked_ || left_ > 0);
  read_ = 0;
  if (!chunked_ && left_ == 0) {
    stage_ = Stage::complete;
    return;
  }
  stage_ = Stage::body;
  part_ = chunked_ ? Part::chunk_size : Part::counted;
}

/// RFC 9112, 7.1: hexadecimal, perhaps with extensions behind a semicolon.
void HttpReader::on_chunk_size(std::string_view line) {
  const std::string_view size = trimmed(line.substr(0, line.find(';')));
  if (!to_number(size, 16, left_)) return refuse(400, "a chunk's size is not a number");
  part_ = left_ > 0 ? Part::counted : Part::trailer;
}

}  // namespace glasstls::apps
