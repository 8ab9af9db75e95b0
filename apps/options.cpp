#include "apps/options.h"

#include <charconv>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <system_error>
#include <utility>

namespace glasstls::apps {

namespace {

class HelpWithExamples : public CLI::Formatter {
 public:
  explicit HelpWithExamples(std::string examples) : examples_(std::move(examples)) {}
  std::string make_description(const CLI::App* app) const override {
    return "Examples:\n" + examples_ + "\n" + CLI::Formatter::make_description(app);
  }

 private:
  std::string examples_;
};

}  // namespace

void set_examples(CLI::App& command, std::string examples) {
  command.formatter(std::make_shared<HelpWithExamples>(std::move(examples)));
}

CLI::Validator not_empty() {
  return CLI::Validator([](std::string& text) { return text.empty() ? "must not be empty" : ""; },
                        "");
}

CLI::Validator seconds_within(double least, double most) {
  const auto check = [least, most](std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool good = !text.empty() && *end == '\0' && value >= least && value <= most;
    return good ? std::string()
                : fmt::format("'{}' is not a number of seconds from {} to {}", text, least, most);
  };
  return CLI::Validator(check, "");
}

CLI::Validator number_within(std::uint64_t least, std::uint64_t most) {
  const auto check = [least, most](std::string& text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    const bool leading_zero = text.size() > 1 && text.front() == '0';
    const bool good =
        error == std::errc() && stopped == end && !leading_zero && value >= least && value <= most;
    return good ? std::string()
                : fmt::format("'{}' is not a number from {} to {}", text, least, most);
  };
  return CLI::Validator(check, "");
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

std::string seconds_text(std::chrono::milliseconds time) {
  std::string text = std::to_string(time.count() / 1000);
  if (time.count() % 1000 != 0) text += "." + std::to_string(1000 + time.count() % 1000).substr(1);
  return text + " s";
}

}  // namespace glasstls::apps
