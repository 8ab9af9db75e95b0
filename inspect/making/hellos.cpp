// What the two hellos say about the connection as a whole.
#include <algorithm>
#include <array>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "handshake/registry.h"
#include "inspect/making/draft.h"
#include "inspect/making/fields.h"

namespace glasstls::inspect {

namespace {

using handshake::ExtensionType;

std::uint64_t code(ExtensionType type) { return static_cast<std::uint64_t>(type); }

/// The first number of that name below an extension of a hello.
const Field* number_in(const Draft& draft, Id hello, ExtensionType type, std::string_view name) {
  const auto extension = draft.extension(hello, code(type));
  if (!extension) return nullptr;
  std::vector<Id> open{*extension};
  while (!open.empty()) {
    const Field& field = draft.document.fields[open.back()];
    open.pop_back();
    if (field.name == name && field.kind == ValueKind::number) return &field;
    open.insert(open.end(), field.children.rbegin(), field.children.rend());
  }
  return nullptr;
}

/// The first text or bytes of that name below an extension of a hello.
std::string text_in(const Draft& draft, Id hello, ExtensionType type, std::string_view name) {
  const auto extension = draft.extension(hello, code(type));
  if (!extension) return {};
  for (Id id = 0; id < draft.document.fields.size(); ++id) {
    const Field& field = draft.document.fields[id];
    if (field.owner != Ref{Table::message, hello} || field.name != name ||
        !field.children.empty() || !field.complete)
      continue;
    const Range& outer = draft.document.fields[*extension].range;
    if (field.range.offset < outer.offset ||
        field.range.offset + field.range.length > outer.offset + outer.length)
      continue;
    return field.text.empty() ? std::string(wire::as_text(draft.content(id))) : field.text;
  }
  return {};
}

Named number_of(const Draft& draft, std::optional<Id> field) {
  return field ? draft.document.fields[*field].number : Named{};
}

/// A session that both sides know: the server echoes the client's session ID (RFC 5246, 7.4.1.3),
/// and does not send a certificate.
std::string resumption(const Draft& draft, Id client, Id server) {
  if (draft.is_tls13) return {};
  const View offered = draft.content(client, "session_id");
  const View echoed = draft.content(server, "session_id");
  const auto ticket = draft.extension(client, code(ExtensionType::session_ticket));
  const bool has_ticket = ticket && draft.document.fields[*ticket].range.length > 4;
  const bool same = !offered.empty() && wire::equal(offered, echoed);
  const bool full = draft.message("Certificate", Side::server) ||
                    draft.message("ServerKeyExchange") || draft.message("ServerHelloDone");
  if (full) return "none";
  if (same) return has_ticket ? "ticket" : "session_id";
  const bool finished = draft.message("ChangeCipherSpec", Side::server).has_value();
  if (finished && has_ticket)
    return "ticket";  // RFC 5077, 3.4: without a session ID of the client's
  return finished ? "" : "none";
}

void read_client_hello(Draft& draft, Id hello) {
  Connection& connection = draft.document.connection;
  connection.server_name = text_in(draft, hello, ExtensionType::server_name, "host_name");
  if (!connection.negotiated)
    connection.version = number_of(draft, draft.field(hello, "client_version"));
}

void read_server_hello(Draft& draft, std::optional<Id> client, Id server) {
  Connection& connection = draft.document.connection;
  connection.negotiated = true;
  connection.version = number_of(draft, draft.field(server, "server_version"));
  if (const Field* selected =
          number_in(draft, server, ExtensionType::supported_versions, "selected_version"))
    connection.version = selected->number;
  connection.cipher_suite = number_of(draft, draft.field(server, "cipher_suite"));
  connection.application_protocol =
      text_in(draft, server, ExtensionType::application_layer_protocol_negotiation, "ProtocolName");
  if (!client) return;
  constexpr auto ems = ExtensionType::extended_master_secret;
  connection.extended_master_secret =
      draft.extension(*client, code(ems)) && draft.extension(server, code(ems));
  connection.resumed = resumption(draft, *client, server);
}

void read_key_exchange(Draft& draft) {
  const auto message = draft.message("ServerKeyExchange");
  if (!message) return;
  Connection& connection = draft.document.connection;
  if (const auto group = draft.any_field(*message, "namedcurve"))
    connection.group = number_of(draft, group).name;
  if (const auto scheme = draft.any_field(*message, "algorithm"))
    connection.signature_scheme = number_of(draft, scheme).name;
}

}  // namespace

void settle_by_server_hello(Draft& draft, Id hello) {
  if (const auto version = draft.field(hello, "server_version"))
    draft.version = static_cast<ProtocolVersion>(number_of(draft, version).number);
  if (const Field* selected =
          number_in(draft, hello, ExtensionType::supported_versions, "selected_version")) {
    draft.version = static_cast<ProtocolVersion>(selected->number.number);
    draft.is_tls13 = draft.version > ProtocolVersion::tls12;
  }
  if (const auto suite = draft.field(hello, "cipher_suite"))
    draft.cipher_suite = static_cast<crypto::CipherSuite>(number_of(draft, suite).number);
}

void read_hellos(Draft& draft) {
  const auto client = draft.message("ClientHello");
  const auto server = draft.message("ServerHello");
  if (server) read_server_hello(draft, client, *server);
  if (client) read_client_hello(draft, *client);
  read_key_exchange(draft);
  draft.document.connection.complete =
      draft.message("Finished", Side::client) && draft.message("Finished", Side::server);
}

}  // namespace glasstls::inspect
