// The mutator of message bodies: it changes one field, and makes the lengths around it fit again, so
// that what lies behind is read as it was meant.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/fuzz/message_kinds.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace glasstls::fuzz {
namespace {

constexpr std::size_t room = 256;  // bytes that a field may grow by

/// The fields of a body, as far as it can be read; offsets count from its first byte.
std::vector<wire::Field> fields_of(std::uint8_t selector, View body) {
  std::vector<wire::Field> fields;
  visit_kind(selector, [&]<class T>() {
    FieldTree tree;
    try {
      static_cast<void>(decode<T>(with_header<T>(body), &tree));
    } catch (const ProtocolError&) {  // then these are the fields before the fault
    }
    for (wire::Field field : tree.fields()) {
      if (!field.end || field.begin < header_of<T>) continue;
      field.begin -= header_of<T>;
      field.content -= header_of<T>;
      *field.end -= header_of<T>;
      fields.push_back(field);
    }
  });
  return fields;
}

/// Writes `length` over what stands at [begin, end).
void set_length(Bytes& body, std::size_t begin, std::size_t end, std::size_t length) {
  for (std::size_t at = end; at > begin; --at, length >>= 8)
    body[at - 1] = static_cast<std::uint8_t>(length);
}

/// The body with other bytes at [begin, end), and with the lengths of all fields around fitting.
Bytes replaced(const Bytes& body, const std::vector<wire::Field>& fields, std::size_t begin,
               std::size_t end, View by) {
  Bytes made = wire::copy(View(body).first(begin));
  wire::append(made, by);
  wire::append(made, View(body).subspan(end));
  for (const wire::Field& field : fields) {
    const bool is_led = field.content > field.begin && field.content - field.begin <= 3;
    if (is_led && field.content <= begin && end <= *field.end)
      set_length(made, field.begin, field.content,
                 *field.end - field.content + by.size() - (end - begin));
  }
  return made;
}

Bytes mutated(View bytes) {
  Bytes made = wire::copy(bytes);
  const std::size_t size = made.size();
  made.resize(size + room);
  made.resize(LLVMFuzzerMutate(made.data(), size, made.size()));
  return made;
}

Bytes mutated_field(std::uint8_t selector, const Bytes& body, std::minstd_rand& random) {
  const std::vector<wire::Field> fields = fields_of(selector, body);
  if (fields.empty()) return mutated(body);
  const auto any = [&]() -> const wire::Field& { return fields[random() % fields.size()]; };
  const wire::Field& field = any();
  const View all = View(body).subspan(field.begin, *field.end - field.begin);
  const wire::Field& other = any();
  switch (random() % 6) {
    case 0: return replaced(body, fields, field.begin, *field.end, {});  // without it
    case 1: return replaced(body, fields, *field.end, *field.end, all);  // twice
    case 2:                                                              // by another
      return replaced(body, fields, field.begin, *field.end,
                      View(body).subspan(other.begin, *other.end - other.begin));
    default:
      return replaced(body, fields, field.content, *field.end,
                      mutated(View(body).subspan(field.content, *field.end - field.content)));
  }
}

}  // namespace
}  // namespace glasstls::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  using namespace glasstls;
  std::minstd_rand random(seed);
  if (size < 2 || random() % 5 == 0) return LLVMFuzzerMutate(data, size, max_size);
  const Bytes made = fuzz::mutated_field(data[0], wire::copy(View(data + 1, size - 1)), random);
  const std::size_t kept = std::min(made.size(), max_size - 1);
  std::copy_n(made.begin(), kept, data + 1);
  return kept + 1;
}
