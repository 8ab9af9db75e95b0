#include "inspect/decode/record_splitter.h"

#include <algorithm>

#include "record/framing.h"
#include "record/ssl2_hello.h"

namespace glasstls::inspect {

namespace {

using record::header_length;
using record::max_ciphertext_length;
using record::max_plaintext_length;

struct Header {
  ContentType type{};
  ProtocolVersion version{};
  std::size_t length = 0;
};

Header header_of(View bytes) {
  return {static_cast<ContentType>(bytes[0]),
          static_cast<ProtocolVersion>(bytes[1] << 8 | bytes[2]),
          static_cast<std::size_t>(bytes[3] << 8 | bytes[4])};
}

bool is_known(ContentType type) { return !name_of(type).empty() || type == heartbeat; }

std::string looks_like(View bytes) {
  const auto protocol = record::plain_text_protocol(bytes);
  return protocol ? "; the bytes look like " + std::string(*protocol) : std::string();
}

/// `bytes` begin with a header's five. RFC 5246, 6.2.1.
std::optional<RecordSplitter::Fault> fault_of(View bytes, bool is_first, bool is_protected) {
  const Header header = header_of(bytes);
  if (is_first && record::begins_ssl2_hello(bytes))
    return RecordSplitter::Fault{0, "type", "the bytes look like an SSL 2 ClientHello",
                                 "RFC 6176, 3"};
  // The version first, as an endpoint of ours judges (record/framing.h).
  if (bytes[1] != 3)
    return RecordSplitter::Fault{1, "version",
                                 "the record's version is 0x" + wire::hex(bytes.subspan(1, 2)) +
                                     ", expected 0x03xx" + looks_like(bytes),
                                 "RFC 5246, 6.2.1"};
  if (!is_known(header.type))
    return RecordSplitter::Fault{
        0, "type", "content type " + std::to_string(bytes[0]) + " is unknown", "RFC 5246, 6"};
  // What comes too early may be protected all the same.
  is_protected = is_protected || header.type == ContentType::application_data;
  const std::size_t limit = is_protected ? max_ciphertext_length : max_plaintext_length;
  if (header.length > limit)
    return RecordSplitter::Fault{3, "length",
                                 "the fragment has " + std::to_string(header.length) +
                                     " bytes, the limit is " + std::to_string(limit),
                                 is_protected ? "RFC 5246, 6.2.3" : "RFC 5246, 6.2.1"};
  return std::nullopt;
}

}  // namespace

View RecordSplitter::Record::fragment() const { return wire.subspan(header_length); }

void RecordSplitter::add(View bytes) {
  const std::size_t torn = std::min<std::uint64_t>(torn_, bytes.size());
  torn_ -= torn;
  unread_ += torn;
  bytes = bytes.subspan(torn);
  if (bytes.empty()) return;
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
  begin_ = 0;
  wire::append(buffer_, bytes);
}

/// What was given out stays valid: memory is given back later.
void RecordSplitter::drop(std::size_t size) { begin_ += size; }

void RecordSplitter::gap(std::uint64_t size) {
  // How much of a record that has begun is still to come: what is missing may lie within it.
  std::uint64_t rest = torn_;
  if (waiting() >= header_length && !searching_)
    rest = header_length + header_of(pending()).length - waiting();
  if (size < rest) {
    torn_ = rest - size;
  } else {
    torn_ = 0;
    searching_ = searching_ || size > rest;
  }
  unread_ += waiting() + size;
  buffer_ = Bytes();
  begin_ = 0;
}

/// A header that fits those before.
bool RecordSplitter::may_begin_here(View bytes) const {
  if (bytes.size() < header_length) return false;
  const Header header = header_of(bytes);
  if (!is_known(header.type) || header.length == 0 || header.length > max_ciphertext_length)
    return false;
  return version_
             ? header.version == *version_
             : header.version >= ProtocolVersion::ssl30 && header.version <= ProtocolVersion::tls12;
}

/// Whether a record begins here: it has a header, and another header follows it, or the end does.
/// nullopt: more bytes must come to tell.
std::optional<bool> RecordSplitter::begins_here(View bytes) const {
  if (bytes.size() >= header_length && !may_begin_here(bytes)) return false;
  if (bytes.size() < header_length) return ended_ ? std::optional(false) : std::nullopt;
  const std::size_t size = header_length + header_of(bytes).length;
  if (bytes.size() >= size + header_length) return may_begin_here(bytes.subspan(size));
  if (!ended_) return std::nullopt;
  return bytes.size() == size;
}

void RecordSplitter::search() {
  while (searching_ && waiting() > 0) {
    const std::optional<bool> begins = begins_here(pending());
    if (!begins) return;
    searching_ = !*begins;
    if (*begins) return;
    drop(1);
    ++unread_;
  }
}

RecordSplitter::Next RecordSplitter::next(bool is_protected) {
  search();
  if (unread_ > 0) {
    const Unread told{unread_};
    unread_ = 0;
    return told;
  }
  if (waiting() == 0) {
    buffer_ = Bytes();  // a connection that rests holds no memory here
    begin_ = 0;
    return std::monostate();
  }
  if (searching_ || waiting() < header_length) return std::monostate();
  const View bytes = pending();
  if (auto fault = fault_of(bytes, !version_, is_protected)) return *std::move(fault);
  const Header header = header_of(bytes);
  const std::size_t size = header_length + header.length;
  if (bytes.size() < size) return std::monostate();
  version_ = header.version;
  drop(size);
  return Record{header.type, header.version, bytes.first(size)};
}

}  // namespace glasstls::inspect
