// The DER objects of a file, PEM or DER, for commands that explain or judge them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::apps {

/// What a PEM label says; a DER file is of any kind.
enum class ObjectLabel { any, certificate, request, revocation_list, other };

struct FoundObject {
  ObjectLabel label = ObjectLabel::any;
  std::string label_text;  // "RSA PRIVATE KEY"; empty for DER
  Bytes der;
  /// "chain.pem, certificate 2 (line 23)", "leaf.der": where the object is, for messages.
  std::string source;
};

struct FoundObjects {
  std::vector<FoundObject> objects;  // in order; private keys and what else is not ours as `other`,
                                     // without their bytes
  std::vector<std::string> faults;   // of the PEM text: "chain.pem: line 7: not base64 (...)"
};

/// Reads a file; "-" is standard input. CommandError (usage) if it is missing or empty.
FoundObjects find_objects(const std::string& path);

}  // namespace glasstls::apps
