// A key log on disk, in the form that SSLKEYLOGFILE has made common. RFC 9850.
#pragma once

#include <memory>
#include <string>

#include "tls/key_log.h"

namespace glasstls::apps {

/// Appends to `path`, which only its owner can read if it is new. Throws CommandError(usage) if it
/// cannot be opened. Each line is on disk before the next byte of the connection is.
std::shared_ptr<tls::KeyLog> open_key_log(const std::string& path);

}  // namespace glasstls::apps
