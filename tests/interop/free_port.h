// Ports for programs that cannot choose one themselves and say which.
#pragma once

#include <cstdint>

namespace glasstls::test {

/// One that nobody listens on, and that the system gives to no connection by itself: it lies below
/// those of net.ipv4.ip_local_port_range, unless that was changed. At random, so that tests that run
/// at once hardly meet.
/// std::system_error if there is none.
std::uint16_t free_port();

}  // namespace glasstls::test
