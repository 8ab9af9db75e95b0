// From the runner's flags to the library's settings.
#pragma once

#include <memory>

#include "handshake/credential.h"
#include "tests/bogo/memory.h"
#include "tests/bogo/seen.h"
#include "tests/bogo/settings.h"
#include "tls/connection.h"

namespace glasstls::bogo {

/// What the verification hook was asked and said. It lets every chain pass, unless -verify-fail.
struct Verification {
  bool asked = false;
  bool rejected = false;  // it said no, and the handshake was to end for it
};

/// Certificate and key of the files; null if there are none. Failure for files that we cannot use.
std::shared_ptr<const handshake::Credential> credential_of(const Settings& settings);

/// The connection that the settings ask for. With -async its key is not at hand: signatures are
/// asked for by events. `verification` and `memory` must outlive it.
tls::Connection make_connection(const Settings& settings,
                                std::shared_ptr<const handshake::Credential> credential,
                                Memory& memory, Verification& verification,
                                std::shared_ptr<Seen> seen);

/// The certificates of a PEM file. Failure for a file that has none, or that we cannot read.
std::vector<x509::Certificate> read_certificates(const std::string& file);

}  // namespace glasstls::bogo
