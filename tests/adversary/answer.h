// Answer: what the other side made of a fault.
#pragma once

#include <optional>
#include <string>

#include "wire/alert.h"

namespace glasstls::adversary {

struct Answer {
  enum class Kind : std::uint8_t {
    goes_on,       // data flowed both ways after the fault; `alert` is the last warning, if any
    alert,         // a fatal `alert`
    closes,        // the end of the stream; `alert` is close_notify if that came before
    silence,       // the connection stays open, and nothing comes
    accepts,       // it chose what we offered and cannot speak: a suite that should have no takers
    renegotiates,  // it began a new handshake
    unreadable,  // something came that the adversary's keys do not open, or its codec does not read
    untried,     // the other side lacks what the fault needs
  };
  Kind kind = Kind::silence;
  std::optional<AlertDescription> alert{};

  bool operator==(const Answer&) const = default;
};

/// In a few words: "decode_error", "goes on", "goes on (warns no_renegotiation)", "closes without
/// alert".
std::string text_of(const Answer& answer);

/// What a fault must get from our own other side.
constexpr Answer refused(AlertDescription alert) { return {Answer::Kind::alert, alert}; }
constexpr Answer borne() { return {Answer::Kind::goes_on, std::nullopt}; }
constexpr Answer declined() { return {Answer::Kind::goes_on, AlertDescription::no_renegotiation}; }
constexpr Answer closed() { return {Answer::Kind::closes, std::nullopt}; }

}  // namespace glasstls::adversary
