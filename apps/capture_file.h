// A capture on disk, written while connections run.
#pragma once

#include <memory>
#include <string>

#include "inspect/capture/capture_writer.h"

namespace glasstls::apps {

/// Creates `path`, or replaces it; only its owner can read a new one, for it holds secrets. Throws
/// CommandError(usage) if it cannot be opened. A write that fails is told on standard error, once.
std::shared_ptr<inspect::capture::CaptureWriter> create_capture(const std::string& path);

}  // namespace glasstls::apps
