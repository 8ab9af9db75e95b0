#include "tls/connection.h"

#include <utility>

#include "tls/engine.h"

namespace glasstls::tls {

Connection::Connection(std::shared_ptr<const Config> config, std::optional<x509::ServerName> name,
                       std::vector<std::shared_ptr<Observer>> observers)
    : engine_(std::make_unique<Engine>(std::move(config), std::move(name), std::move(observers))) {}

Connection::Connection(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

Connection Connection::server(std::shared_ptr<const Config> config,
                              std::vector<std::shared_ptr<Observer>> observers) {
  static_cast<void>(config->server());  // throws for a client's
  return Connection(std::make_unique<Engine>(std::move(config), std::move(observers)));
}

Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

MutableView Connection::receive_buffer() { return engine_->receive_buffer(); }
void Connection::received(std::size_t size) noexcept { engine_->received(size); }
void Connection::rest() noexcept { engine_->rest(); }
void Connection::end_of_stream() noexcept { engine_->end_of_stream(); }
View Connection::to_send() const { return engine_->to_send(); }
void Connection::sent(std::size_t size) { engine_->sent(size); }
std::size_t Connection::write(View plaintext) { return engine_->write(plaintext); }
bool Connection::writable() const { return engine_->writable(); }
void Connection::close() { engine_->close(); }
void Connection::abort(AlertDescription description) { engine_->abort(description); }
void Connection::answer(const handshake::Signature& signature) { engine_->answer(signature); }
Bytes Connection::export_keying_material(std::string_view label, std::optional<View> context,
                                         std::size_t length) const {
  return engine_->export_keying_material(label, context, length);
}
std::optional<Bytes> Connection::channel_binding(ChannelBinding type) const {
  return engine_->channel_binding(type);
}
std::optional<Event> Connection::next_event() { return engine_->next_event(); }

}  // namespace glasstls::tls
