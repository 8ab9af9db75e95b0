#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/fuzz/script.h"
#include "tests/fuzz/seeds/seeds.h"

namespace glasstls::fuzz {

namespace {

using Steps = std::vector<Step>;
using Bits = std::initializer_list<std::uint16_t>;

Steps operator+(Steps steps, const Steps& more) {
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

/// What follows a handshake: data both ways, a warning, a rest.
const Steps conversing{{.action = Action::write, .at = 100},
                       {.action = Action::data, .at = 300, .piece = 7},
                       {.action = Action::alert, .at = 0x015a},
                       {.action = Action::rest},
                       {.action = Action::give_buffers_back},
                       {.action = Action::data, .at = 0},
                       {.action = Action::data, .at = 16384, .times = 2},
                       {.action = Action::write, .at = 20000}};
const Steps closing{{.action = Action::close_notify}, {.action = Action::close}};
const Steps truncating{{.action = Action::end_of_stream}};
const Steps dying{{.action = Action::alert, .at = 0x0250}};

void add(const Corpus& corpus, const std::string& name, std::uint16_t ours, std::uint16_t theirs,
         const Steps& steps) {
  corpus.add(name, serialize({ours, theirs, steps}));
}

}  // namespace

void make_server_scripts(const Corpus& corpus) {  // against our client
  using B = ClientBit;
  const Steps macro{{.action = Action::first_flight},
                    {.action = Action::answer},
                    {.action = Action::second_flight}};
  const Steps full{{.action = Action::hello},
                   {.action = Action::certificate},
                   {.action = Action::key_exchange},
                   {.action = Action::done},
                   {.action = Action::change_cipher_spec},
                   {.action = Action::finished}};
  for (std::uint16_t suite = 0; suite < 6; ++suite)
    for (std::uint16_t identity = 0; identity < 4; ++identity)
      add(corpus, "suite-" + std::to_string(suite) + "-" + std::to_string(identity), 0,
          static_cast<std::uint16_t>(suite | identity << 3 | (suite % 3) << 5),
          macro + conversing + closing);
  add(corpus, "by-steps", 0, 0x0004, full + conversing + truncating);
  const Steps asked{{.action = Action::hello},
                    {.action = Action::certificate},
                    {.action = Action::certificate_status, .payload = Bytes(20, 1)},
                    {.action = Action::key_exchange},
                    {.action = Action::certificate_request},
                    {.action = Action::done},
                    {.action = Action::answer},
                    {.action = Action::new_session_ticket},
                    {.action = Action::change_cipher_spec},
                    {.action = Action::finished}};
  const auto everything = static_cast<std::uint16_t>(
      bit(B::application_protocols) | bit(B::record_size_limit) | bit(B::asks_for_status) |
      bit(B::credential) | bit(B::sessions) | bit(B::finishes_writes));
  add(corpus, "everything", everything, 0x0304, asked + conversing + closing);
  add(corpus, "key-elsewhere", everything | bit(B::key_elsewhere) | bit(B::late_answers), 0x0304,
      asked + conversing + dying);
  add(corpus, "answered-wrongly", bit(B::credential) | bit(B::key_elsewhere) | bit(B::late_answers),
      0x0004,
      {asked[0], asked[1], asked[3], asked[4], asked[5], {.action = Action::answer_wrongly}});
  add(corpus, "false-start", bit(B::false_start), 0x0004,
      Steps{{.action = Action::first_flight}, {.action = Action::write, .at = 50}} +
          Steps{macro[2]} + conversing + closing);
  for (const std::uint16_t theirs : Bits{0x0104, 0x0204, 0x0304, 0x0284})
    add(corpus, "resumed-" + std::to_string(theirs), bit(B::sessions), theirs,
        Steps{{.action = Action::resuming_hello}, {.action = Action::second_flight}} + conversing +
            closing);
  add(corpus, "aborted", 0, 0x0004,
      macro + Steps{{.action = Action::abort, .value = 49}, {.action = Action::data, .at = 5}});
  add(corpus, "renegotiation", 0, 0x0004,
      macro + Steps{{.action = Action::hello_request, .times = 2},
                    {.action = Action::data, .at = 5},
                    {.action = Action::hello_request, .times = 5}});
  add(corpus, "few-records", bit(B::few_records) | bit(B::small_fragments), 0x0004,
      macro + Steps{{.action = Action::write, .at = 64, .times = 8},
                    {.action = Action::data, .at = 9, .times = 8}});
  add(corpus, "merged", 0, 0x0004,
      Steps{{.action = Action::merge},
            full[0],
            full[1],
            full[2],
            full[3],
            {.action = Action::split},
            macro[2]} +
          closing);
  add(corpus, "fragments", 0, 0x0004,
      Steps{{.action = Action::fragment_length, .at = 11}} + macro + dying);
  add(corpus, "tampered", 0, 0x0004,
      {full[0],
       full[1],
       {.action = Action::key_exchange, .edit = Edit::flip, .target = Target::encoding, .at = 60},
       full[3]});
  add(corpus, "unsolicited", 0, 0x0004,
      {{.action = Action::hello,
        .edit = Edit::insert,
        .target = Target::extensions,
        .at = 16,
        .payload = Bytes{0, 3, 2, 'h', '2'}}});
}

void make_client_scripts(const Corpus& corpus) {  // against our server
  using B = ServerBit;
  constexpr std::uint16_t ecdsa = 4;  // the suite: signatures are quick
  const Steps macro{
      {.action = Action::hello}, {.action = Action::answer}, {.action = Action::second_flight}};
  const Steps full{{.action = Action::hello},
                   {.action = Action::key_exchange},
                   {.action = Action::change_cipher_spec},
                   {.action = Action::finished}};
  for (std::uint16_t suite = 0; suite < 8; ++suite)
    for (std::uint16_t group = 0; group < 4; ++group)
      add(corpus, "suite-" + std::to_string(suite) + "-" + std::to_string(group), 0,
          static_cast<std::uint16_t>(suite | group << 3), macro + conversing + closing);
  add(corpus, "by-steps", 0, ecdsa, full + conversing + truncating);
  for (std::uint16_t who = 0; who < 4; ++who) {
    const auto asks = static_cast<std::uint16_t>(bit(B::asks_for_certificate) | bit(B::tickets));
    const auto theirs = static_cast<std::uint16_t>(who << 9 | ecdsa);
    add(corpus, "asked-" + std::to_string(who), asks, theirs, macro + conversing + closing);
    add(corpus, "required-" + std::to_string(who), bit(B::requires_certificate), theirs,
        {full[0],
         {.action = Action::certificate},
         {.action = Action::key_exchange},
         {.action = Action::certificate_verify},
         full[2],
         full[3]});
    add(corpus, "name-" + std::to_string(who),
        bit(B::strict_server_name) | bit(B::prefers_client_order),
        static_cast<std::uint16_t>(who << 7 | ecdsa), macro + dying);
  }
  add(corpus, "believed", bit(B::requires_certificate) | bit(B::believes_anyone), 0x0604,
      macro + closing);
  add(corpus, "key-elsewhere", bit(B::key_elsewhere) | bit(B::late_answers), ecdsa,
      macro + closing);
  add(corpus, "answered-wrongly", bit(B::key_elsewhere) | bit(B::late_answers), ecdsa,
      {full[0], {.action = Action::answer_wrongly}});
  const auto resumes = static_cast<std::uint16_t>(bit(B::tickets) | bit(B::sessions));
  for (const std::uint16_t theirs : Bits{0x0844, 0x1844, 0x0804, 0x0864})
    add(corpus, "resumed-" + std::to_string(theirs), resumes, theirs, macro + conversing + closing);
  add(corpus, "renegotiation", 0, ecdsa,
      macro + Steps{{.action = Action::hello, .times = 2},
                    {.action = Action::data, .at = 5},
                    {.action = Action::hello, .times = 5}});
  add(corpus, "few-records", bit(B::few_records) | bit(B::small_fragments), ecdsa,
      macro + Steps{{.action = Action::write, .at = 64, .times = 8},
                    {.action = Action::data, .at = 9, .times = 8}});
  add(corpus, "everything",
      bit(B::application_protocols) | bit(B::record_size_limit) | bit(B::tickets) |
          bit(B::sessions) | bit(B::asks_for_certificate) | bit(B::finishes_writes),
      0x0244,
      Steps{{.action = Action::hello,
             .edit = Edit::insert,
             .target = Target::extensions,
             .at = 16,
             .payload = Bytes{0, 3, 2, 'h', '2'}},
            macro[2]} +
          conversing + closing);
  add(corpus, "size-limit", bit(B::record_size_limit), ecdsa,
      Steps{{.action = Action::hello,
             .edit = Edit::insert,
             .target = Target::extensions,
             .at = 28,
             .payload = Bytes{0, 64}},
            macro[2]} +
          conversing);
  add(corpus, "fragments", 0, ecdsa,
      Steps{{.action = Action::fragment_length, .at = 3}} + macro + dying);
}

}  // namespace glasstls::fuzz
