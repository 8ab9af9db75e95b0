// Certificate chains that are made to be a burden. None is trusted; most fill the largest Certificate
// message that we read.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "handshake/messages/certificate.h"
#include "wire/bytes.h"

namespace glasstls::bounds {

using Chain = std::vector<Bytes>;  // DER, leaf first

/// A leaf, and as many certificates of one byte as fit.
Chain unreadable_certificates();
/// The leaf has as many names as fit: 3 bytes each.
Chain many_names();
/// As many certificates as we read, each of which could have issued each: a graph without an end.
Chain many_ways();
/// Ways to the anchor of that name over keys that are dear to verify with: RSA-8192, exponents of 64 bits.
Chain dear_signatures(std::string_view anchor);
/// Ways to the anchor of that name over names of some 10 KiB, which stand in each text about them.
Chain long_names(std::string_view anchor);

/// Puts the chain into a Certificate message.
std::function<void(handshake::Certificate&)> showing(Chain chain);

}  // namespace glasstls::bounds
