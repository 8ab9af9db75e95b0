// A shell script that derives the values of one connection once more, with the openssl program
// (3.0 or later) alone, and compares them with what the document says: an independent proof, to be
// read as well as run.
//
// The script holds the connection's secrets and handshake messages, in hexadecimal. Nothing else of
// a peer's choice is in it. It exits with 0 if all that it could check agrees, with 1 if something
// differs, with 2 if it cannot run. Its argument, if there is one, is a PEM file of trusted
// certificates, for the server's chain.
#pragma once

#include <string>

#include "inspect/document.h"

namespace glasstls::inspect {

/// One of the two is empty.
struct OpensslScript {
  std::string text;
  std::string refusal;  // why there is none, in English
};

/// For sh, as POSIX has it. Refused are documents that are redacted, that are not of TLS 1.2, or in
/// which there is nothing to check.
OpensslScript openssl_script(const Document& document);

}  // namespace glasstls::inspect
