// The code blocks of a Markdown document, so that tests can run what it tells people to run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glasstls::test {

struct CodeBlock {
  std::string label;  // what stands behind the opening fence: "sh run certificates"
  std::string text;   // its lines, each with its end

  bool operator==(const CodeBlock&) const = default;
};

/// All blocks between lines of ``` in their order. std::runtime_error for a block without an end.
std::vector<CodeBlock> code_blocks(std::string_view document);

}  // namespace glasstls::test
