// Writes the pages that run.mjs opens: make_pages FOLDER
#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "inspect/make_document.h"
#include "inspect/page/html.h"
#include "inspect/redact.h"
#include "tests/inspect/recorded.h"
#include "tests/support/identity.h"

namespace glasstls::test {
namespace {

using inspect::Document;
using inspect::Recording;

/// What a peer may call itself, to get out of any place where it is put.
const std::string hostile_name =
    "\"'></script><script>window.harmed=1</script><img src=x onerror=window.harmed=1>\u2028<!--";

class Pages {
 public:
  explicit Pages(std::string folder) : folder_(std::move(folder)) {
    options_.roots = options_.client_roots = roots();
    options_.at = in_validity();
    options_.ticket_keys = peers_.ticket_keys;
    mutual_ = captured(peers_.connect().client);
    resumed_ = captured(peers_.connect().client);
    full_ = captured(without_client_authentication());
  }

  void write_all() const {
    const Document good = document(full_);
    write("good", {good});
    write("mutual", {document(mutual_)});
    write("damaged", {document(damaged())});
    write("forged", {document(forged())});
    write("malformed", {document(malformed())});
    write("hostile", {hostile(good)});
    write("resumed", {document(resumed_)});
    write("sealed", {document(sealed())});
    Document redacted = good;
    inspect::redact(redacted);
    write("redacted", {redacted});
    write("many", many(), 31);
    write("nothing", {});
  }

 private:
  /// The handshake that most people see.
  Recording without_client_authentication() const {
    ClientOptions client;
    client.settings = [](tls::ClientSettings& settings) {
      settings.sessions = std::make_shared<handshake::SessionCache>(1);
      settings.offer_tickets = true;
      settings.application_protocols = {"h2", "http/1.1"};
    };
    ServerOptions server;
    server.identities = {"rsa"};
    server.settings = [this](tls::ServerSettings& settings) {
      settings.ticket_keys = peers_.ticket_keys;
      settings.application_protocols = {"http/1.1"};
    };
    inspect::RecorderOptions options;
    options.expose_secrets = true;
    const auto recorder = std::make_shared<inspect::Recorder>(options);
    client.observers = {recorder};
    Pair pair(client, server);
    pair.complete_handshake();
    pair.client.connection.write(wire::as_bytes("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n"));
    pair.pump();
    pair.server.connection.write(
        wire::as_bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    pair.pump();
    pair.client.connection.close();
    pair.pump();
    return recorder->recording();
  }

  /// As a capture would have it: packets with times, and the addresses of the two sides.
  static Recording captured(Recording recording) {
    recording.client = "192.0.2.1:50000";
    recording.server = "192.0.2.7:443";
    std::int64_t time = 1'893'456'000'000'000'000;  // 2030-01-01
    std::uint64_t frame = 4, offsets[2] = {0, 0};
    std::optional<Side> last;
    for (const Recording::Record& record : recording.records) {
      const Side side = recording.side_of(record.direction);
      time += last && *last != side ? 11'400'000 : 90'000;
      last = side;
      std::uint64_t& offset = offsets[wire::index_of(side)];
      recording.segments.push_back({side, offset, record.wire.size(), time, frame++});
      offset += record.wire.size();
    }
    recording.ends[0] = Recording::End{false, time + 100'000};
    recording.ends[1] = Recording::End{false, time + 11'000'000};
    return recording;
  }

  Document document(const Recording& recording) const {
    return inspect::make_document(recording, options_);
  }

  /// The first record of application data does not authenticate.
  Recording damaged() const {
    Recording recording = full_;
    const auto record = std::find_if(
        recording.records.begin(), recording.records.end(),
        [](const Recording::Record& each) { return each.type == ContentType::application_data; });
    record->wire.back() ^= 1;
    record->plaintext.clear();
    record->authentic = false;
    return recording;
  }

  /// One bit of the server's signature is wrong.
  Recording forged() const {
    Recording recording = full_;
    for (Recording::Record& record : recording.records)
      if (!record.plaintext.empty() && record.plaintext.front() == 12) {
        record.plaintext.back() ^= 1;
        record.wire.back() ^= 1;
      }
    return recording;
  }

  /// A ServerHello that ends within its random.
  static Recording malformed() {
    Recording recording;
    Recording::Record record;
    record.direction = Direction::received;
    record.type = ContentType::handshake;
    record.version = ProtocolVersion::tls12;
    record.plaintext = *wire::unhex("0200000603030102aabb");
    record.wire = *wire::unhex("160303000a");
    wire::append(record.wire, record.plaintext);
    recording.records = {record};
    return recording;
  }

  /// The key log has no line for it.
  Recording sealed() const {
    Recording recording = full_;
    recording.live = false;
    recording.secrets.clear();
    for (Recording::Record& record : recording.records) {
      if (!record.is_protected) continue;
      record.plaintext.clear();
      record.not_opened = "sealed.no_key_log_line";
    }
    return recording;
  }

  /// Every text that a peer may choose.
  static Document hostile(Document document) {
    const auto spoil = [](std::string& text) { text += hostile_name; };
    for (std::string* text :
         {&document.connection.server_name, &document.connection.application_protocol,
          &document.connection.client, &document.connection.server, &document.connection.source})
      spoil(*text);
    for (inspect::Field& field : document.fields) {
      if (field.kind == inspect::ValueKind::text) spoil(field.text);
      if (!field.number.name.empty()) spoil(field.number.name);
    }
    for (inspect::Certificate& certificate : document.certificates) {
      for (std::string* text : {&certificate.subject, &certificate.issuer, &certificate.key})
        spoil(*text);
      for (inspect::Certificate::Statement& statement : certificate.statements) {
        spoil(statement.name);
        spoil(statement.value);
      }
    }
    for (inspect::Message& message : document.messages)
      for (std::string& argument : message.summary.arguments) spoil(argument);
    for (inspect::Check& check : document.checks)
      for (inspect::Text& detail : check.details)
        for (std::string& argument : detail.arguments) spoil(argument);
    for (inspect::Transition& transition : document.transitions) spoil(transition.reason);
    return document;
  }

  std::vector<Document> many() const {
    std::vector<Document> documents;
    for (std::uint64_t number = 1; number <= 21; ++number) {
      documents.push_back(document(number % 2 == 1 ? mutual_ : resumed_));
      documents.back().connection.number = number;
      documents.back().left_out[1] = {12, 190'000, 0};
    }
    return documents;
  }

  void write(const std::string& name, const std::vector<Document>& documents,
             std::uint64_t connections = 0) const {
    std::ofstream file(folder_ + "/" + name + ".html", std::ios::binary);
    file << inspect::to_html(documents, {inspect::Language::english, connections});
    if (!file.flush()) throw std::runtime_error("cannot write " + folder_ + "/" + name + ".html");
  }

  std::string folder_;
  RecordedPeers peers_{true};
  inspect::DocumentOptions options_;
  Recording full_, mutual_, resumed_;
};

}  // namespace
}  // namespace glasstls::test

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    glasstls::test::Pages(arguments[1]).write_all();
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
