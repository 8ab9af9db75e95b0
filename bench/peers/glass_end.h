// A connection of ours as an End.
#pragma once

#include <cstddef>
#include <utility>

#include "bench/peers/stack.h"
#include "tls/connection.h"
#include "tls/event.h"

namespace glasstls::bench {

class GlassEnd final : public End {
 public:
  explicit GlassEnd(tls::Connection connection) : connection_(std::move(connection)) {}

  void go_on(View input, Bytes& output) override;
  bool established() const override { return connection_.writable(); }
  bool verified() const override { return verified_; }
  void seal(View plaintext, Bytes& record) override;
  std::size_t open(View record, Bytes& plaintext) override;
  void rest() override { connection_.rest(); }

 private:
  template <class Listener>
  void receive(View input, Listener&& listener);
  void send(Bytes& output);
  void heed(const tls::Event& event);

  tls::Connection connection_;
  bool verified_ = false;
};

}  // namespace glasstls::bench
