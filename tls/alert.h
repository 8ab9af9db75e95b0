// The alert protocol's one message. RFC 5246, 7.2.
#pragma once

#include <cstddef>

#include "wire/alert.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/observer.h"

namespace glasstls::tls {

struct Alert {
  static constexpr Spec spec{"Alert", "RFC 5246, 7.2"};
  static constexpr std::size_t length = 2;  // in bytes

  AlertLevel level{};
  AlertDescription description{};

  static void fields(auto& ar, auto& self) {
    ar.field("level", self.level);
    ar.field("description", self.description);
  }
};

/// The fragment of an alert record. Throws ProtocolError: decode_error unless it holds exactly one
/// alert, illegal_parameter for an unknown level. Shows it to the observer, which may be null.
Alert receive_alert(View fragment, Observer* observer);

/// The fragment to send, shown to the observer, which may be null.
Bytes make_alert(const Alert& alert, Observer* observer);

}  // namespace glasstls::tls
