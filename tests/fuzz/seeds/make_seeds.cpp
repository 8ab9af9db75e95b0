// Makes the seeds that need our own code: messages, sessions, records, scripts and recorded
// conversations.
//
//   make_seeds DIRECTORY         tests/fuzz/corpus; make_corpus.sh makes the others
//
// Where a change of the protocol code makes recorded conversations shallow (the replay says so),
// make them anew.
#include <cstdint>
#include <cstdio>
#include <string>
#include <type_traits>
#include <variant>

#include "crypto/hash.h"
#include "tests/fuzz/message_kinds.h"
#include "tests/fuzz/seeds/seeds.h"
#include "tests/handshake/examples.h"
#include "tests/handshake/sessions.h"
#include "x509/pem.h"

namespace glasstls::fuzz {
namespace {

// --- Messages

/// The extension's body in an example hello; empty if it has none.
template <class T, class Hello>
Bytes body_in(const Hello& hello) {
  Bytes found;
  for (const auto& extension : hello.extensions->list)
    std::visit(
        [&](const auto& body) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(body)>, T>)
            found = wire::encode(body);
        },
        extension.body);
  return found;
}

template <class T>
Bytes example_body() {
  namespace example = handshake::example;
  if constexpr (std::is_same_v<T, handshake::HelloRequest>) {
    return {};
  } else if constexpr (is_message<T>) {
    return wire::copy(View(handshake::encode(example::message<T>())).subspan(header_of<T>));
  } else {
    Bytes body = body_in<T>(example::message<handshake::ClientHello>());
    return body.empty() ? body_in<T>(example::message<handshake::ServerHello>()) : body;
  }
}

void make_messages(const Corpus& corpus) {
  std::uint8_t selector = 0;
  handshake::for_each_type(Kinds{}, [&]<class T>() {
    Bytes seed{selector};
    wire::append(seed, example_body<T>());
    corpus.add(std::to_string(selector++) + "-" + std::string(T::spec.name), seed);
  });
  corpus.add("254-ChangeCipherSpec", Bytes{change_cipher_spec_selector, 1});
  corpus.add("255-Alert", Bytes{alert_selector, 2, 40});
}

// --- Sessions

void make_sessions(const Corpus& sessions, const Corpus& files) {
  int number = 0;
  for (const auto& session :
       {handshake::example::client_session(), handshake::example::server_session()}) {
    const crypto::SecretBytes encoded = handshake::encode_session(session);
    for (const std::uint8_t selector : {std::uint8_t{0}, std::uint8_t{2}}) {
      Bytes seed{selector};
      wire::append(seed, encoded.reveal());
      sessions.add("example-" + std::to_string(number++), seed);
    }
  }
  const crypto::SecretBytes encoded =
      handshake::encode_session(handshake::example::client_session());
  const std::string base64 = x509::base64_encode(encoded.reveal());
  const std::string digest =
      wire::hex(crypto::hash(crypto::HashAlgorithm::sha256, encoded.reveal()).view());
  for (const std::string& end : {digest, std::string("digest")})
    files.add(
        "ends-with-" + end.substr(0, 6),
        wire::as_bytes("glasstls sessions 1\n# a comment\nsession " + base64 + " " + end + "\n"));
}

// --- The record layer

void make_records(const Corpus& corpus) {
  corpus.add("header", Bytes{0, 22, 3, 3, 0, 10});
  corpus.add("plain-text", wire::as_bytes(std::string_view("\0HTTP/1.1 400", 13)));
  for (std::uint8_t algorithm = 0; algorithm < 3; ++algorithm) {
    const auto name = "attack-" + std::to_string(algorithm);
    corpus.add(name + "-flip", Bytes{1, algorithm, 0x38, 0, 9, 0x37, 1, 0, 0x31, 0, 5, 0, 20, 1});
    corpus.add(name + "-replay", Bytes{1, algorithm, 0x38, 0, 9, 0x30, 0, 9, 0x32, 0, 9});
    corpus.add(name + "-lost", Bytes{1, algorithm, 0x36, 0, 3, 0x33, 0, 3});
    corpus.add(name + "-forged", Bytes{1, algorithm, 0x35, 0, 3, 4, 9, 9, 9, 9});
  }
  // ServerHelloDone, a Finished in two fragments, HelloRequest.
  corpus.add("fragments", Bytes{2, 0x10, 0, 7, 14, 0, 0, 0,  20, 0,  0, 12, 7, 1, 2, 3,
                                4, 5,    6, 7, 8,  3, 9, 10, 11, 12, 3, 0,  0, 0, 0});
}

}  // namespace
}  // namespace glasstls::fuzz

int main(int argc, char** argv) {
  using glasstls::fuzz::Corpus;
  if (argc != 2) {
    std::fprintf(stderr, "make_seeds DIRECTORY\n");
    return 2;
  }
  const auto corpus = [&](const char* target) { return Corpus(argv[1], target); };
  glasstls::fuzz::make_messages(corpus("message"));
  glasstls::fuzz::make_sessions(corpus("session"), corpus("session_file"));
  glasstls::fuzz::make_records(corpus("record"));
  glasstls::fuzz::make_server_scripts(corpus("client_flight"));
  glasstls::fuzz::make_client_scripts(corpus("server_flight"));
  glasstls::fuzz::make_recorded(corpus("client"), corpus("server"), corpus("explain"));
  return 0;
}
