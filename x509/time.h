// Points in time as certificates write them. RFC 5280, 4.1.2.5.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace glasstls::x509 {

/// Seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted (as POSIX time).
struct Time {
  std::int64_t seconds = 0;
  friend auto operator<=>(const Time&, const Time&) = default;
};

/// "261123210700Z": YYMMDDHHMMSSZ, years 50 to 99 are 19xx, 00 to 49 are 20xx. nullopt for any
/// other form and for a date that does not exist; there is no second 60.
std::optional<Time> parse_utc_time(std::string_view text);

/// "20501123210700Z": YYYYMMDDHHMMSSZ, no fractions. CAs must write dates before 2050 as UTCTime,
/// but readers must take both forms for any date, so that no year is refused here.
std::optional<Time> parse_generalized_time(std::string_view text);

/// From the parts of a date in UTC; nullopt if there is no such date. Years 0 to 9999.
std::optional<Time> time_from(int year, int month, int day, int hour, int minute, int second);

/// "2026-11-23 21:07:00 UTC". Years 0 to 9999.
std::string to_string(Time time);

}  // namespace glasstls::x509
