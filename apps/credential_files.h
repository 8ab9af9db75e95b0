// Who we are, from files: a certificate chain and its key.
#pragma once

#include <memory>
#include <string>

#include "handshake/credential.h"

namespace glasstls::apps {

/// Both files are PEM or DER; the chain is leaf first. The passphrase of an encrypted key is the
/// first line of `passphrase_file`, or GLASSTLS_PASSPHRASE without one. CommandError (usage), which
/// names the file, for one that is missing or not of its kind, and for certificate and key that no
/// handshake could use, or that are not of each other.
std::shared_ptr<const handshake::Credential> load_credential(
    const std::string& certificate_file, const std::string& key_file,
    const std::string& passphrase_file = {});

}  // namespace glasstls::apps
