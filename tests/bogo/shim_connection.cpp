#include "tests/bogo/shim_connection.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "tests/bogo/checks.h"
#include "tests/bogo/failure.h"
#include "tests/bogo/link.h"
#include "tests/bogo/seen.h"
#include "tests/bogo/setup.h"
#include "tests/bogo/transport.h"

namespace glasstls::bogo {

namespace {

class ShimConnection {
 public:
  ShimConnection(const Settings& settings, bool is_resume, Memory& memory, Transport& transport)
      : settings_(settings),
        is_resume_(is_resume),
        memory_(memory),
        credential_(credential_of(settings)),
        link_(transport, make_connection(settings, credential_, memory, verification_, seen_),
              credential_) {}

  void run() {
    handshake();
    if (settings_.export_keying_material != 0) write_keying_material();
    if (settings_.send_alert) return link_.abort(AlertDescription::decompression_failure);
    if (settings_.shim_writes_first) link_.write(wire::as_bytes("hello"));
    if (!settings_.shim_shuts_down) echo();
    close();
  }

 private:
  [[noreturn]] void fail() const {
    throw failure_of(link_.failed().value(),
                     {verification_.rejected, link_.renegotiation_refused()});
  }

  void handshake() {
    const handshake::Agreement* agreement = link_.handshake();
    if (agreement == nullptr) fail();
    if (settings_.no_op_extra_handshake && link_.handshake() != agreement)
      throw Failure("check failed", "-no-op-extra-handshake");
    check_handshake({settings_, is_resume_, *agreement, *seen_, verification_}, memory_);
  }

  void write_keying_material() {
    std::optional<View> context;
    if (settings_.use_export_context) context = wire::as_bytes(settings_.export_context);
    link_.write(link_.connection().export_keying_material(settings_.export_label, context,
                                                          settings_.export_keying_material));
  }

  /// Answers at once with the same bytes XOR 0xff, until the stream ends.
  void echo() {
    for (View data = link_.read(); !data.empty(); data = link_.read())
      while (!data.empty()) {
        Bytes answer = wire::copy(data.first(std::min(data.size(), settings_.read_size)));
        for (std::uint8_t& byte : answer) byte ^= 0xff;
        data = data.subspan(answer.size());
        link_.write(answer);
      }
    if (link_.failed() && !ended_without_close_notify()) fail();
  }

  /// Without -check-close-notify the end of TCP is an end like any other.
  bool ended_without_close_notify() const {
    return link_.failed()->cause == tls::Failed::Cause::truncated && !settings_.check_close_notify;
  }

  void close() {
    if (link_.failed()) return;
    link_.close();
    if (!settings_.check_close_notify) return;
    while (!link_.read().empty()) {
    }
    if (!link_.peer_closed()) fail();
  }

  const Settings& settings_;
  bool is_resume_;
  Memory& memory_;
  Verification verification_;
  std::shared_ptr<Seen> seen_ = std::make_shared<Seen>();
  std::shared_ptr<const handshake::Credential> credential_;
  Link link_;
};

}  // namespace

void run_connection(const Settings& settings, bool is_resume, Memory& memory) {
  if (is_resume && !settings.server && memory.client_sessions->size() == 0)
    throw Failure("no session", "the connection before left nothing to resume");
  Transport transport(settings);
  try {
    ShimConnection(settings, is_resume, memory, transport).run();
  } catch (...) {
    transport.end();
    throw;
  }
  transport.end();
}

}  // namespace glasstls::bogo
