// What `glasstls cert` reads: certificates, private keys, requests. "-" is standard input.
//
// A file that is missing, or is not what was asked for, is CommandError (usage), which names the
// file, the place and the rule.
#pragma once

#include <string>
#include <vector>

#include "crypto/keys.h"
#include "crypto/secret.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/request.h"
#include "x509/result.h"

namespace glasstls::apps {

/// "server.csr: byte 17: the version is 1 (RFC 2986, 4.1)".
std::string fault_text(const std::string& path, const x509::Malformed& fault);

/// The whole file, or at most 1 MiB of standard input. Memory is not wiped: not for keys.
Bytes read_input(const std::string& path);

/// The whole file, at most 1 MiB, wiped when destroyed.
crypto::SecretBytes read_secret_input(const std::string& path);

/// All certificates of a file, PEM or DER; at least one.
std::vector<x509::Certificate> read_certificates(const std::string& path);

/// One certification request, PEM or DER.
x509::CertificationRequest read_request(const std::string& path);

/// One private key, PEM or DER. The passphrase of an encrypted one is the first line of
/// `passphrase_file`, or GLASSTLS_PASSPHRASE if that is empty; neither is looked at for a key that
/// is not encrypted.
crypto::PrivateKey read_private_key(const std::string& path, const std::string& passphrase_file);

}  // namespace glasstls::apps
