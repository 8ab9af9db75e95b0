#include "apps/bench/plan.h"

namespace glasstls::apps::bench {

std::string_view name_of(Resume resume) {
  switch (resume) {
    case Resume::none: return "none";
    case Resume::ticket: return "ticket";
    case Resume::id: return "id";
  }
  return "";
}

std::string_view name_of(Arrivals arrivals) {
  switch (arrivals) {
    case Arrivals::closed: return "closed";
    case Arrivals::constant: return "constant";
    case Arrivals::poisson: return "poisson";
  }
  return "";
}

bool is_open_loop(const Plan& plan) { return plan.arrivals != Arrivals::closed; }

}  // namespace glasstls::apps::bench
