// A TLS library of another language as a Stack: the functions that its archive exports to C, and the
// Stack made of them. Everything is borrowed during a call.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

/// What an archive makes: a stack, an end. 0 is none.
using ForeignHandle = std::uintptr_t;

/// Texts are ended by a zero. 0: failed, foreign_error() says why.
ForeignHandle foreign_stack(const char* lab, const char* key, const char* group, int resume);
void foreign_stack_free(ForeignHandle stack);
ForeignHandle foreign_end(ForeignHandle stack, int is_client);
void foreign_end_free(ForeignHandle end);

/// Takes all of `input`. What is to be sent goes to `output`, of `room` bytes. Returns its size, or -1.
std::int64_t foreign_go_on(ForeignHandle end, const std::uint8_t* input, std::size_t size,
                           std::uint8_t* output, std::size_t room);
int foreign_established(ForeignHandle end);
int foreign_verified(ForeignHandle end);

/// As End's; the size of what was made, or -1.
std::int64_t foreign_seal(ForeignHandle end, const std::uint8_t* plaintext, std::size_t size,
                          std::uint8_t* record, std::size_t room);
std::int64_t foreign_open(ForeignHandle end, const std::uint8_t* record, std::size_t size,
                          std::uint8_t* plaintext, std::size_t room);

/// The words of the last failure, copied and ended by a zero.
void foreign_error(char* words, std::size_t room);
/// "1.19.8": likewise.
void foreign_version(char* text, std::size_t room);
}
