#include <algorithm>

#include "tests/bounds/attack.h"
#include "tests/bounds/hostile.h"

namespace glasstls::bounds {

namespace {

using handshake::ClientHello;
using handshake::ExtensionType;
using handshake::HandshakeType;
using test::ScriptedClient;

constexpr std::size_t kib = 1024;
constexpr std::size_t largest_body = tls::default_max_handshake_message;
/// Of a server without sessions to look up and clients to ask: the buffers of one connection, and
/// what a handshake in progress keeps.
constexpr std::size_t one_connection = 160 * kib;

Cost nothing() { return HostileClient().server.cost(); }

/// These bytes, and then silence.
std::function<Cost()> stall_after(Bytes bytes) {
  return [bytes = std::move(bytes)] {
    HostileClient hostile;
    hostile.server.give(bytes);
    return hostile.server.cost();
  };
}

// --- The hello

std::size_t body_size(const ClientHello& hello) {
  return handshake::encode(hello).size() - handshake::message_header_length;
}

void fill_with_one_extension(ClientHello& hello) {
  hello.extensions->add(handshake::UnknownExtension{ExtensionType{0x1a1a}, Bytes(0xff00)});
}

void fill_with_suites(ClientHello& hello) {
  hello.cipher_suites.resize(0xfffe / 2, crypto::CipherSuite{0x1a1a});
}

void make_largest(ClientHello& hello) {
  fill_with_suites(hello);
  hello.session_id.resize(32);
  hello.compression_methods.resize(0xff, handshake::CompressionMethod{7});
  hello.extensions->add(handshake::UnknownExtension{ExtensionType{0x1a1a},
                                                    Bytes(largest_body - body_size(hello) - 4)});
}

/// As many as fit: 4 bytes each.
void fill_with_empty_extensions(ClientHello& hello) {
  for (unsigned type = 0x2000; type < 0x2000 + 16'000; ++type)
    hello.extensions->add(handshake::UnknownExtension{ExtensionType(type), {}});
}

/// 2 bytes each.
void fill_with_protocols(ClientHello& hello) {
  handshake::ProtocolNameList names;
  names.protocol_name_list.resize(32'000, {Bytes{'x'}});
  hello.extensions->add(names);
}

std::function<Cost()> hello(test::Change<ClientHello> change,
                            std::size_t fragment_length = record::max_plaintext_length) {
  return [change = std::move(change), fragment_length] {
    HostileClient hostile;
    hostile.client.fragment_length = fragment_length;
    hostile.client.hello(change);
    hostile.server.give(hostile.client.take());
    return hostile.server.cost();
  };
}

Cost largest_hello_without_its_end() {
  HostileClient hostile;
  hostile.client.fragment_length = 1;
  hostile.client.hello(make_largest);
  const Bytes records = hostile.client.take();
  hostile.server.give(View(records).first(records.size() - 1));
  return hostile.server.cost();
}

/// The dearest answer for the fewest bytes: our signature, and the key of a group that they choose.
std::function<Cost()> smallest_hello(std::string identity, crypto::SignatureScheme scheme,
                                     crypto::NamedGroup group) {
  return [=] {
    test::ClientChoices choices;
    choices.schemes = {scheme};
    choices.groups = {group};
    choices.server_name = "";
    test::ServerOptions options;
    options.identities = {identity};
    HostileClient hostile(choices, options);
    hostile.does([](ScriptedClient& client) { client.hello(); });
    return hostile.server.cost();
  };
}

/// The same, and a ClientKeyExchange: key agreement, and the PRF.
Cost handshake_without_an_end() {
  test::ClientChoices choices;
  choices.groups = {crypto::NamedGroup::secp384r1};
  HostileClient hostile(choices);
  hostile.does([](ScriptedClient& client) { client.hello(); });
  hostile.does([](ScriptedClient& client) { client.key_exchange(); });
  return hostile.server.cost();
}

Cost wrong_finished() {
  HostileClient hostile;
  hostile.does([](ScriptedClient& client) { client.hello(); });
  hostile.client.key_exchange();
  hostile.client.change_cipher_spec();
  hostile.client.finished([](handshake::Finished& message) { message.verify_data[0] ^= 1; });
  hostile.server.give(hostile.client.take());
  return hostile.server.cost();
}

Cost hello_whose_answer_is_not_read() {
  HostileClient hostile;
  hostile.client.hello();
  hostile.server.give(hostile.client.take());
  return hostile.server.cost();
}

// --- Tickets and session IDs

test::ServerOptions with_sessions() {
  test::ServerOptions options;
  options.settings = [](tls::ServerSettings& s) {
    s.ticket_keys = std::make_shared<handshake::TicketKeys>();
    s.sessions = std::make_shared<handshake::SessionCache>(10);
  };
  return options;
}

/// The name of a key of ours, which each ticket shows, and rubbish up to the size.
std::function<Cost()> forged_ticket(bool key_name_is_right) {
  return [key_name_is_right] {
    test::ServerOptions shared;
    shared.settings = [keys = std::make_shared<handshake::TicketKeys>()](tls::ServerSettings& s) {
      s.ticket_keys = keys;
    };
    test::ClientChoices choices;
    choices.tickets = true;
    HostileClient honest(choices, shared);
    honest.does([](ScriptedClient& client) { client.hello(); });
    honest.does([](ScriptedClient& client) { client.second_flight(); });
    choices.session = honest.client.session();
    Bytes& ticket = choices.session->ticket;
    ticket.resize(0xffff - 200);
    if (!key_name_is_right) ticket[0] ^= 1;

    HostileClient hostile(choices, shared);
    hostile.client.hello();
    hostile.server.give(hostile.client.take());
    return hostile.server.cost();
  };
}

Cost unknown_session_id() {
  HostileClient hostile({}, with_sessions());
  hostile.client.hello([](ClientHello& hello) { hello.session_id.resize(32, 0x1d); });
  hostile.server.give(hostile.client.take());
  return hostile.server.cost();
}

// --- Floods

Cost warnings_before_the_hello() {
  HostileClient hostile;
  for (unsigned i = 0; i < 1000; ++i)
    hostile.client.alert(AlertLevel::warning, AlertDescription::user_canceled);
  hostile.server.give(hostile.client.take());
  return hostile.server.cost();
}

/// What comes after a handshake is counted alone; it is authenticated by keys, not by a person.
std::function<Cost()> established_then(std::function<void(ScriptedClient&)> flood) {
  return [flood = std::move(flood)] {
    HostileClient hostile;
    hostile.does([](ScriptedClient& client) { client.hello(); });
    hostile.does([](ScriptedClient& client) { client.second_flight(); });
    hostile.server.count_anew();
    flood(hostile.client);
    hostile.server.give(hostile.client.take());
    return hostile.server.cost();
  };
}

template <class Step>
std::function<void(ScriptedClient&)> a_thousand(Step step) {
  return [step](ScriptedClient& client) {
    for (unsigned i = 0; i < 1000; ++i) step(client);
  };
}

std::vector<Attack> stalls() {
  const std::string buffer = "ReceiveBuffer::capacity";
  return {
      {"Silence", "opens the connection and says nothing", "WaitClientHello", "none needed",
       6 * kib, nothing},
      {"OneByte", "sends one byte", "WaitClientHello", buffer, 44 * kib, stall_after({22})},
      {"LargestRecordAnnounced", "announces a record of 16 KiB, and stalls", "WaitClientHello",
       buffer, 44 * kib, stall_after({22, 3, 1, 0x40, 0})},
      {"LargestMessageAnnounced", "announces the largest hello, and stalls", "WaitClientHello",
       "max_handshake_message", 44 * kib, stall_after({22, 3, 1, 0, 4, 1, 2, 1, 0x44})},
      {"LargestHelloWithoutItsEnd",
       "sends the largest hello in records of one byte, but not its last", "WaitClientHello",
       "max_handshake_message", 512 * kib, largest_hello_without_its_end},
      {"AnswerNotRead", "sends a hello, and does not read the answer", "WaitClientKeyExchange",
       "one flight", one_connection, hello_whose_answer_is_not_read},
  };
}

std::vector<Attack> hellos() {
  const std::string setting = "max_handshake_message";
  return {
      {"LargeHelloOfOneExtension", "sends 64 KiB of one extension", "WaitClientHello", setting,
       600 * kib, hello(fill_with_one_extension)},
      {"LargeHelloOfSuites", "sends 32,767 cipher suites", "WaitClientHello", setting, 1024 * kib,
       hello(fill_with_suites)},
      {"LargeHelloOfEmptyExtensions", "sends 16,000 empty extensions", "WaitClientHello", setting,
       4096 * kib, hello(fill_with_empty_extensions)},
      {"LargeHelloOfProtocols", "sends 32,000 application protocols", "WaitClientHello", setting,
       4096 * kib, hello(fill_with_protocols)},
  };
}

std::vector<Attack> signatures() {
  using crypto::NamedGroup;
  using crypto::SignatureScheme;
  const std::string setting = "glasstls server --max-handshakes";
  return {
      {"SmallestHelloToRsa", "sends a small hello; our key is RSA-2048", "WaitClientKeyExchange",
       setting, one_connection,
       smallest_hello("rsa", SignatureScheme::rsa_pss_rsae_sha256, NamedGroup::x25519)},
      {"SmallestHelloToRsaWithP384", "the same, with the dearest group", "WaitClientKeyExchange",
       setting, one_connection,
       smallest_hello("rsa", SignatureScheme::rsa_pss_rsae_sha256, NamedGroup::secp384r1)},
      {"SmallestHelloToP256", "sends a small hello; our key is P-256", "WaitClientKeyExchange",
       setting, one_connection,
       smallest_hello("p256", SignatureScheme::ecdsa_secp256r1_sha256, NamedGroup::x25519)},
      {"HandshakeWithoutAnEnd", "sends hello and ClientKeyExchange on P-384, then nothing",
       "WaitChangeCipherSpec", setting, one_connection, handshake_without_an_end},
      {"WrongFinished", "makes the handshake up to a Finished that is wrong", "WaitFinished",
       setting, one_connection, wrong_finished},
  };
}

std::vector<Attack> sessions() {
  return {
      {"ForgedTicket", "sends a ticket of 64 KiB under a key of ours, forged", "WaitClientHello",
       "max_handshake_message", 600 * kib, forged_ticket(true)},
      {"ForeignTicket", "sends a ticket of 64 KiB under another key", "WaitClientHello",
       "max_handshake_message", 600 * kib, forged_ticket(false)},
      {"UnknownSessionId", "asks for a session that is not there", "WaitClientHello",
       "SessionCache's capacity", one_connection, unknown_session_id},
  };
}

std::vector<Attack> floods() {
  const auto renegotiate = [](ScriptedClient& client) {
    client.record(ContentType::handshake, Bytes{1, 0, 0, 0});
  };
  const auto warn = [](ScriptedClient& client) {
    client.alert(AlertLevel::warning, AlertDescription::user_canceled);
  };
  const auto say = [](std::size_t size) {
    return [size](ScriptedClient& client) { client.data(Bytes(size)); };
  };
  return {
      {"WarningsBeforeTheHello", "sends 1,000 warnings", "WaitClientHello",
       "patience.warning_alerts", one_connection, warnings_before_the_hello},
      {"Warnings", "sends 1,000 warnings", "Established", "patience.warning_alerts", one_connection,
       established_then(a_thousand(warn))},
      {"Renegotiations", "asks 1,000 times for a renegotiation", "Established",
       "patience.renegotiation_attempts", one_connection,
       established_then(a_thousand(renegotiate))},
      {"EmptyRecords", "sends 1,000 records of no data", "Established", "patience.empty_records",
       one_connection, established_then(a_thousand(say(0)))},
      {"RecordsOfOneByte", "sends 1,000 records of one byte", "Established", "record_limit",
       one_connection, established_then(a_thousand(say(1)))},
      {"LargestRecords", "sends 1,000 records of 16 KiB", "Established", "record_limit",
       one_connection, established_then(a_thousand(say(record::max_plaintext_length)))},
  };
}

}  // namespace

std::vector<Attack> attacks_on_server() {
  std::vector<Attack> all;
  for (const auto& group : {stalls(), hellos(), signatures(), sessions(), floods()})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

std::vector<Attack> all_attacks() {
  std::vector<Attack> all = attacks_on_server();
  for (const auto& more : {attacks_by_certificate(), attacks_on_client()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace glasstls::bounds
