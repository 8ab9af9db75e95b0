#include "tests/bogo/seen.h"

#include "handshake/codec.h"
#include "handshake/messages/change_cipher_spec.h"

namespace glasstls::bogo {

namespace {

/// nullopt for a malformed message: an observer sees those too.
template <class M>
std::optional<M> decoded(View bytes) {
  try {
    return handshake::decode<M>(bytes);
  } catch (const ProtocolError&) {
    return std::nullopt;
  }
}

}  // namespace

void Seen::message(const wire::MessageSeen& seen) noexcept {
  const std::string direction = seen.direction == Direction::sent ? "write " : "read ";
  if (seen.name == handshake::ChangeCipherSpec::spec.name) {
    trace_ += direction + "ccs\n";
    return;
  }
  if (seen.bytes.empty() || seen.name == "Alert") return;
  const auto type = static_cast<handshake::HandshakeType>(seen.bytes[0]);
  trace_ += direction + "hs " + std::to_string(seen.bytes[0]) + "\n";
  if (type == handshake::HandshakeType::client_hello)
    client_hello_ = decoded<handshake::ClientHello>(seen.bytes);
  if (type == handshake::HandshakeType::certificate_request)
    certificate_request_ = decoded<handshake::CertificateRequest>(seen.bytes);
}

}  // namespace glasstls::bogo
