// Explainer: what the explanations of certificates, requests and lists are put together with.
// Internal to inspect/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/certificate.h"
#include "wire/field.h"
#include "x509/certificate.h"
#include "x509/extensions.h"
#include "x509/name.h"
#include "x509/public_key.h"

namespace glasstls::inspect {

class Explainer {
 public:
  /// Keeps a reference to `out`, whose der is set: statements and remarks go there.
  explicit Explainer(Explanation& out) : out_(out) {}

  FieldSink* sink() { return &tree_; }

  /// A statement beside the last one, or as its part if it is deeper.
  void say(std::size_t depth, std::string name, std::string value, std::string_view meaning = {},
           std::string_view section = {}, std::optional<ByteRange> range = {});
  void remark(std::string text, std::string_view section, std::optional<ByteRange> range = {});

  /// Of the first element of that name; nothing if there is none.
  std::optional<ByteRange> range_of(std::string_view field) const;
  /// Of a view into the object's DER as it was parsed (`parsed` is the whole of it).
  static ByteRange range_of(View part, View parsed);
  /// The elements right inside the SEQUENCE (or SET) that begins at `offset`.
  std::vector<ByteRange> items_at(std::size_t offset) const;

  // What certificates, requests and lists have in common.
  void say_name(std::string_view field, const x509::Name& name, std::string_view meaning,
                std::string_view section);
  void say_key(std::string_view field, const x509::SubjectPublicKey& key);
  void say_fingerprint(std::string name, View bytes, std::string_view meaning);

  /// Takes what the reader told: to be called once, when all statements are made. An element with
  /// the range of a statement gets its words.
  void finish();

 private:
  void add_field(const wire::Field& field, bool has_parts);
  void add_gap(std::size_t depth, std::size_t end, std::string_view name = {});
  void add_words();
  void add_general_words(DerField& field);

  Explanation& out_;
  FieldTree tree_;
  std::vector<std::string> open_;                 // names of the last statement and those around it
  std::set<std::string, std::less<>> explained_;  // names of fields whose general words were given
  std::size_t told_ = 0;                          // how many bytes the fields so far account for
};

/// Statements for each extension, two levels deep below `depth`.
void say_extensions(Explainer& explainer, const x509::Extensions& extensions, View parsed,
                    std::size_t depth);

/// A remark for each deviation that the certificate shows by itself.
void say_remarks(Explainer& explainer, const x509::Certificate& certificate, x509::Time now);

}  // namespace glasstls::inspect
