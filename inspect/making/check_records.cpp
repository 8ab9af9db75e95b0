// Every protected record authenticates; tickets. RFC 5246, 6.2.3.3; RFC 5077, 4.
#include <utility>

#include "inspect/making/checks.h"
#include "inspect/making/time.h"

namespace glasstls::inspect {

namespace {

struct Counts {
  std::size_t opened = 0, sealed = 0;
  std::optional<Id> first_bad, first_sealed;
  bool first_is_bad = false;  // the bad one is the first protected record of its side
};

Counts count(const Document& document, Side side) {
  Counts counts;
  for (Id id = 0; id < document.records.size(); ++id) {
    const Record& record = document.records[id];
    if (record.side != side) continue;
    switch (record.protection) {
      case Protection::none: break;
      case Protection::opened: ++counts.opened; break;
      case Protection::sealed:
        ++counts.sealed;
        if (!counts.first_sealed) counts.first_sealed = id;
        break;
      case Protection::not_authentic:
        if (counts.first_bad) break;
        counts.first_bad = id;
        counts.first_is_bad = counts.opened == 0;
        break;
    }
  }
  return counts;
}

void check_tags(Draft& draft, Side side) {
  const Counts counts = count(draft.document, side);
  const std::string number = std::to_string(counts.opened);
  const std::string name = side == Side::client ? "client_record_tags" : "server_record_tags";
  constexpr const char* section = "RFC 5246, 6.2.3.3";
  if (counts.first_bad) {
    Check check = check_of(name, {Table::record, *counts.first_bad}, section);
    const std::string bad = std::to_string(draft.document.records[*counts.first_bad].number);
    return add_check(
        draft, decide(std::move(check), false,
                      counts.first_is_bad ? "reason.first_tag_fails" : "reason.later_tag_fails",
                      {bad, number}));
  }
  if (counts.opened == 0 && counts.sealed == 0) return;
  if (counts.opened == 0) {
    Check check = check_of(name, {Table::record, *counts.first_sealed}, section);
    check.verdict = Verdict::not_checkable;
    check.reason = draft.document.records[*counts.first_sealed].reason;
    return add_check(draft, std::move(check));
  }
  Id subject = 0;
  for (Id id = 0; id < draft.document.records.size(); ++id)
    if (draft.document.records[id].side == side &&
        draft.document.records[id].protection == Protection::opened) {
      subject = id;
      break;
    }
  Check check = check_of(name, {Table::record, subject}, section);
  const auto& left_out = draft.document.left_out[wire::index_of(side)];
  std::vector<std::string> arguments{number, std::to_string(counts.sealed),
                                     std::to_string(left_out.records)};
  add_check(draft, decide(std::move(check), true,
                          counts.sealed > 0 ? "reason.some_tags_verify" : "reason.all_tags_verify",
                          std::move(arguments)));
}

/// RFC 5077, 4 recommends a form; a server may choose any other.
bool has_recommended_form(View ticket) {
  constexpr std::size_t key_name = 16, iv = 16, length = 2, mac = 32;
  if (ticket.size() < key_name + iv + length + mac) return false;
  const std::size_t state = std::size_t{ticket[key_name + iv]} << 8 | ticket[key_name + iv + 1];
  return ticket.size() == key_name + iv + length + state + mac;
}

void check_one_ticket(Draft& draft, Ref subject, View ticket) {
  if (ticket.empty()) return;
  Check check = check_of("ticket_structure", subject, "RFC 5077, 4");
  const std::string size = std::to_string(ticket.size());
  if (!draft.options.ticket_keys)
    return add_check(draft, not_checkable(std::move(check),
                                          has_recommended_form(ticket) ? "reason.ticket_guess"
                                                                       : "reason.ticket_opaque",
                                          {size}));
  const auto opened = draft.options.ticket_keys->open(ticket, time_to_judge(draft));
  if (!opened)
    return add_check(draft, decide(std::move(check), false, "reason.ticket_not_ours", {size}));
  add_check(draft, decide(std::move(check), true, "reason.ticket_opened",
                          {size, std::string(name_of(opened->session.cipher_suite)),
                           opened->session.server_name, to_string(opened->session.established),
                           to_string(opened->session.expires)}));
}

}  // namespace

void check_records(Draft& draft) {
  check_tags(draft, Side::client);
  check_tags(draft, Side::server);
}

void check_ticket(Draft& draft) {
  if (draft.is_tls13) return;
  if (const auto hello = draft.message("ClientHello"))
    if (const auto ticket = draft.any_field(*hello, "ticket"))
      check_one_ticket(draft, {Table::field, *ticket}, draft.content(ticket));
  if (const auto message = draft.message("NewSessionTicket"))
    if (const auto ticket = draft.field(*message, "ticket"))
      check_one_ticket(draft, {Table::field, *ticket}, draft.content(ticket));
}

}  // namespace glasstls::inspect
