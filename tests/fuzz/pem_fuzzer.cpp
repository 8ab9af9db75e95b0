// Any bytes as a PEM text: its blocks are found, and written again they are found once more. The same
// bytes as base64, and as anchors of a trust store.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "x509/certificate.h"
#include "x509/parse_all.h"
#include "x509/pem.h"
#include "x509/request.h"
#include "x509/trust_store.h"

namespace glasstls::x509 {
namespace {

using fuzz::require;

void check_blocks(std::string_view text) {
  const PemText read = parse_pem(text);
  std::string again;
  std::size_t line = 0;
  for (const PemBlock& block : read.blocks) {
    require(block.line > line, "blocks come in order");
    line = block.line;
    require(!block.encrypted || block.der.empty(), "what is encrypted is not decoded");
    if (!block.encrypted) again += to_pem(block.label, block.der);
    fuzz::reached("block read");
  }
  for (const Malformed& fault : read.faults) {
    require(!fault.what.empty() && !fault.section.empty(), "a fault says why");
    require(fault.offset <= text.size(), "a fault lies in the text");
  }
  require(read.blocks.empty() || looks_like_pem(wire::as_bytes(text)), "it looks like what it is");

  const PemText once_more = parse_pem(again);
  require(once_more.faults.empty(), "what we write has no faults");
  std::size_t next = 0;
  for (const PemBlock& block : read.blocks) {
    if (block.encrypted) continue;
    require(next < once_more.blocks.size(), "all that was written is read");
    require(once_more.blocks[next].label == block.label, "with its label");
    require(wire::equal(once_more.blocks[next++].der, block.der), "and its bytes");
  }
}

void check_base64(std::string_view text) {
  if (const auto bytes = base64_decode(text)) {
    require(base64_encode(*bytes) == text, "base64 has one form");
    fuzz::reached("base64 decoded");
  }
  require(
      wire::equal(base64_decode(base64_encode(wire::as_bytes(text))).value(), wire::as_bytes(text)),
      "what is encoded can be decoded");
}

void check_anchors(View bytes) {
  TrustStore store;
  const auto skipped = store.add(bytes, "input");
  require(store.check_all().size() <= store.size(), "faults are of what is held");
  for (const TrustStore::Skipped& one : skipped)
    require(!one.error.what.empty() && one.source == "input", "a fault says why and where");
  const auto all = parse_all<Certificate>(bytes, "CERTIFICATE", "certificate");
  require(all || !all.error().what.empty(), "a refusal says why");
  static_cast<void>(parse_all<CertificationRequest>(bytes, "CERTIFICATE REQUEST", "request"));
}

}  // namespace
}  // namespace glasstls::x509

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  const View input(data, size);
  x509::check_blocks(wire::as_text(input));
  x509::check_base64(wire::as_text(input));
  x509::check_anchors(input);
  return 0;
}
