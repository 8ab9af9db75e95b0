#include "wire/field.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace glasstls::wire {

void FieldTree::begin(std::string_view name, std::size_t offset) {
  Field field;
  field.name = name;
  field.depth = open_.size();
  field.begin = offset;
  field.content = offset;
  open_.push_back(fields_.size());
  fields_.push_back(std::move(field));
}

void FieldTree::content(std::size_t offset) {
  if (!open_.empty()) fields_[open_.back()].content = offset;
}

void FieldTree::number(std::uint64_t value, std::string_view registry_name) {
  if (open_.empty()) return;
  fields_[open_.back()].number = value;
  fields_[open_.back()].text = registry_name;
}

void FieldTree::text(std::string value) {
  if (!open_.empty()) fields_[open_.back()].text = std::move(value);
}

void FieldTree::end(std::string_view name, std::size_t offset) {
  const auto innermost = std::find_if(
      open_.rbegin(), open_.rend(), [&](std::size_t index) { return fields_[index].name == name; });
  if (innermost == open_.rend()) return;
  fields_[*innermost].end = offset;
  if (innermost != open_.rbegin()) stopped_inside_ = true;
  open_.erase(std::prev(innermost.base()), open_.end());
}

const Field* FieldTree::find(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [name](const Field& field) { return field.name == name; });
  return found == fields_.end() ? nullptr : &*found;
}

}  // namespace glasstls::wire
