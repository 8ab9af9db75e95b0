#include "inspect/explainer.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "crypto/hash.h"
#include "inspect/field_words.h"
#include "x509/oid.h"

namespace glasstls::inspect {

namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

std::string counted(std::int64_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

/// "CN=test" without "CN=": the name of the attribute stands beside it.
std::string value_text(const x509::AttributeTypeAndValue& attribute) {
  const std::string text = to_string(attribute);
  return text.substr(std::min(text.find('=') + 1, text.size()));
}

std::string value_of(const wire::Field& field) {
  if (!field.number) return field.text;
  return field.text.empty() ? std::to_string(*field.number)
                            : fmt::format("{} ({})", *field.number, field.text);
}

}  // namespace

std::string span_text(std::int64_t seconds) {
  seconds = std::abs(seconds);
  if (seconds < 2 * minute) return counted(seconds, "second");
  if (seconds < 2 * hour) return counted(seconds / minute, "minute");
  if (seconds < 2 * day) return counted(seconds / hour, "hour");
  const std::int64_t days = seconds / day;
  const std::string text = counted(days, "day");
  return days < 700 ? text : text + fmt::format(" (about {} years)", (days * 2 + 365) / 730);
}

void Explainer::say(std::size_t depth, std::string name, std::string value,
                    std::string_view meaning, std::string_view section,
                    std::optional<ByteRange> range) {
  open_.resize(std::min(open_.size(), depth));
  open_.push_back(name);
  Statement statement;
  for (const std::string& part : open_)
    statement.path += (statement.path.empty() ? "" : ".") + part;
  statement.name = std::move(name);
  statement.depth = depth;
  statement.value = std::move(value);
  statement.meaning = meaning;
  statement.section = section;
  statement.range = range;
  out_.statements.push_back(std::move(statement));
}

void Explainer::remark(std::string text, std::string_view section, std::optional<ByteRange> range) {
  out_.remarks.push_back({std::move(text), std::string(section), range});
}

std::optional<ByteRange> Explainer::range_of(std::string_view field) const {
  const wire::Field* found = tree_.find(field);
  if (found == nullptr || !found->end) return std::nullopt;
  return ByteRange{found->begin, *found->end - found->begin};
}

ByteRange Explainer::range_of(View part, View parsed) {
  return {static_cast<std::size_t>(part.data() - parsed.data()), part.size()};
}

std::vector<ByteRange> Explainer::items_at(std::size_t offset) const {
  std::vector<ByteRange> items;
  const auto& fields = tree_.fields();
  const auto list = std::lower_bound(  // fields are told in the order in which they begin
      fields.begin(), fields.end(), offset,
      [](const wire::Field& field, std::size_t begin) { return field.begin < begin; });
  if (list == fields.end() || list->begin != offset) return items;
  for (auto item = list + 1; item != fields.end() && item->depth > list->depth; ++item) {
    if (item->depth == list->depth + 1 && item->end)
      items.push_back({item->begin, *item->end - item->begin});
  }
  return items;
}

void Explainer::say_name(std::string_view field, const x509::Name& name, std::string_view meaning,
                         std::string_view section) {
  const auto range = range_of(field);
  say(0, std::string(field), name.empty() ? "(empty)" : to_string(name), meaning, section, range);
  if (!range) return;
  const std::vector<ByteRange> levels = items_at(range->offset);
  for (std::size_t i = 0; i < name.rdns().size(); ++i) {
    for (const x509::AttributeTypeAndValue& attribute : name.rdns()[i]) {
      const bool alone = name.rdns()[i].size() == 1 && levels.size() == name.rdns().size();
      say(1, display(attribute.type), value_text(attribute), to_string(attribute.string_type), {},
          alone ? std::optional(levels[i]) : std::nullopt);
    }
  }
}

void Explainer::say_key(std::string_view field, const x509::SubjectPublicKey& key) {
  say(0, std::string(field), key.name,
      key.reason.empty() ? "the subject's public key: what its private key signs, this one checks"
                         : "not used by GlassTLS: " + key.reason,
      "RFC 5280, 4.1.2.7", range_of(field));
  if (const auto modulus = range_of("modulus"))
    say(1, "modulus", key.name.substr(key.name.find(' ') + 1) + " bits",
        "n, the product of two secret primes", "RFC 8017, 3.1", modulus);
  const wire::Field* exponent = tree_.find("publicExponent");
  if (exponent != nullptr && exponent->end && *exponent->end - exponent->content <= 8) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte :
         View(out_.der).subspan(exponent->content, *exponent->end - exponent->content))
      value = value << 8 | byte;
    say(1, "publicExponent", std::to_string(value),
        value == 65537 ? "e, the usual one: 2^16 + 1" : "e", "RFC 8017, 3.1",
        range_of("publicExponent"));
  }
  if (!tree_.find("modulus"))
    say(1, "subjectPublicKey", fmt::format("{} bytes", key.subject_public_key.size()),
        key.name.starts_with("P-") ? "a point of the curve: 04, then x and y"
                                   : std::string_view("the key itself"),
        {}, range_of("subjectPublicKey"));
}

