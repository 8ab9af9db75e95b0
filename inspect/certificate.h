// Certificates, requests and revocation lists explained: every field in words, and every byte.
//
// An explanation is plain data: renderers (inspect/certificate_text.h, inspect/certificate_json.h)
// add nothing to it. Texts are safe for a terminal only after printable(): that is their work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/byte_range.h"
#include "wire/bytes.h"
#include "x509/result.h"
#include "x509/time.h"

namespace glasstls::inspect {

enum class ObjectKind { certificate, request, revocation_list };
/// "certificate", "certification request", "certificate revocation list".
std::string_view name_of(ObjectKind kind);

/// One thing that the object says, in words. A statement's parts follow it with a greater depth.
struct Statement {
  std::string path;  // "extensions.keyUsage.keyCertSign": the names from the outermost to this one
  std::string name;  // "keyCertSign"
  std::size_t depth = 0;
  std::string value;               // may be empty
  std::string meaning;             // for somebody who learns; may be empty
  std::string section;             // "RFC 5280, 4.2.1.3"; may be empty
  std::optional<ByteRange> range;  // missing: of no one place, or computed (a fingerprint)
};

/// One element of the DER. An element's parts follow it with a greater depth. The own bytes of all
/// fields, one after the other, are the whole object.
struct DerField {
  std::string name;
  std::size_t depth = 0;
  std::size_t offset = 0;             // of its tag
  std::size_t own = 0;                // of its bytes, from `offset` on, so many belong to no part
  std::optional<std::size_t> length;  // header included; missing if reading stopped inside
  std::string value;
  std::string meaning;
  std::string section;
};

/// A deviation from what RFC 5280 or the browsers' profile demand.
struct Remark {
  std::string text;  // one sentence without a full stop
  std::string section;
  std::optional<ByteRange> range;
};

struct Explanation {
  ObjectKind kind = ObjectKind::certificate;
  std::string source;  // where it came from: "chain.pem, line 12"; left to the caller
  std::string title;   // whose it is; empty if that was not read
  Bytes der;
  std::vector<Statement> statements;  // empty if the object is malformed
  std::vector<Remark> remarks;
  std::vector<DerField> fields;          // up to the bad byte, if the object is malformed
  std::optional<x509::Malformed> error;  // where reading stopped, and why
};

/// Explains exactly one object. Whatever the bytes are, there is an explanation; offsets count from
/// the first byte of `der`. `now` is what validity is compared with.
Explanation explain_certificate(View der, x509::Time now);
Explanation explain_request(View der);
Explanation explain_revocation_list(View der, x509::Time now);

/// Explains DER of unknown kind as that kind which can be read furthest.
Explanation explain_any(View der, x509::Time now);

/// "90 days", "3 hours", "4102 days (about 11 years)". Negative spans count as positive.
std::string span_text(std::int64_t seconds);

}  // namespace glasstls::inspect
