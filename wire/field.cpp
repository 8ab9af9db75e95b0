#include "wire/field.h"

#include <algorithm>
#include <utility>

namespace glasstls::wire {

void FieldTree::begin(std::string_view name, std::size_t offset) {
  Field field;
  field.name = name;
  field.depth = open_.size();
  field.begin = offset;
  open_.push_back(fields_.size());
  fields_.push_back(std::move(field));
}

void FieldTree::number(std::uint64_t value, std::string_view registry_name) {
  if (open_.empty()) return;
  fields_[open_.back()].number = value;
  fields_[open_.back()].text = registry_name;
}

void FieldTree::text(std::string value) {
  if (!open_.empty()) fields_[open_.back()].text = std::move(value);
}

void FieldTree::end(std::size_t offset) {
  if (open_.empty()) return;
  fields_[open_.back()].end = offset;
  open_.pop_back();
}

const Field* FieldTree::find(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [name](const Field& field) { return field.name == name; });
  return found == fields_.end() ? nullptr : &*found;
}

}  // namespace glasstls::wire
