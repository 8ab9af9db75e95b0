// Whether a parser takes bytes for a certificate: ours, OpenSSL's, GnuTLS's.
#pragma once

#include <string>

#include "wire/bytes.h"

namespace glasstls::differential {

struct Reading {
  bool accepted = false;
  std::string refusal;      // why not
  bool key_usable = false;  // of an accepted one; GnuTLS is not asked
};

/// Its refusal is the rule's section and the reason, without numbers.
Reading read_by_us(View der);

/// d2i_X509 of all bytes, then what it leaves for later: each extension that it knows is decoded. Its
/// refusal is the first reason of its error queue.
Reading read_by_openssl(View der);

/// gnutls_x509_crt_import; its refusal is the name of the error. GnuTLS decodes extensions and keys
/// only when asked for one by one: those that it has functions for are asked for.
Reading read_by_gnutls(View der);

}  // namespace glasstls::differential
