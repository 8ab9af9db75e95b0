// The themes of the catalogue, a file for each or two. A fault is listed there once; what both
// sides can do is listed once too, and made for either.
#pragma once

#include <vector>

#include "tests/adversary/fault.h"

namespace glasstls::adversary {

std::vector<Fault> client_hello_faults();
std::vector<Fault> client_key_exchange_faults();
std::vector<Fault> client_order_faults();
std::vector<Fault> client_certificate_faults();
std::vector<Fault> client_session_faults();

std::vector<Fault> server_hello_faults();
std::vector<Fault> server_key_exchange_faults();
std::vector<Fault> server_order_faults();
std::vector<Fault> server_certificate_faults();
std::vector<Fault> server_session_faults();

/// Records and alerts; ends of connections and floods.
std::vector<Fault> record_faults(Side side);
std::vector<Fault> ending_faults(Side side);

}  // namespace glasstls::adversary
