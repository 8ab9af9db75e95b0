// What both machines do alike: deriving keys, proving and checking Finished, and filling in what is
// left when the handshake is complete.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "handshake/agreement.h"
#include "handshake/boxed.h"
#include "handshake/exchange.h"
#include "handshake/key_schedule.h"
#include "handshake/negotiation.h"
#include "handshake/peer_verification.h"
#include "handshake/session.h"
#include "handshake/signature.h"
#include "wire/side.h"

namespace glasstls::handshake {

/// What a handshake that is nearly complete knows, of whatever side and kind.
struct Keys {
  Boxed<Hello> hello;
  crypto::MasterSecret master_secret{};
  std::shared_ptr<const Session> resumed{};  // null: a full handshake

  // Of a full handshake.
  crypto::NamedGroup group{};
  crypto::SignatureScheme signature_scheme{};              // of the server's signature
  JudgedChain peer{};                                      // no certificates: the peer showed none
  Bytes server_end_point{};                                // RFC 5929, 4
  Bytes ocsp_response{}, signed_certificate_timestamps{};  // client: as sent
  bool client_certificate_requested = false;
  std::optional<crypto::SignatureScheme> client_signature_scheme{};

  VerifyData tls_unique{};  // the first Finished of this handshake
};

/// A machine's hands. `exchange` must outlive it.
class Flow {
 public:
  Flow(Side side, Exchange& exchange) : side_(side), exchange_(exchange) {}

  Exchange& exchange() { return exchange_; }

 protected:
  KeySchedule key_schedule(const Hello& hello) const;

  /// The keys of a full handshake. RFC 7627, 4: the session_hash covers all messages up to and
  /// including ClientKeyExchange, which must be the last one now.
  void derive_keys(Keys& keys, const crypto::PremasterSecret& premaster);
  /// The keys of a session, with this connection's randoms.
  void resume_keys(Keys& keys);

  /// ChangeCipherSpec and Finished.
  void send_finished(Keys& keys);
  /// Throws ProtocolError(decrypt_error) unless verify_data is right for all messages before it.
  void check_finished(Keys& keys, const Finished& message);

  /// Throws std::logic_error unless the answer is to this request, and std::runtime_error unless it
  /// is a signature of the credential's key: a wrong one must never leave (a fault in an RSA-CRT
  /// signature gives the key away).
  static void check_signature(const SignatureRequest& request, const Signature& answer);

  /// The session of this handshake, without names for it. A resumed one passes on all it knows, its
  /// age included; a new one is of `now`, and expires then.
  static Session make_session(const Keys& keys, const std::string& server_name,
                              const Bytes& context, x509::Time now);

  /// Facts of the completed handshake, and what its secrets are still good for.
  /// Both take over what they can: the keys are of no use afterwards.
  static Agreement make_agreement(Keys& keys);
  static Exporting make_exporting(Keys& keys);

 private:
  void set_pending(const Keys& keys);

  Side side_;
  Exchange& exchange_;
};

}  // namespace glasstls::handshake
