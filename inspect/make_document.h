// Makes the document of one connection from its recording: names, places, judges.
#pragma once

#include <memory>
#include <optional>

#include "handshake/ticket_keys.h"
#include "inspect/document.h"
#include "inspect/recording.h"
#include "x509/server_name.h"
#include "x509/time.h"
#include "x509/trust_store.h"

namespace glasstls::inspect {

/// What checks are made with; without it they are not checkable, which the document says.
struct DocumentOptions {
  /// What the server's chain is judged against, and the client's. Null: not judged.
  std::shared_ptr<const x509::TrustStore> roots, client_roots;
  /// When it is judged. None: when the first segment came.
  std::optional<x509::Time> at;
  /// The name that the certificate must be for. None: the server_name that the client sent.
  std::optional<x509::ServerName> name;
  /// Opens tickets. Null: what is inside them is a guess.
  std::shared_ptr<handshake::TicketKeys> ticket_keys;
};

/// Whatever the recording holds, there is a document.
Document make_document(const Recording& recording, const DocumentOptions& options = {});

}  // namespace glasstls::inspect
