#include "handshake/agreement.h"

namespace glasstls::handshake {

std::string_view name_of(Resumption resumption) {
  switch (resumption) {
    case Resumption::none: return "none";
    case Resumption::session_id: return "session_id";
    case Resumption::ticket: return "ticket";
  }
  return {};
}

}  // namespace glasstls::handshake
