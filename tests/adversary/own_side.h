// OwnSide: our own client or server in memory, for the adversary to play against. It remembers
// sessions from one connection to the next.
#pragma once

#include <memory>
#include <vector>

#include "tests/adversary/fault.h"
#include "tests/adversary/network.h"
#include "tests/support/peers.h"

namespace glasstls::adversary {

class OwnSide final : public Network {
 public:
  /// The side that is not `misbehaving`, set up as the fault needs it.
  OwnSide(Side misbehaving, Needs needs);

  std::unique_ptr<Transport> next() override;

  /// The last connection: what it told its application. There must have been one.
  const test::Told& last() const { return *ends_.back(); }
  std::size_t connections() const { return ends_.size(); }

 private:
  tls::Connection connection() const;

  Side misbehaving_;
  test::TestRandom random_;
  std::shared_ptr<const tls::Config> config_;
  std::vector<std::unique_ptr<test::End>> ends_;
};

}  // namespace glasstls::adversary
