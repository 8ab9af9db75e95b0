#include "apps/export_request.h"

#include <charconv>
#include <string_view>

#include "apps/error.h"

namespace glasstls::apps {

namespace {

constexpr std::size_t max_length = 0xffff;

[[noreturn]] void refuse(const std::string& text, const std::string& reason) {
  throw CommandError(ExitCode::usage, "--export " + text + ": " + reason);
}

std::size_t length_of(std::string_view digits) {
  std::size_t length = 0;
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, length);
  return error == std::errc() && stopped == end && length <= max_length ? length : 0;
}

}  // namespace

ExportRequest parse_export(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string::npos)
    refuse(text, "expected LABEL:LENGTH or LABEL:LENGTH:CONTEXT");
  ExportRequest request;
  request.label = text.substr(0, colon);
  const std::size_t second = text.find(':', colon + 1);
  request.length = length_of(std::string_view(text).substr(colon + 1, second - colon - 1));
  if (request.length == 0) refuse(text, "the length is not a number from 1 to 65535");
  if (second == std::string::npos) return request;
  request.context = wire::unhex(std::string_view(text).substr(second + 1));
  if (!request.context) refuse(text, "the context is not hexadecimal");
  if (request.context->size() > max_length) refuse(text, "the context is longer than 65535 bytes");
  return request;
}

}  // namespace glasstls::apps
