// Stack: what the harness asks of a TLS library, ours among them. Each library is one program
// (stack_openssl.cpp, ...) linked with the same driver, so that all are measured by the same code.
//
// One end is one side of a connection in memory, without sockets. The driver carries the bytes,
// reads them on the way (suite, group, fresh keys, resumption are judged by what was sent, not by
// what a library says), and lets the clock run for one end at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::bench {

/// What all connections of a run have in common. TLS 1.2 only.
struct Site {
  std::string lab;    // folder: root.pem (one CA), KEY-chain.pem and KEY-key.pem of `key`
  std::string key;    // "rsa" (suite 0xC030) or "p256" (0xC02C): the server's certificate
  std::string group;  // "x25519" or "secp256r1": the only one, at both ends; but where the key is
                      // "p256" and this is "x25519", secp256r1 follows it, as RFC 8422, 5.1.1, asks
                      // for the certificate's curve among the groups offered
  bool resume;        // sessions are kept by the client and resumed, by ticket or else by ID;
                      // false: neither side keeps or issues any
};

/// The name that the client verifies, at the present time, against root.pem.
inline constexpr const char* server_name = "server.test";

class End {
 public:
  virtual ~End() = default;
  End() = default;
  End(const End&) = delete;
  End& operator=(const End&) = delete;

  /// Takes all that came, does all that can be done with it, and appends what is to be sent.
  /// A client is started by an empty `input`. std::runtime_error with the library's words when
  /// the handshake fails.
  virtual void go_on(View input, Bytes& output) = 0;
  virtual bool established() const = 0;
  /// Of a client: the library says that chain and name were verified in this handshake, or in the
  /// one that it resumes.
  virtual bool verified() const = 0;

  /// After the handshake: one record sealed of at most 16 KiB, appended.
  virtual void seal(View plaintext, Bytes& record) = 0;
  /// Opens what seal() of the other end made, and says how many bytes it held. `plaintext` comes
  /// with a size of 16 KiB, which may be written over, and with room to append as much.
  virtual std::size_t open(View record, Bytes& plaintext) = 0;

  /// Gives back what an idle connection does not need, where the library has a way.
  virtual void rest() {}
};

class Stack {
 public:
  virtual ~Stack() = default;

  virtual std::unique_ptr<End> client() = 0;
  virtual std::unique_ptr<End> server() = 0;
};

/// What each stack's own file defines.
struct About {
  std::string name;     // "OpenSSL"
  std::string version;  // as the library says at run time: "3.0.17"
  std::string of;       // when that version was released: "2025-07-01"; empty if not known
  bool one_thread;      // false: the work may move between threads (Go)
};
About about();
/// `client` side and `server` side share it; std::runtime_error if the library lacks something.
std::unique_ptr<Stack> make_stack(const Site& site);
/// Bytes of heap in use by this process as the library's allocator counts them. The driver has one
/// of its own for malloc; a stack with another allocator defines STACK_HAS_OWN_HEAP and this.
std::size_t heap_in_use();

}  // namespace glasstls::bench
