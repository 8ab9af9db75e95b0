// The catalogue: explanations by key, in the languages that there are.
#pragma once

#include <string>
#include <string_view>

#include "inspect/document.h"

namespace glasstls::inspect {

enum class Language { english, chinese };

class Catalogue {
 public:
  static const Catalogue& get(Language language);

  bool has(std::string_view key) const { return !find(key).empty(); }
  /// Empty without one.
  std::string_view find(std::string_view key) const;
  /// The sentence with its arguments filled in. A key that it lacks is shown as it is.
  std::string say(const Text& text) const;
};

/// Where the field of that key is defined; empty if the catalogue does not say.
std::string_view section_of(std::string_view key);

}  // namespace glasstls::inspect
