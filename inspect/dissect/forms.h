// Which declaration a handshake message is read by: that depends on its type, and for some on the
// version and the suite.
#pragma once

#include "inspect/dissect/dissect.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/reader.h"

namespace glasstls::inspect {

struct Form {
  Spec spec;
  /// Reads the body, behind msg_type and length. Throws ProtocolError as Reader does.
  void (*read)(wire::Reader& reader, const DissectContext& context);
};

/// For every type there is one; of those that are not known the body is one field.
Form form_of(View message, const DissectContext& context);

}  // namespace glasstls::inspect
