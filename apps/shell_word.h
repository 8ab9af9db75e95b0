// Words for a command line that is shown to be copied.
#pragma once

#include <string>

namespace glasstls::apps {

/// As a shell takes it: in quotes if it must be.
std::string shell_word(const std::string& word);

}  // namespace glasstls::apps
