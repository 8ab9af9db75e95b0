#include "inspect/making/draft.h"

#include <algorithm>

#include "inspect/words/catalogue.h"

namespace glasstls::inspect {

namespace {

/// RFC 5246, 7.4.9: handshake messages all, but for HelloRequest; neither ChangeCipherSpec nor alerts.
bool is_in_transcript(const Message& message) {
  return message.name != "ChangeCipherSpec" && message.name != "Alert" &&
         message.name != "ApplicationData" && message.name != "HelloRequest";
}

Bytes transcript(const Draft& draft, Id end) {
  Bytes all;
  for (Id id = 0; id < end; ++id)
    if (is_in_transcript(draft.document.messages[id])) wire::append(all, draft.bytes_of(id));
  return all;
}

}  // namespace

std::optional<Id> Draft::message(std::string_view name, std::optional<Side> side) const {
  const auto& all = document.messages;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Message& message) {
    return message.name == name && (!side || message.side == *side);
  });
  if (found == all.end()) return std::nullopt;
  return static_cast<Id>(found - all.begin());
}

std::optional<Id> Draft::field(Id id, std::string_view path) const {
  const std::vector<Id>* siblings = &document.messages[id].fields;
  std::optional<Id> found;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view name = path.substr(0, dot);
    const auto at = std::find_if(siblings->begin(), siblings->end(),
                                 [&](Id field) { return document.fields[field].name == name; });
    if (at == siblings->end()) return std::nullopt;
    found = *at;
    siblings = &document.fields[*at].children;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return found;
}

std::optional<Id> Draft::any_field(Id id, std::string_view name) const {
  for (Id field = 0; field < document.fields.size(); ++field)
    if (document.fields[field].owner == Ref{Table::message, id} &&
        document.fields[field].name == name)
      return field;
  return std::nullopt;
}

std::optional<Id> Draft::extension(Id hello, std::uint64_t number) const {
  const auto list = field(hello, "extensions");
  if (!list) return std::nullopt;
  for (const Id extension : document.fields[*list].children)
    for (const Id part : document.fields[extension].children)
      if (document.fields[part].name == "extension_type" &&
          document.fields[part].number.number == number)
        return extension;
  return std::nullopt;
}

std::optional<Id> Draft::secret(std::string_view name, std::optional<Side> side) const {
  for (Id id = 0; id < document.secrets.size(); ++id)
    if (document.secrets[id].name == name && (!side || document.secrets[id].side == side))
      return id;
  return std::nullopt;
}

View Draft::content(std::optional<Id> field) const {
  return field ? document.bytes(document.fields[*field].content) : View();
}

View Draft::content(std::optional<Id> message, std::string_view path) const {
  return message ? content(field(*message, path)) : View();
}

Bytes Draft::transcript_before(Id message) const { return transcript(*this, message); }

Bytes Draft::transcript_through(Id message) const { return transcript(*this, message + 1); }

std::string worded(std::initializer_list<std::string> keys) {
  const Catalogue& english = Catalogue::get(Language::english);
  for (const std::string& key : keys)
    if (english.has(key)) return key;
  return {};
}

}  // namespace glasstls::inspect
