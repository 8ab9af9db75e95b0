// The mutator of scripts: steps are inserted, taken out, exchanged and changed as units, so that the
// conversation around them goes on. libFuzzer's own mutations are for payloads, and now and then for
// the whole input.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>

#include "tests/fuzz/script.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace glasstls::fuzz {
namespace {

constexpr std::array actions{Action::change_cipher_spec,
                             Action::finished,
                             Action::data,
                             Action::alert,
                             Action::close_notify,
                             Action::raw,
                             Action::plain_record,
                             Action::record,
                             Action::message,
                             Action::start_protecting,
                             Action::merge,
                             Action::split,
                             Action::fragment_length,
                             Action::record_version,
                             Action::write,
                             Action::close,
                             Action::end_of_stream,
                             Action::rest,
                             Action::give_buffers_back,
                             Action::answer,
                             Action::answer_wrongly,
                             Action::abort,
                             Action::hello,
                             Action::certificate,
                             Action::key_exchange,
                             Action::second_flight,
                             Action::certificate_verify,
                             Action::resuming_hello,
                             Action::certificate_status,
                             Action::certificate_request,
                             Action::done,
                             Action::new_session_ticket,
                             Action::hello_request,
                             Action::first_flight};

/// What means something in many places: versions, types of extensions and messages, alerts, sizes.
constexpr std::array<std::uint16_t, 24> words{
    0,  1,      2,      5,      10,     13,     16,     18,     23,     28, 35,    43,
    50, 0xff01, 0x0100, 0x0102, 0x0200, 0x0228, 0x0303, 0x0304, 0x0301, 64, 16384, 0x0a0a};
constexpr std::array<std::uint8_t, 16> bytes{0,  1,  2,  4,  11, 12, 13, 14,
                                             15, 16, 20, 21, 22, 23, 24, 255};

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  void mutate(Script& script) {
    const std::size_t changes = 1 + below(3);
    for (std::size_t i = 0; i < changes; ++i) mutate_once(script);
  }

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

 private:
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Values>
  auto any(const Values& values) {
    return values[below(values.size())];
  }

  void mutate_once(Script& script) {
    auto& steps = script.steps;
    const std::size_t kind = below(12);
    if (steps.empty() || kind <= 2) return insert(script);
    const auto place = steps.begin() + static_cast<std::ptrdiff_t>(below(steps.size()));
    switch (kind) {
      case 3: steps.erase(place); break;
      case 4: steps.insert(place, Step(*place)); break;
      case 5:
        std::iter_swap(place, steps.begin() + static_cast<std::ptrdiff_t>(below(steps.size())));
        break;
      case 6: change_bits(script); break;
      case 7: change_payload(*place); break;
      default: change(*place); break;
    }
  }

  void insert(Script& script) {
    Step step;
    step.action = any(actions);
    const std::size_t changes = below(4);
    for (std::size_t i = 0; i < changes; ++i) change(step);
    if (one_in(3)) change_payload(step);
    script.steps.insert(
        script.steps.begin() + static_cast<std::ptrdiff_t>(below(script.steps.size() + 1)), step);
  }

  void change_bits(Script& script) {
    const auto bit = static_cast<std::uint16_t>(1u << below(16));
    if (one_in(2))
      script.ours ^= bit;
    else
      script.theirs ^= bit;
  }

  void change(Step& step) {
    switch (below(8)) {
      case 0: step.action = any(actions); break;
      case 1:
      case 2:
        step.edit = static_cast<Edit>(below(8));
        step.target = static_cast<Target>(below(5));
        break;
      case 3: step.at = any(words); break;
      case 4: step.at = static_cast<std::uint16_t>(below(one_in(3) ? 65536 : 256)); break;
      case 5: step.value = one_in(2) ? any(bytes) : static_cast<std::uint8_t>(below(256)); break;
      case 6:
        step.held = one_in(2);
        step.piece = static_cast<std::uint8_t>(one_in(2) ? 0 : below(128));
        break;
      default: step.times = static_cast<std::uint8_t>(one_in(2) ? 0 : below(40)); break;
    }
  }

  void change_payload(Step& step) {
    constexpr std::size_t longest = 255;
    const std::size_t size = step.payload.size();
    step.payload.resize(longest);
    step.payload.resize(LLVMFuzzerMutate(step.payload.data(), size, longest));
  }

  std::minstd_rand random_;
};

std::size_t give(const Script& script, std::uint8_t* data, std::size_t max_size) {
  const Bytes made = serialize(script);
  const std::size_t size = std::min(made.size(), max_size);
  std::copy_n(made.begin(), size, data);
  return size;
}

}  // namespace
}  // namespace glasstls::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  using namespace glasstls;
  fuzz::Mutator mutator(seed);
  if (mutator.below(20) == 0) return LLVMFuzzerMutate(data, size, max_size);
  fuzz::Script script = fuzz::parse_script(View(data, size));
  mutator.mutate(script);
  return fuzz::give(script, data, max_size);
}

/// The beginning of one conversation and the end of another.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* another,
                                                 std::size_t another_size, std::uint8_t* out,
                                                 std::size_t max_size, unsigned seed) {
  using namespace glasstls;
  fuzz::Mutator mutator(seed);
  fuzz::Script made = fuzz::parse_script(View(one, one_size));
  const fuzz::Script other = fuzz::parse_script(View(another, another_size));
  made.steps.resize(mutator.below(made.steps.size() + 1));
  const std::size_t from = mutator.below(other.steps.size() + 1);
  made.steps.insert(made.steps.end(), other.steps.begin() + static_cast<std::ptrdiff_t>(from),
                    other.steps.end());
  return fuzz::give(made, out, max_size);
}
