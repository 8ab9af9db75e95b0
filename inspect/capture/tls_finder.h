// TlsFinder: where TLS begins in a connection's two streams. It is found by its bytes, on any port, at
// once or behind a prelude in another protocol: STARTTLS, HTTP CONNECT and their like.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inspect/capture/stream_listener.h"

namespace glasstls::inspect::capture {

/// How far into a stream, or behind a gap in it, TLS is looked for.
inline constexpr std::size_t tls_search_length = std::size_t{64} << 10;

struct TlsFinding {
  enum class Kind : std::uint8_t {
    undecided,
    tls,      // a ClientHello or a ServerHello was found
    middle,   // TLS records, but neither hello: they came before the capture or are missing in it
    ssl2,     // the client begins with a hello in the form of SSL 2
    not_tls,  // something else
    silent,   // not one byte was sent, or none was captured
  };
  struct Side {
    /// Position of the first TLS record; nullopt if it is not known, or if there is none.
    std::optional<std::uint64_t> begins;
    /// The first lines of what was said before, fit to be shown; empty if that is no text.
    std::vector<std::string> prelude;
  };

  Kind kind = Kind::undecided;
  std::optional<Sender> client;  // of TLS: who sent the ClientHello
  std::array<Side, 2> sides;     // by Sender
  std::string prelude;     // "SMTP with STARTTLS"; empty if TLS begins at once or that is not known
  std::string looks_like;  // not_tls: "HTTP", "SSH", "plain text", "a binary protocol"

  const Side& side(Sender sender) const { return sides[static_cast<std::size_t>(sender)]; }
};

/// Is given both streams of one connection, as a StreamListener hears them.
class TlsFinder {
 public:
  explicit TlsFinder(Opening opening);

  void data(Sender sender, View bytes);
  void gap(Sender sender, std::uint64_t size);
  /// Nothing more will come: decides what is undecided.
  void finish();

  const TlsFinding& finding() const { return finding_; }
  /// What side(sender).begins says will not change any more.
  bool is_settled(Sender sender) const { return side(sender).settled; }
  /// TLS does not begin before this position: what lies there need not be kept.
  std::uint64_t earliest(Sender sender) const { return side(sender).base; }

 private:
  struct Side {
    Bytes start;                    // of the stream, at most prelude_length
    Bytes held;                     // what TLS may still begin in
    std::uint64_t base = 0;         // position of the first byte of `held`
    std::uint64_t total = 0;        // position behind the last byte
    std::size_t searched = 0;       // bytes of `held` in which no hello begins
    std::uint64_t search_from = 0;  // position from which the search is bounded
    std::uint64_t aligned = 0;      // position where a record begins, if this is TLS
    bool resynchronize = false;     // if so, records may begin anywhere
    bool settled = false;
  };

  Side& side(Sender sender) { return sides_[static_cast<std::size_t>(sender)]; }
  const Side& side(Sender sender) const { return sides_[static_cast<std::size_t>(sender)]; }

  void search(Sender sender);
  bool search_hello(Sender sender);
  bool search_records(Sender sender, bool is_end);
  static void drop_what_is_none(Side& from);
  void begin(Sender sender, std::size_t at, TlsFinding::Kind kind, std::optional<Sender> client);
  void expect_answer(Sender sender);
  void settle(Sender sender);
  void give_up();
  View prelude_of(Sender sender) const;

  std::array<Side, 2> sides_;
  TlsFinding finding_;
};

}  // namespace glasstls::inspect::capture
