#include "inspect/capture/tls_finder.h"

#include <algorithm>
#include <utility>

#include "inspect/capture/preludes.h"
#include "inspect/capture/tls_shapes.h"

namespace glasstls::inspect::capture {

namespace {

using Kind = TlsFinding::Kind;

constexpr Sender both[] = {Sender::first, Sender::second};
constexpr std::uint8_t handshake = 22;

/// Of a hello that the stream's end cuts: its record's header, the message's, and the version.
constexpr std::size_t telling_part_of_hello = 11;

}  // namespace

TlsFinder::TlsFinder(Opening opening) {
  for (Side& side : sides_) side.resynchronize = opening == Opening::middle;
}

void TlsFinder::data(Sender sender, View bytes) {
  Side& from = side(sender);
  const std::uint64_t position = from.total;
  from.total += bytes.size();
  if (from.settled) return;
  if (from.start.size() == position)
    wire::append(from.start,
                 bytes.first(std::min(bytes.size(), prelude_length - from.start.size())));
  wire::append(from.held, bytes);
  search(sender);
}

void TlsFinder::gap(Sender sender, std::uint64_t size) {
  Side& from = side(sender);
  from.total += size;
  if (from.settled) return;
  if (search_records(sender, true)) return;
  from.held.clear();
  from.base = from.search_from = from.total;
  from.searched = 0;
  from.resynchronize = true;
}

void TlsFinder::finish() {
  for (const Sender each : both) {
    if (side(each).settled) continue;
    const View rest = View(side(each).held).subspan(side(each).searched);
    const bool may_be_hello = rest.size() >= telling_part_of_hello;
    if (may_be_hello && match_client_hello(rest, false) == Match::perhaps)
      begin(each, side(each).searched, Kind::tls, each);
    else if (may_be_hello && match_server_hello(rest, false) == Match::perhaps)
      begin(each, side(each).searched, Kind::tls, other(each));
    else
      search_records(each, true);
  }
  if (finding_.kind == Kind::undecided) give_up();
  for (const Sender each : both) settle(each);
}

void TlsFinder::search(Sender sender) {
  if (search_hello(sender) || search_records(sender, false)) return;
  Side& from = side(sender);
  drop_what_is_none(from);
  if (from.total - from.search_from < tls_search_length) return;
  if (finding_.kind == Kind::undecided)
    give_up();
  else
    settle(sender);
}

/// Looks for a hello anywhere, each place once.
bool TlsFinder::search_hello(Sender sender) {
  Side& from = side(sender);
  const View held(from.held);
  const bool is_start = from.base == 0 && from.searched == 0 && !from.resynchronize;
  const Match ssl2 = is_start ? match_ssl2_client_hello(held) : Match::no;
  if (ssl2 == Match::yes) return begin(sender, 0, Kind::ssl2, sender), true;
  if (ssl2 == Match::perhaps) return false;
  while (from.searched < held.size()) {
    const auto found =
        std::find(held.begin() + static_cast<std::ptrdiff_t>(from.searched), held.end(), handshake);
    from.searched = static_cast<std::size_t>(found - held.begin());
    const View rest = held.subspan(from.searched);
    const bool may_be_short = from.base + from.searched == from.aligned && !from.resynchronize;
    const Match client = match_client_hello(rest, may_be_short);
    const Match server = match_server_hello(rest, may_be_short);
    if (client == Match::yes) return begin(sender, from.searched, Kind::tls, sender), true;
    if (server == Match::yes) return begin(sender, from.searched, Kind::tls, other(sender)), true;
    if (client == Match::perhaps || server == Match::perhaps) return false;
    ++from.searched;
  }
  return false;
}

/// Looks for records without a hello: where they must begin, or anywhere if that is not known.
bool TlsFinder::search_records(Sender sender, bool is_end) {
  const Side& from = side(sender);
  const View held(from.held);
  const bool is_answer = finding_.side(other(sender)).begins.has_value();
  for (std::size_t at = 0; at < held.size(); ++at) {
    const bool is_aligned = !from.resynchronize && from.base + at == from.aligned;
    const View rest = held.subspan(at);
    if ((!is_aligned && !from.resynchronize) || match_record(rest) != Match::yes) continue;
    const bool is_likely = is_aligned || from.base + at == from.search_from;
    const bool fills_the_rest = record_size(rest) == rest.size();
    const bool one_will_do = is_likely ? is_answer || is_end : is_end && fills_the_rest;
    if (one_will_do || match_records(rest) == Match::yes)
      return begin(sender, at, Kind::middle, std::nullopt), true;
  }
  return false;
}

/// Keeps memory small, and every place from being looked at twice.
void TlsFinder::drop_what_is_none(Side& from) {
  const View held(from.held);
  std::size_t size = 0;
  while (size < from.searched) {
    const bool may_be_record = from.resynchronize || from.base + size == from.aligned;
    if (may_be_record && match_record(held.subspan(size)) != Match::no) break;
    ++size;
  }
  from.held.erase(from.held.begin(), from.held.begin() + static_cast<std::ptrdiff_t>(size));
  from.base += size;
  from.searched -= size;
}

void TlsFinder::begin(Sender sender, std::size_t at, Kind kind, std::optional<Sender> client) {
  Side& from = side(sender);
  const bool is_first_to_begin = !finding_.side(other(sender)).begins;
  finding_.sides[static_cast<std::size_t>(sender)].begins = from.base + at;
  if (finding_.kind == Kind::undecided || (finding_.kind == Kind::middle && kind == Kind::tls))
    finding_.kind = kind;
  if (!finding_.client) finding_.client = client;
  if (is_first_to_begin && from.base + at > 0)
    finding_.prelude = prelude_name(prelude_of(Sender::first), prelude_of(Sender::second));
  settle(sender);
  if (!is_first_to_begin) return;
  if (side(other(sender)).settled) return;
  if (client == sender) expect_answer(other(sender));
  search(other(sender));
}

/// A server says nothing between what makes the client begin TLS and its own first record: that comes
/// next.
void TlsFinder::expect_answer(Sender sender) {
  Side& from = side(sender);
  from.aligned = from.search_from = from.base + from.searched;
  from.resynchronize = false;
  drop_what_is_none(from);
}

void TlsFinder::settle(Sender sender) {
  Side& from = side(sender);
  if (std::exchange(from.settled, true)) return;
  Bytes().swap(from.held);
  finding_.sides[static_cast<std::size_t>(sender)].prelude = text_lines(prelude_of(sender));
  if (!side(other(sender)).settled) return;
  for (Side& each : sides_) Bytes().swap(each.start);
}

/// What was said before TLS, as much as was kept.
View TlsFinder::prelude_of(Sender sender) const {
  const View start(side(sender).start);
  const std::uint64_t end = finding_.side(sender).begins.value_or(start.size());
  return start.first(static_cast<std::size_t>(std::min<std::uint64_t>(start.size(), end)));
}

void TlsFinder::give_up() {
  const View first(sides_[0].start), second(sides_[1].start);
  const bool is_silent = first.empty() && second.empty();
  finding_.kind = is_silent ? Kind::silent : Kind::not_tls;
  if (!is_silent) finding_.looks_like = protocol_name(first, second);
  for (const Sender each : both) settle(each);
}

}  // namespace glasstls::inspect::capture
