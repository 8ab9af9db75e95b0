// How connections are served: what all of them share.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "apps/seed_option.h"
#include "tls/config.h"
#include "wire/observer.h"

namespace glasstls::apps {

enum class Speech : std::uint8_t {
  print,  // what comes goes to standard output, and is perhaps answered once
  echo,
  http,
};

struct Serving {
  std::shared_ptr<const tls::Config> config;
  std::shared_ptr<const SeededRun> seeded;  // null: randomness and time are the system's
  std::shared_ptr<Observer> key_log;        // null: none. Thread-safe

  Speech speech = Speech::print;
  std::string reply;  // to the first record of Speech::print; empty: none

  std::chrono::milliseconds handshake_timeout{10'000};
  /// For a half-done request, and an answer that is not taken. Only Speech::http knows such.
  std::chrono::milliseconds request_timeout{10'000};
  std::chrono::milliseconds idle_timeout{0};  // 0: none
  /// After it a connection comes to rest (tls::Connection::rest()).
  std::chrono::milliseconds quiet_before_rest{1'000};
};

}  // namespace glasstls::apps
