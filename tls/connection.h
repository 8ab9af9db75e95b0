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
#include <memory>
#include <optional>
#include <vector>

#include "tls/config.h"
#include "tls/event.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "x509/server_name.h"

namespace glasstls::tls {

class Engine;

class Connection {
 public:
  /// A client. `name` is verified against the server's certificate and sent as server_name if it is
  /// a DNS name; without one neither happens, and a Config that verifies is std::invalid_argument
  /// then.
  Connection(std::shared_ptr<const Config> config, std::optional<x509::ServerName> name,
             std::vector<std::shared_ptr<Observer>> observers = {});
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Where to put bytes from the network. Empty while events wait (call next_event() until it has
  /// none) and when nothing more will be read. Invalidates the last event's view.
  MutableView receive_buffer();
  /// So many bytes were put there; more than fits ends the process. 0 gives the buffers' memory
  /// back if nothing is in them. next_event() does the work.
  void received(std::size_t size) noexcept;
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

  /// Sends close_notify: nothing can be written any more. Reading goes on until the peer closes
  /// too.
  void close();

  /// The next thing that happened, or nullopt when more bytes are needed.
  std::optional<Event> next_event();

 private:
  std::unique_ptr<Engine> engine_;
};

}  // namespace glasstls::tls
