#include "apps/session_file.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "apps/cert/input_files.h"
#include "apps/cert/output_files.h"
#include "apps/error.h"
#include "crypto/constant_time.h"
#include "crypto/hash.h"
#include "x509/pem.h"

namespace glasstls::apps {

namespace {

using handshake::Session;

constexpr std::string_view first_line = "glasstls sessions 1";
constexpr std::string_view warning =
    "# SECRET: whoever reads this file can read and take over the connections that its sessions "
    "resume.";
constexpr std::string_view keyword = "session ";

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

std::string digest_of(View bytes) {
  return wire::hex(crypto::hash(crypto::HashAlgorithm::sha256, bytes).view());
}

void wipe(std::string& text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

// --- Reading

/// What one line "session BASE64 SHA256" holds, or what is wrong with it.
std::variant<Session, std::string> session_of(std::string_view line) {
  if (!line.starts_with(keyword)) return "does not begin with 'session'";
  line.remove_prefix(keyword.size());
  const std::size_t space = line.find(' ');
  std::optional<Bytes> bytes = x509::base64_decode(line.substr(0, space));
  if (!bytes) return "is not base64";
  const crypto::SecretBytes encoded = crypto::SecretBytes::copy_of(*bytes);
  crypto::wipe(*bytes);
  if (space == std::string_view::npos || line.substr(space + 1) != digest_of(encoded.reveal()))
    return "is cut or damaged: its SHA-256 is not that at its end";
  std::optional<Session> session = handshake::decode_session(encoded.reveal());
  if (!session) return "holds a session that this version cannot read";
  return *std::move(session);
}

void add(handshake::SessionCache& sessions, Session session) {
  const Bytes key = handshake::client_session_key(session.server_name, session.context);
  sessions.put(key, std::make_shared<const Session>(std::move(session)));
}

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_session_file(std::string_view text) {
  return without_return(text.substr(0, text.find('\n'))) == first_line;
}

// --- Writing

/// The comment above a session. Its name is one that we meant to reach, and so safe to show.
std::string description_of(const Session& session) {
  return fmt::format("# {}, {}, {}, until {}\n", session.server_name, name_of(session.cipher_suite),
                     session.ticket.empty() ? "session ID" : "ticket", to_string(session.expires));
}

/// Appends to `text`, and keeps no copy of the secret elsewhere.
void write_session(crypto::SecretBytes& text, const Session& session) {
  const crypto::SecretBytes encoded = handshake::encode_session(session);
  std::string base64 = x509::base64_encode(encoded.reveal());
  const std::string before = description_of(session) + std::string(keyword);
  const std::string after = " " + digest_of(encoded.reveal()) + "\n";
  crypto::SecretBytes longer(text.size() + before.size() + base64.size() + after.size());
  auto at = longer.fill().begin();
  at = std::copy(text.reveal().begin(), text.reveal().end(), at);
  for (const std::string_view part :
       {std::string_view(before), std::string_view(base64), std::string_view(after)})
    at = std::copy(part.begin(), part.end(), at);
  wipe(base64);
  text = std::move(longer);
}

}  // namespace

void read_sessions(const std::string& path, handshake::SessionCache& sessions) {
  const crypto::SecretBytes file = read_secret_input(path);
  const std::string_view text = wire::as_text(file.reveal());
  if (!is_session_file(text))
    refuse(fmt::format("{}, line 1: is not '{}': this is no session file", path, first_line));
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = without_return(text.substr(begin, end - begin));
    begin = end + 1;
    if (++number == 1 || line.empty() || line.starts_with('#')) continue;
    auto read = session_of(line);
    if (const auto* fault = std::get_if<std::string>(&read))
      refuse(fmt::format("{}, line {}: {}", path, number, *fault));
    add(sessions, std::get<Session>(std::move(read)));
  }
}

std::size_t write_sessions(const std::string& path, const handshake::SessionCache& sessions,
                           x509::Time now) {
  crypto::SecretBytes text =
      crypto::SecretBytes::copy_of(wire::as_bytes(fmt::format("{}\n{}\n", first_line, warning)));
  std::size_t count = 0;
  for (const auto& session : sessions.all()) {
    if (!session->is_current(now)) continue;
    write_session(text, *session);
    ++count;
  }
  std::vector<OutputFile> files;
  files.push_back(secret_file(path, std::move(text)));
  write_outputs(files, true);
  return count;
}

void check_session_output(const std::string& path) {
  check_outputs({path}, {}, true);
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) return;
  if (std::filesystem::file_size(path, none) == 0) return;
  if (!is_session_file(wire::as_text(read_secret_input(path).reveal())))
    refuse(path + " exists and is no session file: it is not overwritten");
}

std::optional<std::string> why_none_fits(const handshake::SessionCache& sessions,
                                         const std::string& name, View context) {
  const auto all = sessions.all();
  if (all.empty()) return std::nullopt;
  bool same_name = false;
  for (const auto& session : all) {
    if (session->server_name != name) continue;
    if (wire::equal(session->context, context)) return std::nullopt;
    same_name = true;
  }
  if (same_name)
    return "the session kept for " + name +
           " is not offered: it was made under another trust (other CAs, --insecure), or with "
           "another certificate of ours";
  return "no session is offered: none of those kept is for " + name;
}

}  // namespace glasstls::apps
