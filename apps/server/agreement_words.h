// What both sides agreed on, as a server tells it: in a line, and as rows of a page.
#pragma once

#include <string>

#include "apps/server/http_page.h"
#include "handshake/agreement.h"

namespace glasstls::apps {

/// "connected: TLS 1.2, TLS_..., x25519, ..., resumed by ticket". Safe to show.
std::string one_line(const handshake::Agreement& agreement);

/// Ten rows.
PageRows rows_of(const handshake::Agreement& agreement);

}  // namespace glasstls::apps
