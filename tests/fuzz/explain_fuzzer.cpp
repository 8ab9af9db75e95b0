// Any bytes as a capture that is explained: its connections are found and decoded with the secrets that
// it brings, and each has a document that every renderer can show.
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>

#include "inspect/capture/read_streams.h"
#include "inspect/decode/capture_decoder.h"
#include "inspect/document_json.h"
#include "inspect/make_document.h"
#include "inspect/openssl_script.h"
#include "inspect/terminal.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "tests/support/identity.h"

namespace glasstls::inspect {
namespace {

using fuzz::require;

DocumentOptions options() {
  DocumentOptions options;
  options.roots = test::roots();
  options.at = test::in_validity();
  return options;
}

void check_text(const std::string& text) {
  require(!text.empty() && text.back() == '\n', "a document has its text");
  for (const char c : text)
    require(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f),
            "what a peer chose cannot steer a terminal");
}

/// Making the document is quick, showing it is not: one renderer of four.
void check_document(const Recording& recording, std::size_t renderer) {
  const Document document = make_document(recording, options());
  fuzz::reached("document made");
  TerminalOptions terminal;
  switch (renderer % 4) {
    case 0: require(to_json(document).starts_with('{'), "a document has its JSON"); break;
    case 1: check_text(to_text(document, terminal)); break;
    case 2:
      terminal.level = Level::bytes;
      check_text(to_text(document, terminal));
      break;
    default: {
      const OpensslScript script = openssl_script(document);
      require(script.text.empty() != script.refusal.empty(), "a script, or why there is none");
      if (!script.text.empty()) fuzz::reached("script made");
    }
  }
}

void check(View input) {
  capture::MemorySource first(input);
  const capture::CollectedSecrets secrets = capture::collect_secrets(first);
  capture::KeyLog log;
  for (const auto& block : secrets.blocks) log.add("the capture", wire::as_bytes(block.text));
  capture::MemorySource source(input);
  CaptureSelection selection;
  selection.most = 4;
  selection.application_data = 1000;
  const DecodedCapture decoded = decode_capture(source, &log, selection, "input");
  require(decoded.recordings.size() <= selection.most, "recordings are bounded");
  require(decoded.recordings.size() <= decoded.connections.size() + decoded.rows_left_out,
          "a recording is of a connection");
  std::size_t renderer = std::accumulate(input.begin(), input.end(), std::size_t{0});
  for (const Recording& recording : decoded.recordings) check_document(recording, renderer++);
}

}  // namespace
}  // namespace glasstls::inspect

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  glasstls::inspect::check(glasstls::View(data, size));
  return 0;
}
