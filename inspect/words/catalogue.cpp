#include "inspect/words/catalogue.h"

namespace glasstls::inspect {

const Catalogue& Catalogue::get(Language) {
  static const Catalogue empty;
  return empty;
}

std::string_view Catalogue::find(std::string_view) const { return {}; }

std::string Catalogue::say(const Text& text) const {
  if (text.key == "verbatim" && !text.arguments.empty()) return text.arguments.front();
  return text.key;
}

std::string_view section_of(std::string_view) { return {}; }

}  // namespace glasstls::inspect
