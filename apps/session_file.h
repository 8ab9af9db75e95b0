// The sessions of `glasstls client`: kept in memory, read from a file and written to one.
//
//   glasstls sessions 1
//   # SECRET: whoever reads this file can read and take over the connections that its sessions resume.
//   # example.com, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, ticket, until 2026-11-27 05:26:12 UTC
//   session BASE64 SHA256
//
// BASE64 is encode_session(), SHA256 its digest in hexadecimal, against damage. Lines that begin
// with '#' and empty ones mean nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "handshake/session_store.h"
#include "wire/bytes.h"
#include "x509/time.h"

namespace glasstls::apps {

/// So many sessions a run of the client keeps.
inline constexpr std::size_t max_kept_sessions = 100;

/// Adds the sessions of a file. CommandError (usage), with the line and the reason, for one that is
/// missing, damaged or not a session file.
void read_sessions(const std::string& path, handshake::SessionCache& sessions);

/// Writes those that are current, mode 0600, in one step: half a file is never there. Returns how
/// many. CommandError (usage) for what the system refuses.
std::size_t write_sessions(const std::string& path, const handshake::SessionCache& sessions,
                           x509::Time now);

/// Fails as write_sessions() would, and if the file exists and is no session file.
void check_session_output(const std::string& path);

/// Why none of the sessions will be offered to a server of that name, under that context of trust
/// (Session::context); nothing if one may be, or if there are none.
std::optional<std::string> why_none_fits(const handshake::SessionCache& sessions,
                                         const std::string& name, View context);

}  // namespace glasstls::apps
