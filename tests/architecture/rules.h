// The rules of the house, as functions over a file's path and text: which folder may include which,
// and what may be used where. Paths are relative to the repository's root ("crypto/hash.cpp").
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::architecture {

/// The text without comments and without what string and character literals hold; lines stay lines.
/// The names in #include lines are kept.
std::string code_of(std::string_view text);

/// What #include names, brackets or quotes included: `<vector>`, `"wire/bytes.h"`.
std::vector<std::string> includes_of(std::string_view text);

/// Everything that breaks a rule in a file, one sentence each. Files in folders that the rules do
/// not know break one by being there.
std::vector<std::string> violations(std::string_view path, std::string_view text);

/// The .cpp files (relative to the folder of the CMakeLists.txt) that its text does not name.
std::vector<std::string> unlisted(std::string_view cmake_lists, const std::set<std::string>& files);

}  // namespace glasstls::architecture
