#include "tests/adversary/drive.h"

namespace glasstls::adversary {

namespace {

Answer play_on(auto& stage, const auto& script) {
  try {
    script(stage);
    stage.converse();
    stage.part();
    stage.hear_out();
  } catch (const Ended& ended) {
    return ended.answer;
  }
  return {Answer::Kind::goes_on, stage.warning()};
}

}  // namespace

Answer play(const Fault& fault, Network& network, const Narrator& narrator) {
  if (const auto* script = std::get_if<ClientScript>(&fault.script)) {
    ClientStage stage(network, narrator);
    return play_on(stage, *script);
  }
  ServerStage stage(network, narrator);
  return play_on(stage, std::get<ServerScript>(fault.script));
}

}  // namespace glasstls::adversary
