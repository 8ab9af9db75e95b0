// Seen: what the shim wants to know of the messages of a handshake, as an observer of it.
#pragma once

#include <optional>
#include <string>

#include "handshake/messages/certificate_request.h"
#include "handshake/messages/client_hello.h"
#include "wire/observer.h"

namespace glasstls::bogo {

class Seen final : public Observer {
 public:
  void message(const wire::MessageSeen& seen) noexcept override;

  const std::optional<handshake::ClientHello>& client_hello() const { return client_hello_; }
  const std::optional<handshake::CertificateRequest>& certificate_request() const {
    return certificate_request_;
  }
  /// All messages: "write hs 1\nread hs 2\n ... write ccs\n". Alerts are not in it.
  const std::string& trace() const { return trace_; }

 private:
  std::optional<handshake::ClientHello> client_hello_;
  std::optional<handshake::CertificateRequest> certificate_request_;
  std::string trace_;
};

}  // namespace glasstls::bogo
