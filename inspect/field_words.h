// What the elements of certificates, requests and revocation lists are, by the names that our
// readers give them: for the explanation of their bytes.
#pragma once

#include <string_view>

namespace glasstls::inspect {

struct FieldWords {
  std::string_view meaning;
  std::string_view section;
};

/// Empty texts for a name that is not in the list.
FieldWords words_for_field(std::string_view name);

}  // namespace glasstls::inspect
