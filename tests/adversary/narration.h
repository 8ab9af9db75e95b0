// What goes over the wire, in a line for people.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "handshake/registry.h"
#include "wire/bytes.h"

namespace glasstls::adversary {

/// "ClientKeyExchange Finished: handshake (37 bytes), handshake (40 bytes)". Equal records in a row
/// are counted; what is not framed as records is a number of bytes.
std::string describe_sent(View bytes, std::span<const handshake::HandshakeType> messages);

/// "ServerHello Certificate"; "7 bytes of data"; empty for nothing.
std::string describe_received(std::span<const handshake::HandshakeType> messages,
                              std::size_t data_bytes);

}  // namespace glasstls::adversary
