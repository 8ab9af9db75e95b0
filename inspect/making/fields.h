// Fields: what a dissector told, as rows of the document with their words. Internal to inspect/.
#pragma once

#include "inspect/making/draft.h"
#include "wire/field.h"

namespace glasstls::inspect {

void add_fields_of_message(Draft& draft, Id id, const FieldTree& tree);

/// Version and cipher suite, which later messages and records depend on.
void settle_by_server_hello(Draft& draft, Id hello);

}  // namespace glasstls::inspect
