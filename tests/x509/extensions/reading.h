// Values of extensions, read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/x509/samples.h"
#include "wire/field.h"
#include "x509/extensions.h"

namespace glasstls::x509::samples {

/// What came of reading one extension with this value. Offsets count from the value's first byte.
struct Reading {
  Extensions values;               // without `all`, whose views are gone
  std::string refusal;             // "a policy named twice @0 (RFC 5280, 4.2.1.4)"; empty if none
  std::vector<std::string> borne;  // tolerated, in the same form
  FieldTree fields;
};

inline std::string in_words(const Malformed& fault, std::size_t origin) {
  return fault.what + " @" + std::to_string(fault.offset - origin) + " (" +
         std::string(fault.section) + ")";
}

inline Reading read(const Oid& id, const Bytes& value) {
  Reading reading;
  const Bytes bytes = sequence({extension(id, true, value)});
  const std::size_t origin = bytes.size() - value.size();
  DerReader der(bytes, &reading.fields);
  reading.values = read_extensions(der);
  reading.values.all.clear();
  der.finish();
  if (!der.ok()) reading.refusal = in_words(der.error(), origin);
  for (const Malformed& fault : der.tolerated()) reading.borne.push_back(in_words(fault, origin));
  return reading;
}

inline Reading read(const Oid& id, std::string_view hex) { return read(id, from_hex(hex)); }

/// "what @offset (section)", or empty if it is well formed.
inline std::string refusal(const Oid& id, const Bytes& value) { return read(id, value).refusal; }
inline std::string refusal(const Oid& id, std::string_view hex) { return read(id, hex).refusal; }

}  // namespace glasstls::x509::samples
