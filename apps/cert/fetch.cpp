#include "apps/cert/fetch.h"

#include <memory>
#include <utility>

#include "apps/client_session.h"
#include "apps/error.h"
#include "inspect/report.h"
#include "tls/config.h"
#include "tls/connection.h"
#include "wire/observer.h"
#include "x509/server_name.h"

namespace glasstls::apps {

namespace {

/// Keeps the received Certificate message.
class CertificateCatcher final : public Observer {
 public:
  void message(const wire::MessageSeen& seen) noexcept override {
    if (seen.direction == Direction::received && seen.name == "Certificate" && message_.empty())
      message_ = wire::copy(seen.bytes);
  }

  /// RFC 5246, 7.4.2: a header of 4 bytes, 3 of length, and each certificate behind 3 of length.
  std::vector<Bytes> certificates() const {
    std::vector<Bytes> found;
    View rest = View(message_).subspan(std::min<std::size_t>(message_.size(), 7));
    while (rest.size() >= 3) {
      const std::size_t size = static_cast<std::size_t>(rest[0]) << 16 |
                               static_cast<std::size_t>(rest[1]) << 8 | rest[2];
      rest = rest.subspan(3);
      if (size > rest.size()) break;
      found.push_back(wire::copy(rest.first(size)));
      rest = rest.subspan(size);
    }
    return found;
  }

 private:
  Bytes message_;
};

}  // namespace

FetchedChain fetch_chain(const Address& address, const std::string& name,
                         std::chrono::milliseconds timeout) {
  const auto server = x509::ServerName::parse(name);
  if (!server)
    throw CommandError(ExitCode::usage, "'" + name + "' is neither a DNS name nor an IP address");
  tls::ClientSettings settings;
  settings.verify_peer = false;
  auto config = std::make_shared<const tls::Config>(std::move(settings));
  auto catcher = std::make_shared<CertificateCatcher>();

  SessionOptions options;
  options.address = address;
  options.send = "";
  options.half_close = true;
  options.linger = std::chrono::milliseconds(0);
  options.timeout = timeout;
  ClientListener ignoring;
  ClientSession session(options, tls::Connection(std::move(config), *server, {catcher}), ignoring);
  const SessionResult result = session.run();

  FetchedChain chain{catcher->certificates(), {}};
  const std::string failure = result.failed ? inspect::describe(*result.failed) : result.error;
  if (chain.certificates.empty())
    throw CommandError(result.code == ExitCode::done ? ExitCode::protocol_error : result.code,
                       failure.empty() ? "the server sent no certificate" : failure);
  if (!result.agreement) chain.remark = failure;
  return chain;
}

}  // namespace glasstls::apps
