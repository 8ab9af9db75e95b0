// KeyLog: master secrets in the form that SSLKEYLOGFILE has made common. RFC 9850, 2.
//
// Whoever holds these lines can read the connection. An observer like any other: nothing is logged
// unless the user installs it.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "wire/observer.h"

namespace glasstls::tls {

class KeyLog final : public Observer {
 public:
  /// `write_line` gets each line without its line end, one at a time. It must not throw.
  explicit KeyLog(std::function<void(const std::string& line)> write_line);

  /// "CLIENT_RANDOM <client_random> <master_secret>", both in hexadecimal.
  void secret(const wire::SecretSeen& seen) noexcept override;
  bool exposes_secrets() const noexcept override { return true; }

 private:
  std::function<void(const std::string&)> write_line_;
  std::mutex mutex_;
  std::string line_;  // its memory is there before it is needed: nobody could be told of a failure
};

}  // namespace glasstls::tls
