// tls::Config from options of the command line.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "apps/error.h"
#include "tls/config.h"

namespace glasstls::apps {

/// CommandError (usage) for options that do not go together.
template <class Settings>
std::shared_ptr<const tls::Config> make_config(Settings settings) {
  try {
    return std::make_shared<const tls::Config>(std::move(settings));
  } catch (const std::invalid_argument& error) {
    std::string reason = error.what();
    constexpr std::string_view raiser = "Config: ";  // means nothing to who typed the options
    if (reason.starts_with(raiser)) reason.erase(0, raiser.size());
    throw CommandError(ExitCode::usage, reason);
  }
}

}  // namespace glasstls::apps
