#include "tests/fuzz/conversation.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "handshake/messages.h"
#include "record/framing.h"
#include "tests/fuzz/invariant.h"

namespace glasstls::fuzz {

using handshake::HandshakeType;

namespace {

/// What a script may cost.
constexpr std::size_t most_repetitions = 40;
constexpr std::size_t most_carried = 200'000;  // bytes

/// The first record, as far as it is there.
std::size_t first_record(View bytes) {
  if (bytes.size() < record::header_length) return bytes.size();
  return std::min(bytes.size(),
                  record::header_length + (std::size_t{bytes[3]} << 8 | std::size_t{bytes[4]}));
}

void swap_records(Bytes& bytes) {
  const std::size_t first = first_record(bytes);
  const std::size_t second = first_record(View(bytes).subspan(first));
  std::rotate(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(first),
              bytes.begin() + static_cast<std::ptrdiff_t>(first + second));
}

bool is_prefix(View part, View of) {
  return part.size() <= of.size() && wire::equal(part, of.first(part.size()));
}

}  // namespace

void detail::fix_header(Bytes& message) {
  if (message.size() < handshake::message_header_length)
    message.resize(handshake::message_header_length);
  const std::size_t length = message.size() - handshake::message_header_length;
  message[1] = static_cast<std::uint8_t>(length >> 16);
  message[2] = static_cast<std::uint8_t>(length >> 8);
  message[3] = static_cast<std::uint8_t>(length);
}

// --- The script

void Conversation::run(const Script& script) {
  hear();
  for (const Step& step : script.steps) {
    for (std::size_t i = 0; i <= step.times % most_repetitions; ++i) {
      if (carried_ > most_carried) return;
      run_once(step);
    }
  }
}

void Conversation::run_once(const Step& step) {
  if (!act_ours(step)) act_theirs(step);
  pass_on(step);
}

bool Conversation::act_ours(const Step& step) {
  switch (step.action) {
    case Action::write: ours_.write(step.at); return true;
    case Action::close: ours_.close(); return true;
    case Action::end_of_stream: ours_.end_of_stream(); return true;
    case Action::rest: ours_.rest(); return true;
    case Action::give_buffers_back: ours_.give_buffers_back(); return true;
    case Action::answer: ours_.answer(true); return true;
    case Action::answer_wrongly: ours_.answer(false); return true;
    case Action::abort: ours_.abort(static_cast<AlertDescription>(step.value)); return true;
    default: return false;
  }
}

/// What the double cannot do now, for want of a key or of a message, it leaves.
void Conversation::act_theirs(const Step& step) {
  theirs_.tamper = nullptr;
  if (step.target == Target::encoding)
    theirs_.tamper = [&step](HandshakeType, Bytes& bytes) { bytes = edited(bytes, step); };
  try {
    act_common(step);
    act(step);
  } catch (const std::exception&) {
  }
  note_secret();
}

/// A double that has finished may begin anew, and then has another secret.
void Conversation::note_secret() {
  const auto& sent = theirs_.sent_messages();
  if (master_secret_.empty() &&
      std::find(sent.begin(), sent.end(), HandshakeType::finished) != sent.end())
    master_secret_ = wire::copy(theirs_.master_secret());
}

void Conversation::act_common(const Step& step) {
  const auto type = static_cast<ContentType>(step.value);
  const auto version = static_cast<ProtocolVersion>(step.at);
  switch (step.action) {
    case Action::change_cipher_spec: return theirs_.change_cipher_spec();
    case Action::finished: return theirs_.finished(change<handshake::Finished>(step));
    case Action::data: return send_data(step);
    case Action::alert:
      return theirs_.alert(static_cast<AlertLevel>(step.at >> 8),
                           static_cast<AlertDescription>(step.at & 0xff));
    case Action::close_notify: return theirs_.close_notify();
    case Action::raw: return theirs_.raw(step.payload);
    case Action::plain_record: return theirs_.plain_record(type, step.payload, version);
    case Action::record:
      if (type == ContentType::application_data) wire::append(sent_data_, step.payload);
      return theirs_.record(type, step.payload, version);
    case Action::message:
      return theirs_.handshake(static_cast<HandshakeType>(step.value), step.payload);
    case Action::start_protecting: return theirs_.start_protecting();
    case Action::merge: return theirs_.merge();
    case Action::split: return theirs_.split();
    case Action::fragment_length:
      theirs_.fragment_length = std::clamp<std::size_t>(step.at, 1, record::max_plaintext_length);
      return;
    case Action::record_version: theirs_.record_version = version; return;
    default: return;
  }
}

void Conversation::send_data(const Step& step) {
  Bytes data(step.at % (record::max_plaintext_length + 1));
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(step.value + i);
  theirs_.data(data);
  wire::append(sent_data_, data);
}

// --- The network

Bytes Conversation::spoiled(Bytes bytes, const Step& step) const {
  if (step.target == Target::wire) return edited(bytes, step);
  if (step.target != Target::records) return bytes;
  switch (step.edit) {
    case Edit::erase: return {};
    case Edit::insert: {
      const Bytes again = bytes;
      for (unsigned i = 0; i < step.value % most_repetitions; ++i) wire::append(bytes, again);
      return bytes;
    }
    case Edit::flip: swap_records(bytes); return bytes;
    default: return bytes;
  }
}

void Conversation::pass_on(const Step& step) {
  wire::append(held_, spoiled(theirs_.take(), step));
  if (step.held) return;
  const Bytes bytes = std::exchange(held_, {});
  carried_ += bytes.size();
  ours_.deliver(bytes, step.piece == 0 ? whole : step.piece);
  hear();
  check();
}

void Conversation::hear() {
  const Bytes answer = ours_.take();
  if (deaf_) return;
  try {
    theirs_.receive(answer);
  } catch (const std::exception&) {
    deaf_ = true;
  }
}

// --- What must hold

void Conversation::check() {
  const View received = View(ours_.received_data());
  require(received.size() <= sent_data_.size() &&
              wire::equal(received.subspan(compared_),
                          View(sent_data_).subspan(compared_, received.size() - compared_)),
          "what is received was sent, in its order");
  compared_ = received.size();
  const View heard = View(theirs_.received_data());
  require(heard.size() <= ours_.written_data().size() &&
              wire::equal(heard.subspan(heard_),
                          View(ours_.written_data()).subspan(heard_, heard.size() - heard_)),
          "what the peer hears was written, in its order");
  heard_ = heard.size();

  if (!ours_.completed() || std::exchange(judged_, true)) return;
  require(is_prefix(ours_.witness().transcript(), theirs_.transcript()),
          "both sides have seen the same handshake");
  require(wire::equal(ours_.witness().master_secret(), master_secret_),
          "both sides have the same master secret");
}

}  // namespace glasstls::fuzz
