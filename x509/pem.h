// PEM: DER in base64 between BEGIN and END lines. RFC 7468.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/result.h"

namespace glasstls::x509 {

struct PemBlock {
  std::string label;       // "CERTIFICATE"
  Bytes der;               // a private key's bytes are wiped by parse_private_key, not by us
  std::size_t line = 0;    // of its BEGIN line, from 1
  bool encrypted = false;  // has the header Proc-Type: 4,ENCRYPTED of RFC 1421: der is then empty
};

/// Every block of a text in order, and what was wrong with those that could not be read (wrong
/// base64, END missing or of another label). Text between blocks is skipped, and so are header
/// lines at the beginning of one.
struct PemText {
  std::vector<PemBlock> blocks;
  std::vector<Malformed> faults;  // `what` names the line
};

PemText parse_pem(std::string_view text);

/// Whether the text has a BEGIN line at all: else it may be DER.
bool looks_like_pem(View bytes);

/// "-----BEGIN label-----", base64 in lines of 64 characters, "-----END label-----\n".
std::string to_pem(std::string_view label, View der);

/// Base64 with padding, nothing but its alphabet (RFC 4648, 4). nullopt if it is not.
std::optional<Bytes> base64_decode(std::string_view text);
std::string base64_encode(View bytes);

}  // namespace glasstls::x509
