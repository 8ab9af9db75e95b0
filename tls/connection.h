// Connection: TLS 1.2 as an engine without sockets, threads or clock. RFC 5246.
//
//   network  ── receive_buffer, received ──►  ┌────────────┐  ── next_event ──►     application
//            ◄── to_send, sent ────────────   │ Connection │  ◄── write, close ──
//                                             └────────────┘
//
//   auto config = std::make_shared<const Config>(settings);
//   Connection connection(config, ServerName::parse("example.com"));
//   loop:
//     send to_send(), tell how much by sent()
//     read the socket into receive_buffer(), tell how much by received() (or end_of_stream())
//     while (auto event = connection.next_event()) ...
//
// No function lets a peer's fault out as an exception: it becomes a Failed event. Using the
// functions wrongly is std::logic_error. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "tls/config.h"
#include "tls/event.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "x509/server_name.h"

namespace glasstls::tls {

class Engine;

/// RFC 5929 and RFC 9266.
enum class ChannelBinding : std::uint8_t { tls_unique, tls_server_end_point, tls_exporter };

class Connection {
 public:
  /// A client: `config` was made from ClientSettings. `name` is verified against the server's
  /// certificate and sent as server_name if it is a DNS name; without one neither happens, and a
  /// Config that verifies is std::invalid_argument then.
  Connection(std::shared_ptr<const Config> config, std::optional<x509::ServerName> name,
             std::vector<std::shared_ptr<Observer>> observers = {});
  /// A server: `config` was made from ServerSettings.
  static Connection server(std::shared_ptr<const Config> config,
                           std::vector<std::shared_ptr<Observer>> observers = {});
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Where to put bytes from the network. Empty while events wait (call next_event() until it has
  /// none), when nothing more will be read, and when it is full while a signature is awaited.
  /// Invalidates the last event's view.
  MutableView receive_buffer();
  /// So many bytes were put there; more than fits ends the process. 0 gives the buffers' memory
  /// back if nothing is in them. next_event() does the work.
  void received(std::size_t size) noexcept;
  /// Gives back what an idle connection does not need: buffers with nothing in them, as received(0)
  /// does, and the keyed ciphers; the keys stay. The next record makes its cipher anew, in about a
  /// microsecond: for a connection that has been quiet for a while, not after each read.
  void rest() noexcept;
  /// The network stream has ended.
  void end_of_stream() noexcept;

  /// What is to be sent. Valid until any other call.
  View to_send() const;
  void sent(std::size_t size);

  /// Seals plaintext into the send buffer, each call in records of its own, and says how many bytes
  /// it took: fewer than given, or 0, while to_send() must be drained first, and 0 before the
  /// handshake is complete and after the end. After close(): std::logic_error.
  std::size_t write(View plaintext);

  /// Whether write() takes bytes now, room in the send buffer permitting.
  bool writable() const;

  /// The answer to a SignatureWanted event. It is verified before it leaves: a wrong one, or an
  /// empty one, ends the handshake with internal_error. std::logic_error if nobody asked for it;
  /// ignored after close() and after a failure. Ask next_event() and to_send() afterwards.
  void answer(const handshake::Signature& signature);

  /// Key material for another protocol (RFC 5705, 4). No context and an empty one give different
  /// bytes. std::logic_error before HandshakeCompleted (a FalseStart is not enough) and after the
  /// connection has failed; std::invalid_argument for a label that TLS uses itself, a context
  /// above 65,535 bytes, and for tls-exporter's label without extended_master_secret (RFC 9266).
  Bytes export_keying_material(std::string_view label, std::optional<View> context,
                               std::size_t length) const;

  /// What names this very connection to a protocol inside it. nullopt where there is none:
  /// tls_unique and tls_exporter without extended_master_secret (RFC 7627, 5.4; RFC 9266, 4),
  /// tls_server_end_point of a certificate whose signature has no hash (RFC 5929, 4.1).
  /// std::logic_error as for exporters.
  std::optional<Bytes> channel_binding(ChannelBinding type) const;

  /// Sends close_notify: nothing can be written any more. Reading goes on until the peer closes
  /// too; a handshake is given up.
  void close();

  /// Ends the connection with a fatal alert of the application's: access_denied, say. Keys are
  /// wiped, the session is not resumed (RFC 5246, 7.2.2), and no Failed event comes: send what
  /// to_send() has. Nothing happens if the connection has failed already; after close() no alert
  /// goes out any more. close_notify is std::invalid_argument.
  void abort(AlertDescription description);

  /// The next thing that happened, or nullopt when more bytes are needed.
  std::optional<Event> next_event();

 private:
  explicit Connection(std::unique_ptr<Engine> engine);

  std::unique_ptr<Engine> engine_;
};

}  // namespace glasstls::tls
