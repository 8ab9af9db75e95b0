// `glasstls server` on loopback, for a test.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/interop/peers.h"
#include "tests/interop/process.h"

namespace glasstls::test {

/// `glasstls server --listen 127.0.0.1:0` with the words behind it: it has to be told who it is.
/// std::runtime_error, with what it said, if it does not come to listen.
Server our_server(const Words& options);
/// The same with the identities' --cert and --key.
Server our_server(const std::vector<Identity>& identities, const Words& options);

/// Sends SIGTERM, and expects that it ends with 0.
void expect_orderly_stop(const Server& server);

/// Whether the program is built with sanitizers: its memory says nothing then, everything takes
/// longer, and without a free descriptor they take good objects for bad ones.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

/// Bytes of memory that a process has in use.
std::size_t memory_of(const Server& server);

/// Any program, run to its end. `input` is its standard input.
Client run_program(const Words& command, const std::string& input = {});

/// The lines of JSON that it has printed by its end.
std::vector<nlohmann::json> json_lines(const Process& process);

}  // namespace glasstls::test
