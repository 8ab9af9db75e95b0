// Our client against a server that follows a script: script.h tells what the input is. The server has
// its keys right, so that what is spoiled lies behind Finished too.
#include <cstddef>
#include <cstdint>
#include <utility>

#include "tests/fuzz/conversation.h"
#include "tests/fuzz/setting.h"
#include "tests/support/identity.h"
#include "tests/support/scripted_server.h"

namespace glasstls::fuzz {
namespace {

class ServerConversation final : public Conversation {
 public:
  ServerConversation(Watched& ours, test::ScriptedServer& theirs, test::ScriptedSession session)
      : Conversation(ours, theirs), theirs_(theirs), session_(std::move(session)) {}

 protected:
  void act(const Step& step) override {
    using namespace handshake;
    switch (step.action) {
      case Action::hello: return theirs_.hello(change<ServerHello>(step));
      case Action::resuming_hello:
        return theirs_.resuming_hello(session_, change<ServerHello>(step));
      case Action::certificate: return theirs_.certificate(change<Certificate>(step));
      case Action::certificate_status: return theirs_.certificate_status(step.payload);
      case Action::key_exchange: return theirs_.key_exchange(change<ServerKeyExchange>(step));
      case Action::certificate_request:
        return theirs_.certificate_request(change<CertificateRequest>(step));
      case Action::done: return theirs_.done();
      case Action::first_flight: return theirs_.first_flight();
      case Action::new_session_ticket:
        return theirs_.new_session_ticket(change<NewSessionTicket>(step));
      case Action::second_flight: return theirs_.second_flight();
      case Action::hello_request: return theirs_.hello_request();
      default: return;
    }
  }

 private:
  test::ScriptedServer& theirs_;
  const test::ScriptedSession session_;
};

/// The handshake before: the one whose session is offered now.
Setting::Memory remember(Setting& setting, std::uint16_t theirs) {
  setting.store->held.clear();
  Ours ours(setting);
  test::ScriptedServer server(server_choices(theirs));
  ServerConversation conversation(ours.watched(), server, {});
  Script script;
  script.steps = {{.action = Action::first_flight},
                  {.action = Action::answer},
                  {.action = Action::second_flight}};
  conversation.run(script);
  if (!ours.watched().completed()) return {};
  return {server.session(), setting.store->held};
}

void run(const Script& script) {
  Setting& setting = client_setting(script.ours);
  const Setting::Memory& memory = setting.memory_of(script.theirs, remember);
  setting.store->held = memory.ours;
  Ours ours(setting);
  test::ScriptedServer server(server_choices(script.theirs));
  ServerConversation(ours.watched(), server, memory.theirs).run(script);
}

}  // namespace
}  // namespace glasstls::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  fuzz::run(fuzz::parse_script(View(data, size)));
  return 0;
}
