// Conversation: a connection of ours and a double that follows a script, joined by a network that the
// script spoils.
#pragma once

#include <functional>

#include "handshake/codec.h"
#include "tests/fuzz/script.h"
#include "tests/fuzz/watched.h"
#include "tests/support/scripted_peer.h"

namespace glasstls::fuzz {

class Conversation {
 public:
  Conversation(Watched& ours, test::ScriptedPeer& theirs) : ours_(ours), theirs_(theirs) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  virtual ~Conversation() = default;

  /// Ends the program where our side breaks a promise, or believes what the double did not say.
  void run(const Script& script);

 protected:
  /// A step that only one of the doubles can do. May throw whatever the double throws.
  virtual void act(const Step& step) = 0;

  /// How the step changes a message before it is signed and sent.
  template <class M>
  test::Change<M> change(const Step& step);

 private:
  void run_once(const Step& step);
  bool act_ours(const Step& step);
  void act_theirs(const Step& step);
  void act_common(const Step& step);
  void note_secret();
  void send_data(const Step& step);
  Bytes spoiled(Bytes bytes, const Step& step) const;
  void pass_on(const Step& step);
  void hear();
  void check();

  Watched& ours_;
  test::ScriptedPeer& theirs_;
  Bytes held_;
  Bytes sent_data_;           // by the double
  Bytes master_secret_;       // the double's, of its first Finished
  std::size_t carried_ = 0;   // bytes towards our side
  std::size_t compared_ = 0;  // of our received data
  std::size_t heard_ = 0;     // of the double's
  bool deaf_ = false;         // it cannot make sense of what our side says any more
  bool judged_ = false;
};

namespace detail {

/// The type and length that the body needs.
void fix_header(Bytes& message);

template <class M>
void edit_extensions(M& hello, const Step& step) {
  if (!hello.extensions) hello.extensions.emplace();
  auto& list = hello.extensions->list;
  if (step.edit == Edit::insert) {
    hello.extensions->add(
        handshake::UnknownExtension{handshake::ExtensionType{step.at}, step.payload});
  } else if (!list.empty()) {
    const auto place = list.begin() + static_cast<std::ptrdiff_t>(step.at % list.size());
    if (step.edit == Edit::erase) list.erase(place);
    if (step.edit == Edit::set) list.push_back(*place);
  }
}

}  // namespace detail

template <class M>
test::Change<M> Conversation::change(const Step& step) {
  if (step.edit == Edit::none) return {};
  if constexpr (requires(M & hello) { hello.extensions; }) {
    if (step.target == Target::extensions)
      return [&step](M& hello) { detail::edit_extensions(hello, step); };
  }
  if (step.target != Target::message) return {};
  return [this, &step](M& message) {
    Bytes bytes = edited(handshake::encode(message), step);
    detail::fix_header(bytes);
    try {
      message = handshake::decode<M>(bytes);
    } catch (const ProtocolError&) {  // then it goes out as it is, and the double knows of nothing
      theirs_.tamper = [bytes](handshake::HandshakeType, Bytes& out) { out = bytes; };
    }
  };
}

}  // namespace glasstls::fuzz
