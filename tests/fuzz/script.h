// Script: what a double does to a connection of ours, step by step, as an input of the fuzzer.
//
//   struct {
//     uint16 ours;     // how our side is configured: setting.h
//     uint16 theirs;   // what the double offers or chooses: setting.h
//     Step steps[];
//   } Script;
//
//   struct {
//     uint8 action; uint8 fault; uint16 at; uint8 value; uint8 delivery; uint8 times;
//     opaque payload<0..255>;
//   } Step;
//
// Numbers without a meaning do nothing, so that new ones do not change what a corpus says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::fuzz {

enum class Action : std::uint8_t {
  nothing = 0,
  // Of both doubles.
  change_cipher_spec = 1,
  finished = 2,
  data = 3,   // `at` bytes
  alert = 4,  // level and description: the bytes of `at`
  close_notify = 5,
  raw = 6,           // the payload
  plain_record = 7,  // of type `value` and version `at`, as if there were no keys
  record = 8,        // the same under the keys
  message = 9,       // of type `value`; its body is the payload
  start_protecting = 10,
  merge = 11,
  split = 12,
  fragment_length = 13,  // `at`
  record_version = 14,   // `at`
  // Of our application and our network.
  write = 16,  // `at` bytes
  close = 17,
  end_of_stream = 18,
  rest = 19,
  give_buffers_back = 20,
  answer = 21,
  answer_wrongly = 22,
  abort = 23,  // with the description in `value`
  // Of one double or of both.
  hello = 32,
  certificate = 33,
  key_exchange = 34,
  second_flight = 35,
  certificate_verify = 36,  // client
  resuming_hello = 37,      // server, and the rest too
  certificate_status = 38,  // the payload
  certificate_request = 39,
  done = 40,
  new_session_ticket = 41,
  hello_request = 42,
  first_flight = 43,
};

/// What is changed. `at` says where, modulo the size; `value` with what.
enum class Edit : std::uint8_t {
  none = 0,
  flip = 1,    // bit `value`
  set = 2,     // to `value`
  insert = 3,  // the payload
  erase = 4,   // `value` bytes
  truncate = 5,
  overwrite = 6,  // with the payload
  replace = 7,    // all from `at` on, by the payload
};

/// Fault: an Edit and, times 16, what it is done to.
enum class Target : std::uint8_t {
  message = 0,     // before it is signed and enters the transcript; its length is made to fit
  encoding = 1,    // the encoded message, header included: the double's keys may be wrong then
  wire = 2,        // the bytes on their way
  extensions = 3,  // of a hello: one is added (insert, type `at`), erased, or repeated (set)
  records = 4,     // on their way: dropped (erase), repeated (insert), the first two swapped (flip)
};

struct Step {
  Action action = Action::nothing;
  Edit edit = Edit::none;
  Target target = Target::message;
  std::uint16_t at = 0;
  std::uint8_t value = 0;
  bool held = false;       // what was queued waits for the next step
  std::uint8_t piece = 0;  // bytes that the network carries at a time; 0: all
  std::uint8_t times = 0;  // how often the step is repeated
  Bytes payload{};         // at most 255 bytes
};

struct Script {
  static constexpr std::size_t most_steps = 40;

  std::uint16_t ours = 0;
  std::uint16_t theirs = 0;
  std::vector<Step> steps;
};

/// Whatever the bytes are, they are a script.
Script parse_script(View bytes);
Bytes serialize(const Script& script);

/// The bytes with the step's edit.
Bytes edited(View bytes, const Step& step);

}  // namespace glasstls::fuzz
