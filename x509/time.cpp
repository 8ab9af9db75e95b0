#include "x509/time.h"

#include <string>

namespace glasstls::x509 {

namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

// Days from 1970-01-01; negative before it.
std::int64_t days_before_year(int year) {
  const std::int64_t y = year - 1;  // whole years since 0001-01-01, leap days counted
  const auto floor_div = [](std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
  };
  return y * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - 719162;
}

// A number of `count` decimal digits at `position`; -1 if there are others.
int digits(std::string_view text, std::size_t position, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(position, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// MMDDHHMMSSZ from `position` to the end.
std::optional<Time> rest_of_date(int year, std::string_view text, std::size_t position) {
  if (year < 0 || text.size() != position + 11 || text.back() != 'Z') return std::nullopt;
  return time_from(year, digits(text, position, 2), digits(text, position + 2, 2),
                   digits(text, position + 4, 2), digits(text, position + 6, 2),
                   digits(text, position + 8, 2));
}

// Decimal, at least `count` digits; each handshake tells a few times, and printf is slow.
void append_digits(std::string& text, std::int64_t value, std::size_t count) {
  const std::string digits = std::to_string(value);
  if (digits.size() < count) text.append(count - digits.size(), '0');
  text += digits;
}

}  // namespace

std::optional<Time> time_from(int year, int month, int day, int hour, int minute, int second) {
  if (year < 0 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  std::int64_t days = days_before_year(year) + day - 1;
  for (int m = 1; m < month; ++m) days += days_in_month(year, m);
  return Time{((days * 24 + hour) * 60 + minute) * 60 + second};
}

std::optional<Time> parse_utc_time(std::string_view text) {
  if (text.size() != 13) return std::nullopt;
  const int year = digits(text, 0, 2);
  if (year < 0) return std::nullopt;
  return rest_of_date(year >= 50 ? 1900 + year : 2000 + year, text, 2);
}

std::optional<Time> parse_generalized_time(std::string_view text) {
  if (text.size() != 15) return std::nullopt;
  return rest_of_date(digits(text, 0, 4), text, 4);
}

std::string to_string(Time time) {
  constexpr std::int64_t day_length = 86'400;
  std::int64_t days = time.seconds / day_length;
  std::int64_t rest = time.seconds % day_length;
  if (rest < 0) {
    rest += day_length;
    --days;
  }
  int year = 1970 + static_cast<int>(days / 365);  // off by a few leap days' worth at most
  while (days_before_year(year) > days) --year;
  while (days_before_year(year + 1) <= days) ++year;
  std::int64_t day = days - days_before_year(year);
  int month = 1;
  while (day >= days_in_month(year, month)) day -= days_in_month(year, month++);

  std::string text;
  text.reserve(sizeof "2025-01-01 00:00:00 UTC");
  append_digits(text, year, 4);
  append_digits(text += '-', month, 2);
  append_digits(text += '-', day + 1, 2);
  append_digits(text += ' ', rest / 3600, 2);
  append_digits(text += ':', rest / 60 % 60, 2);
  append_digits(text += ':', rest % 60, 2);
  return text += " UTC";
}

}  // namespace glasstls::x509
