// The catalogue: what the document's keys say, in the languages that there are.
//
// The sentences are data: inspect/words/<language>/*.txt, a line each, "key = sentence". A "{0}" in
// a sentence is the text's first argument. A line that begins with blanks goes on with the one
// before; one that begins with # is a comment. Who adds a language adds a folder.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "inspect/document.h"

namespace glasstls::inspect {

enum class Language { english, chinese };

/// "en", "zh".
std::string_view code_of(Language language);
/// As its speakers call it.
std::string_view name_of(Language language);
std::span<const Language> languages();

/// Read at the first use, then immutable.
class Catalogue {
 public:
  using Sentences = std::map<std::string, std::string, std::less<>>;

  static const Catalogue& get(Language language);

  bool has(std::string_view key) const { return sentences_.find(key) != sentences_.end(); }
  /// Empty without one.
  std::string_view find(std::string_view key) const;
  /// The sentence with its arguments filled in; of a key that this language lacks the English one,
  /// and the key itself if that is missing too. Nothing for an empty text.
  std::string say(const Text& text) const;
  std::string say(std::string_view key) const { return say(Text{std::string(key), {}}); }

  const Sentences& sentences() const { return sentences_; }

 private:
  explicit Catalogue(Language language);

  Sentences sentences_;
};

/// The lines of one file of sentences, for tests: keys may occur twice there.
std::multimap<std::string, std::string> parse_sentences(std::string_view text);

/// Where the field, message or extension of that key is defined: "RFC 5246, 7.4.1.2"; empty if it
/// is not known. Of inspect/words/sections/.
std::string_view section_of(std::string_view key);

}  // namespace glasstls::inspect
