#include "inspect/making/fields.h"

#include <algorithm>
#include <map>
#include <utility>

#include "inspect/words/catalogue.h"
#include "record/framing.h"

namespace glasstls::inspect {

namespace {

/// "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" in its four parts; "TLS_AES_128_GCM_SHA256" in two.
Text words_for_suite(const Named& suite) {
  if (const std::string key = worded({"value.cipher_suite." + suite.name}); !key.empty())
    return said(key);
  constexpr std::string_view front = "TLS_", middle = "_WITH_";
  if (!suite.name.starts_with(front)) return {};
  const std::string name = suite.name.substr(front.size());
  const std::size_t last = name.rfind('_');
  const std::size_t with = name.find(middle);
  if (last == std::string::npos) return {};
  if (with == std::string::npos)
    return said("value.cipher_suite.tls13", {name.substr(0, last), name.substr(last + 1)});
  const std::size_t cipher = with + middle.size();
  if (last < cipher) return {};
  const std::string exchange = name.substr(0, with);
  const std::size_t split = std::min(exchange.rfind('_'), exchange.size());
  return said(
      "value.cipher_suite",
      {exchange.substr(0, split), split < exchange.size() ? exchange.substr(split + 1) : exchange,
       name.substr(cipher, last - cipher), name.substr(last + 1)});
}

/// The rows of one tree.
class FieldMaker {
 public:
  FieldMaker(Draft& draft, Ref owner, const Range& all, std::string root)
      : draft_(draft), owner_(owner), all_(all), root_(std::move(root)) {}

  std::vector<Id> make(const FieldTree& tree) {
    std::vector<Id> top;
    for (const wire::Field& seen : tree.fields()) {
      open_.resize(std::min(open_.size(), seen.depth));
      const Id id = add(seen);
      if (open_.empty())
        top.push_back(id);
      else
        fields()[open_.back()].children.push_back(id);
      open_.push_back(id);
    }
    name_paths(top, root_);
    for (const Id id : top) add_words(id, {});
    return top;
  }

 private:
  std::vector<Field>& fields() { return draft_.document.fields; }

  Range range(std::size_t begin, std::size_t end) const {
    begin = std::min(begin, all_.length);
    end = std::clamp(end, begin, all_.length);
    return {all_.buffer, all_.offset + begin, end - begin};
  }

  Id add(const wire::Field& seen) {
    Field field;
    if (!open_.empty()) field.parent = open_.back();
    field.owner = owner_;
    field.name = seen.name;
    field.depth = seen.depth;
    const std::size_t end = seen.end.value_or(all_.length);
    field.range = range(seen.begin, end);
    field.content = range(seen.content, end);
    field.complete = seen.end.has_value();
    if (seen.number) {
      field.kind = ValueKind::number;
      field.number = {*seen.number, seen.text};
    } else if (!seen.text.empty()) {
      field.kind = ValueKind::text;
      field.text = seen.text;
    } else if (seen.end) {
      field.kind = ValueKind::bytes;
    }
    fields().push_back(std::move(field));
    return static_cast<Id>(fields().size() - 1);
  }

  /// "extension[2]" where there are several of a name, and no value of its own for what has parts.
  void name_paths(const std::vector<Id>& siblings, const std::string& prefix) {
    std::map<std::string, std::size_t> counts, seen;
    for (const Id id : siblings) ++counts[fields()[id].name];
    for (const Id id : siblings) {
      Field& field = fields()[id];
      field.path = prefix + field.name;
      if (counts[field.name] > 1) field.path += "[" + std::to_string(seen[field.name]++) + "]";
      if (field.children.empty()) continue;
      if (field.kind == ValueKind::bytes) field.kind = ValueKind::none;
      const std::vector<Id> children = field.children;
      name_paths(children, fields()[id].path + ".");
    }
  }

  /// `inside`: the extension that the field belongs to, if any.
  void add_words(Id id, std::string inside) {
    Field& field = fields()[id];
    if (const auto type = extension_type_of(id)) inside = *type;
    const std::string message = owner_.table == Table::message
                                    ? draft_.document.messages[owner_.id].name
                                    : std::string("record");
    const std::string key = worded({"field." + inside + "." + field.name,
                                    "field." + message + "." + field.name, "field." + field.name});
    if (!key.empty()) field.meaning = said(key);
    field.section = section_for(key);
    add_value_words(field);
    const std::vector<Id> children = field.children;
    for (const Id child : children) add_words(child, inside);
  }

  static std::string section_for(const std::string& key) { return std::string(section_of(key)); }

  /// The name of the extension that this field is, if it is one.
  std::optional<std::string> extension_type_of(Id id) {
    for (const Id child : fields()[id].children)
      if (fields()[child].name == "extension_type" && !fields()[child].number.name.empty())
        return fields()[child].number.name;
    return std::nullopt;
  }

  static void add_value_words(Field& field) {
    if (field.kind == ValueKind::text) {  // of texts the names of object identifiers have words
      if (const std::string key = worded({"value." + field.name + "." + field.text}); !key.empty())
        field.value_meaning = said(key);
      return;
    }
    if (field.kind != ValueKind::number) return;
    if (field.number.name == "GREASE") {
      if (const std::string key = worded({"value.GREASE"}); !key.empty())
        field.value_meaning = said(key);
      return;
    }
    if (field.name == "extension_type") {
      if (const std::string key = worded({"extension." + field.number.name}); !key.empty())
        field.value_meaning = said(key);
      return;
    }
    if (field.name == "cipher_suite" || field.name == "cipher_suites") {
      field.value_meaning = words_for_suite(field.number);
      return;
    }
    if (const std::string key = worded({"value." + field.name + "." + field.number.name});
        !key.empty())
      field.value_meaning = said(key);
  }

  Draft& draft_;
  Ref owner_;
  Range all_;
  std::string root_;
  std::vector<Id> open_;
};

}  // namespace

void add_fields_of_message(Draft& draft, Id id, const FieldTree& tree) {
  const Message& message = draft.document.messages[id];
  FieldMaker maker(draft, {Table::message, id}, message.range, message.name + ".");
  std::vector<Id> top = maker.make(tree);
  draft.document.messages[id].fields = std::move(top);
}

/// The header, and the parts of the fragment.
void add_fields_of_record(Draft& draft, Id id) {
  const Record& record = draft.document.records[id];
  const std::size_t size = draft.document.buffers[record.buffer].bytes.size();
  FieldTree tree;
  const auto number = [&tree](std::string_view name, std::size_t begin, std::size_t end,
                              const Named& value) {
    tree.begin(name, begin);
    tree.number(value.number, value.name);
    tree.end(name, end);
  };
  const auto part = [&tree](std::string_view name, const Range& range) {
    tree.begin(name, range.offset);
    tree.end(name, range.offset + range.length);
  };
  number("type", 0, 1, record.type);
  number("version", 1, 3, record.version);
  number("length", 3, 5, {size - record::header_length, {}});
  if (record.protection == Protection::none) {
    part("fragment", {record.buffer, record::header_length, size - record::header_length});
  } else {
    if (record.nonce_explicit) part("nonce_explicit", *record.nonce_explicit);
    if (record.ciphertext) part("ciphertext", *record.ciphertext);
    if (record.tag) part("tag", *record.tag);
  }
  FieldMaker maker(draft, {Table::record, id}, {record.buffer, 0, size}, "record.");
  std::vector<Id> top = maker.make(tree);
  draft.document.records[id].fields = std::move(top);
}

}  // namespace glasstls::inspect
