#include "tests/interop/markdown.h"

#include <sstream>
#include <stdexcept>

namespace glasstls::test {

std::vector<CodeBlock> code_blocks(std::string_view document) {
  const std::string fence = "```";
  std::vector<CodeBlock> blocks;
  std::istringstream lines{std::string(document)};
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(fence)) {
      inside = !inside;
      if (inside) blocks.push_back({line.substr(fence.size()), {}});
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  if (inside) throw std::runtime_error("this block does not end: " + blocks.back().label);
  return blocks;
}

}  // namespace glasstls::test
