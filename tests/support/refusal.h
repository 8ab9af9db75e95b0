// Catches the ProtocolError that a piece of work must throw, to look into it.
#pragma once

#include <stdexcept>

#include "wire/error.h"

namespace glasstls::test {

/// The refusal. If nothing is refused, std::runtime_error fails the test.
template <class Work>
ProtocolError refusal_of(Work&& work) {
  try {
    work();
  } catch (const ProtocolError& refusal) {
    return refusal;
  }
  throw std::runtime_error("nothing was refused");
}

}  // namespace glasstls::test
