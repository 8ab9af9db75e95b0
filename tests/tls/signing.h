// Signatures made elsewhere: what a connection asks for, and what whoever has the key answers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "handshake/signature.h"
#include "tests/support/peers.h"

namespace glasstls::tls {

/// The identity's certificate, without its key.
std::shared_ptr<handshake::Credential> keyless(const std::string& identity);

/// The answer to the last question, with the key of `identity`. std::runtime_error if there was no
/// question.
handshake::Signature signature_for(const test::Told& told, const std::string& identity);

/// Our side failed by its own fault, for that reason; the peer got internal_error and no reason.
void expect_our_fault(test::Wired& peers, std::string_view reason);

}  // namespace glasstls::tls