void Explainer::say_fingerprint(std::string name, View bytes, std::string_view meaning) {
  const crypto::Digest digest = crypto::hash(crypto::HashAlgorithm::sha256, bytes);
  say(1, std::move(name), wire::hex(digest.view()), meaning);
}

void Explainer::add_field(const wire::Field& field, bool has_parts) {
  DerField& out = out_.fields.emplace_back();
  out.name = field.name;
  out.depth = field.depth;
  out.offset = field.begin;
  if (field.end) out.length = *field.end - field.begin;
  if (has_parts)
    out.own = field.content - field.begin;
  else
    out.own = out.length.value_or(0);
  told_ = field.begin + out.own;
  out.value = value_of(field);
}

/// What an element of this name is, once: the next ones are the same.
void Explainer::add_general_words(DerField& field) {
  const FieldWords words = words_for_field(field.name);
  if (words.meaning.empty() && words.section.empty()) return;
  if (!explained_.insert(field.name).second) return;
  if (field.meaning.empty()) field.meaning = words.meaning;
  if (field.section.empty()) field.section = words.section;
}

/// Bytes that no reader gave a name: an [n] around an element, a count of unused bits.
void Explainer::add_gap(std::size_t depth, std::size_t end, std::string_view name) {
  if (told_ >= end) return;
  DerField& out = out_.fields.emplace_back();
  const std::uint8_t first = out_.der[told_];
  out.name = !name.empty() ? std::string(name)
             : first == 0  ? "unused bits"
                           : to_string(static_cast<x509::Tag>(first));
  if (name.empty())
    out.meaning = first == 0 ? "so many bits at the end do not count" : "a tag around what follows";
  out.depth = depth;
  out.offset = told_;
  out.own = end - told_;
  out.length = out.own;
  told_ = end;
}

/// An element with the range of a statement gets its words.
void Explainer::add_words() {
  std::map<std::pair<std::size_t, std::size_t>, const Statement*> statements;
  for (const Statement& statement : out_.statements)
    if (statement.range)
      statements.try_emplace({statement.range->offset, statement.range->length}, &statement);
  for (DerField& field : out_.fields) {
    const auto found = statements.find({field.offset, field.length.value_or(0)});
    if (found == statements.end()) {
      add_general_words(field);
      continue;
    }
    const Statement& statement = *found->second;
    if (!statement.value.empty())  // an Extension says which one it is
      field.value = (field.name == "Extension" ? statement.name + ", " : "") + statement.value;
    if (!statement.meaning.empty()) field.meaning = statement.meaning;
    if (!statement.section.empty()) field.section = statement.section;
  }
}

void Explainer::finish() {
  const auto& fields = tree_.fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    add_gap(fields[i].depth, fields[i].begin);
    add_field(fields[i], i + 1 < fields.size() && fields[i + 1].depth > fields[i].depth);
  }
  add_gap(0, out_.der.size(), out_.error ? "(not read)" : "");
  add_words();
}

}  // namespace glasstls::inspect
