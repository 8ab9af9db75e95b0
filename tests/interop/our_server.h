// `glasstls server` on loopback, for a test.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/interop/peers.h"
#include "tests/interop/process.h"
#include "tests/support/sanitized.h"

namespace glasstls::test {

/// `glasstls server --listen 127.0.0.1:0` with the words behind it: it has to be told who it is.
/// std::runtime_error, with what it said, if it does not come to listen.
Server our_server(const Words& options);
/// The same with the identities' --cert and --key.
Server our_server(const std::vector<Identity>& identities, const Words& options);

/// Sends SIGTERM, and expects that it ends with 0.
void expect_orderly_stop(const Server& server);

/// Bytes of memory that a process has in use.
std::size_t memory_of(const Server& server);

/// Any program, run to its end. `input` is its standard input.
Client run_program(const Words& command, const std::string& input = {});

/// The lines of JSON that it has printed by its end.
std::vector<nlohmann::json> json_lines(const Process& process);

}  // namespace glasstls::test
