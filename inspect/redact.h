// Redacting: a document that may be shown to others.
#pragma once

#include "inspect/document.h"

namespace glasstls::inspect {

/// Leaves out all secrets, the nonces (which show the write_IVs), and everything that was decrypted:
/// from the first Finished on. What went over the wire stays, and so do the verdicts of the checks.
void redact(Document& document);

/// Leaves out the values of secrets only, for whoever did not ask for them: what was decrypted stays,
/// and so do the nonces.
void hide_secrets(Document& document);

}  // namespace glasstls::inspect
