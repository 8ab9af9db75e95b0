// Guesses: what a failure is usually due to, and what to try. Not facts; kept apart from them.
#pragma once

#include <string_view>

#include "tls/event.h"
#include "x509/verify.h"

namespace glasstls::inspect {

/// Literals; both empty where there is nothing worth saying.
struct Guess {
  std::string_view likely_cause;
  std::string_view advice;
};

Guess guess(const tls::Failed& failed);
/// What guess() asks if the failure is a server's.
Guess guess_of_server(const tls::Failed& failed);
/// Of a certificate that is not trusted.
Guess guess(const x509::Verdict& verdict);

}  // namespace glasstls::inspect
