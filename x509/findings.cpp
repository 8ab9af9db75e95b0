#include "x509/findings.h"

namespace glasstls::x509 {

void Findings::add(Rule rule, Outcome outcome, std::size_t index, std::string detail, View part,
                   std::string_view section, AlertDescription alert) {
  Range range;
  if (!part.empty()) {
    range = {static_cast<std::size_t>(part.data() - path_[index].der().data()), part.size()};
  }
  checks_.push_back({rule, outcome, index, range, std::move(detail), section, alert});
}

}  // namespace glasstls::x509
