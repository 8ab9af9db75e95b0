#include "tests/attacks/support.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <stdexcept>
#include <utility>

#include "handshake/session_store.h"
#include "record/framing.h"

namespace glasstls::tls {

const Bytes& Witness::value_of(std::string_view name) const {
  const auto found = std::find_if(secrets.rbegin(), secrets.rend(),
                                  [&](const Secret& secret) { return secret.name == name; });
  if (found == secrets.rend()) throw std::out_of_range("no secret of that name was made");
  return found->value;
}

test::ClientOptions watched_client(std::shared_ptr<Witness> witness, test::ClientOptions options) {
  options.observers.push_back(std::move(witness));
  return options;
}

test::ServerOptions watched_server(std::shared_ptr<Witness> witness, test::ServerOptions options) {
  options.observers.push_back(std::move(witness));
  return options;
}

test::ClientOptions remembering_client() {
  test::ClientOptions options;
  options.settings = [store = std::make_shared<handshake::SessionCache>(10)](ClientSettings& s) {
    s.sessions = store;
  };
  return options;
}

Bytes Victim::says() {
  Bytes bytes = wire::copy(connection.to_send());
  connection.sent(bytes.size());
  wire::append(sent, bytes);
  return bytes;
}

void Victim::hears(View bytes) { test::to_us(connection, bytes, bytes.size(), *this); }

namespace {

Victim make_victim(crypto::RandomSource& random, const test::ClientOptions& options) {
  auto witness = std::make_shared<Witness>();
  return {test::make_client(random, watched_client(witness, options)), witness};
}

Victim make_victim(crypto::RandomSource& random, const test::ServerOptions& options) {
  auto witness = std::make_shared<Witness>();
  return {test::make_server(random, watched_server(witness, options)), witness};
}

}  // namespace

Middle::Middle(const test::ClientOptions& client_options, const test::ServerOptions& server_options)
    : client_random(client_options.seed),
      server_random(server_options.seed),
      client(make_victim(client_random, client_options)),
      server(make_victim(server_random, server_options)) {}

void Middle::stand_aside() {
  for (;;) {
    const Bytes to_server = client.says();
    server.hears(to_server);
    const Bytes to_client = server.says();
    client.hears(to_client);
    if (to_server.empty() && to_client.empty()) return;
  }
}

void expect_failed(const Victim& victim, AlertDescription alert, std::string_view state) {
  const Failed* failed = victim.find<Failed>();
  ASSERT_NE(failed, nullptr) << "that side did not fail";
  EXPECT_EQ(victim.count<Failed>(), 1U);
  EXPECT_TRUE(std::holds_alternative<Failed>(victim.events.back()));
  EXPECT_EQ(failed->cause, Failed::Cause::protocol) << failed->reason;
  ASSERT_TRUE(failed->alert);
  EXPECT_EQ(name_of(*failed->alert), name_of(alert)) << failed->reason;
  EXPECT_EQ(failed->state, state) << failed->reason;
}

void expect_refused_without_secrets(Victim& victim, AlertDescription alert,
                                    std::string_view state) {
  expect_failed(victim, alert, state);
  EXPECT_TRUE(victim.saw->secrets.empty()) << victim.saw->secrets.front().name;
  const std::vector<Bytes> last = records_of(victim.says());
  ASSERT_FALSE(last.empty()) << "no alert was sent";
  EXPECT_EQ(last.back().front(), 21);  // the content type alert; below: fatal
  EXPECT_EQ(wire::hex(View(last.back()).subspan(3)),
            wire::hex(Bytes{0, 2, 2, static_cast<std::uint8_t>(alert)}));
  EXPECT_TRUE(victim.connection.receive_buffer().empty());
  EXPECT_EQ(victim.connection.write(Bytes{1}), 0U);
}

std::vector<Bytes> records_of(View bytes) {
  std::vector<Bytes> records;
  while (bytes.size() >= record::header_length) {
    const std::size_t size =
        record::header_length + (std::size_t{bytes[3]} << 8 | std::size_t{bytes[4]});
    if (size > bytes.size()) break;
    records.push_back(wire::copy(bytes.first(size)));
    bytes = bytes.subspan(size);
  }
  return records;
}

std::vector<crypto::CipherSuite> suites_named(const std::vector<std::string_view>& parts) {
  std::vector<crypto::CipherSuite> suites;
  for (unsigned number = 0; number <= 0xffff; ++number) {
    const auto suite = crypto::CipherSuite(number);
    const std::string_view name = name_of(suite);
    const bool named = std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
      return name.find(part) != std::string_view::npos;
    });
    if (named && crypto::find(suite) == nullptr) suites.push_back(suite);
  }
  return suites;
}

}  // namespace glasstls::tls
