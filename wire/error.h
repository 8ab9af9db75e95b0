// The one exception of the library: the peer broke the protocol. RFC 5246, 7.2.2.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "wire/alert.h"

namespace glasstls::wire {

/// What every wire structure says about itself: its RFC name and where the RFC defines it.
struct Spec {
  std::string_view name;     // "ServerHello"
  std::string_view section;  // "RFC 5246, 7.4.1.3"
};

/// A violation by the peer: always fatal, turned into `alert` at the edge of tls::Connection and
/// never seen by an application as an exception. The string_views are literals.
struct ProtocolError : std::runtime_error {
  ProtocolError(AlertDescription alert_, const std::string& reason, std::string_view section_ = {})
      : std::runtime_error(reason), alert(alert_), section(section_) {}

  AlertDescription alert;             // what we tell the peer
  std::string_view section;           // the rule that was broken
  std::string_view message;           // the message it was broken in, where one is known
  std::string_view field;             // its field at fault, where one is
  std::optional<std::size_t> offset;  // of the fault, in bytes from the start of that message
  std::vector<std::string>
      eliminations;  // where nothing could be agreed on: each choice, and why not
};

/// Refuses with `alert` unless `holds`. `field` names the offending field of the current message,
/// so that the edge can tell its byte offset.
inline void require(bool holds, AlertDescription alert, const char* reason,
                    std::string_view section, std::string_view field = {}) {
  if (holds) return;
  ProtocolError error(alert, reason, section);
  error.field = field;
  throw error;
}

}  // namespace glasstls::wire

namespace glasstls {
using wire::ProtocolError;
using wire::require;
using wire::Spec;
}  // namespace glasstls
