// Responder: what a server says to what it hears. Plain bytes in and out: no TLS, no sockets, no
// clock, so that a test can talk to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "wire/bytes.h"

namespace glasstls::apps {

class Responder {
 public:
  virtual ~Responder() = default;

  /// The data of one record. Only while wants_data().
  virtual void received(View data) = 0;
  /// False while it has something to say, so that it never holds more than one answer: who does not
  /// listen is not read from.
  bool wants_data() const { return pending().empty() && !finished(); }

  /// What is to be written next, by one call; empty: nothing. Valid until any other call.
  virtual View pending() const { return {}; }
  /// So many bytes of it were written.
  virtual void written(std::size_t /*size*/) {}
  /// Nothing more is to be said, once nothing is pending: the connection is to be closed.
  virtual bool finished() const { return false; }

  /// nullopt: nothing is half done. Else the peer must go on in good time, which counts anew whenever
  /// the number changes.
  virtual std::optional<std::uint64_t> half_done() const { return std::nullopt; }
};

/// Sends each record's bytes back as they came.
class EchoResponder final : public Responder {
 public:
  void received(View data) override { held_ = wire::copy(data); }
  View pending() const override { return View(held_).subspan(written_); }
  void written(std::size_t size) override;

 private:
  Bytes held_;  // one record; no memory when all is written
  std::size_t written_ = 0;
};

/// Passes on what comes, and answers the first record with a text, if it has one.
class PrintResponder final : public Responder {
 public:
  using Sink = std::function<void(View)>;

  explicit PrintResponder(Sink sink, std::string reply = {})
      : sink_(std::move(sink)), reply_(std::move(reply)) {}

  void received(View data) override;
  View pending() const override;
  void written(std::size_t size) override { written_ += size; }

 private:
  Sink sink_;
  std::string reply_;
  std::size_t written_ = 0;
  bool asked_ = false;
};

}  // namespace glasstls::apps
