// Setting: how a fuzzed connection of ours is configured, by the bits of an input. Everything else is
// fixed: seeds, clock, roots, keys. So the same input always makes the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

#include "handshake/session_store.h"
#include "tests/fuzz/watched.h"
#include "tests/support/scripted_client.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_random.h"
#include "tls/config.h"

namespace glasstls::fuzz {

/// Bits of `ours` for a client. They are in the corpus: new ones take free places.
enum class ClientBit : std::uint8_t {
  false_start,
  believes_anyone,
  no_extended_master_secret,
  requires_extended_master_secret,
  application_protocols,
  record_size_limit,
  asks_for_status,
  sessions,  // one that the double knows is offered, if it can be
  finishes_writes,
  credential,
  key_elsewhere,
  few_records,
  small_fragments,
  strict_certificates,
  late_answers,
  session_ids_only,
};

/// Bits of `ours` for a server.
enum class ServerBit : std::uint8_t {
  no_extended_master_secret,
  requires_extended_master_secret,
  application_protocols,
  record_size_limit,
  tickets,
  sessions,
  asks_for_certificate,
  requires_certificate,
  believes_anyone,
  finishes_writes,
  key_elsewhere,
  few_records,
  small_fragments,
  prefers_client_order,
  strict_server_name,
  late_answers,
};

/// Keeps what it is given, and can be put back.
class PlainStore final : public handshake::SessionStore {
 public:
  using Held = std::map<Bytes, std::shared_ptr<const handshake::Session>>;

  std::shared_ptr<const handshake::Session> find(const Bytes& key) override {
    const auto found = held.find(key);
    return found == held.end() ? nullptr : found->second;
  }
  void put(const Bytes& key, std::shared_ptr<const handshake::Session> session) override {
    held[key] = std::move(session);
  }
  void remove(const Bytes& key) noexcept override { held.erase(key); }

  Held held;
};

/// The configuration that bits stand for. Made once, as that takes long; the randomness is of the
/// connection.
struct Setting {
  WatchedOptions options;
  std::shared_ptr<const tls::Config> config;
  std::shared_ptr<PlainStore> store;

  /// What the double and our store remember of a handshake before; nothing if it failed.
  struct Memory {
    test::ScriptedSession theirs;
    PlainStore::Held ours;
  };
  /// By the double's bits. Made by `remember` when it is first asked for.
  const Memory& memory_of(std::uint16_t theirs,
                          Memory (*remember)(Setting& setting, std::uint16_t theirs));

  bool has(ClientBit bit) const { return (bits >> static_cast<unsigned>(bit) & 1) != 0; }
  bool has(ServerBit bit) const { return (bits >> static_cast<unsigned>(bit) & 1) != 0; }
  std::uint16_t bits = 0;

 private:
  std::map<std::uint16_t, Memory> memories_;
};

Setting& client_setting(std::uint16_t ours);
Setting& server_setting(std::uint16_t ours);

/// A connection of that setting, with a seed of its own.
class Ours {
 public:
  explicit Ours(const Setting& setting);

  Watched& watched() { return watched_; }

 private:
  test::TestRandom random_;
  Watched watched_;
};

/// What the bits of `theirs` make of a server: of the suite, 3 bits; of the identity, 2; of the group,
/// 2; no extended_master_secret; a ticket; a session_id.
test::Choices server_choices(std::uint16_t theirs);
/// Of a client: the one suite, or all, 3 bits; the one group, or all, 2; no extended_master_secret;
/// asks for tickets; another server_name, or none, 2; the credential, 2.
test::ClientChoices client_choices(std::uint16_t theirs);

}  // namespace glasstls::fuzz
