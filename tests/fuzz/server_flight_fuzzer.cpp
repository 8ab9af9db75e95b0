// Our server against a client that follows a script: script.h tells what the input is. The client has
// its keys right, so that what is spoiled lies behind Finished too.
//
// Bits 11 and 12 of `theirs`: the client offers the session of a handshake before, by ID or by ticket.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/conversation.h"
#include "tests/fuzz/setting.h"
#include "tests/support/scripted_client.h"

namespace glasstls::fuzz {
namespace {

constexpr std::uint16_t offers_session = 1 << 11;
constexpr std::uint16_t without_ticket = 1 << 12;

class ClientConversation final : public Conversation {
 public:
  ClientConversation(Watched& ours, test::ScriptedClient& theirs)
      : Conversation(ours, theirs), theirs_(theirs) {}

 protected:
  void act(const Step& step) override {
    using namespace handshake;
    switch (step.action) {
      case Action::hello: return theirs_.hello(change<ClientHello>(step));
      case Action::certificate: return theirs_.certificate(change<Certificate>(step));
      case Action::key_exchange: return theirs_.key_exchange(change<ClientKeyExchange>(step));
      case Action::certificate_verify:
        return theirs_.certificate_verify(change<CertificateVerify>(step));
      case Action::second_flight: return theirs_.second_flight();
      default: return;
    }
  }

 private:
  test::ScriptedClient& theirs_;
};

/// The handshake before: the one whose session is offered now.
Setting::Memory remember(Setting& setting, std::uint16_t theirs) {
  setting.store->held.clear();
  Ours ours(setting);
  test::ScriptedClient client(client_choices(theirs));
  ClientConversation conversation(ours.watched(), client);
  Script script;
  script.steps = {
      {.action = Action::hello}, {.action = Action::answer}, {.action = Action::second_flight}};
  conversation.run(script);
  if (!ours.watched().completed()) return {};
  return {client.session(), setting.store->held};
}

test::ClientChoices choices(const Script& script, Setting& setting) {
  test::ClientChoices choices = client_choices(script.theirs);
  setting.store->held.clear();
  if ((script.theirs & offers_session) == 0) return choices;
  const auto bits = static_cast<std::uint16_t>(script.theirs & (offers_session - 1));
  const Setting::Memory& memory = setting.memory_of(bits, remember);
  setting.store->held = memory.ours;
  choices.session = memory.theirs;
  if ((script.theirs & without_ticket) != 0) choices.session->ticket.clear();
  return choices;
}

void run(const Script& script) {
  Setting& setting = server_setting(script.ours);
  test::ScriptedClient client(choices(script, setting));
  Ours ours(setting);
  ClientConversation(ours.watched(), client).run(script);
}

}  // namespace
}  // namespace glasstls::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  fuzz::run(fuzz::parse_script(View(data, size)));
  return 0;
}
