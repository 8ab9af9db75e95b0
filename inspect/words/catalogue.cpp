#include "inspect/words/catalogue.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "inspect/embedded.h"

namespace glasstls::inspect {

namespace {

constexpr Language all_languages[] = {Language::english, Language::chinese};
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Between two Chinese characters stands no blank.
void go_on(std::string& sentence, std::string_view more) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (is_ascii(sentence.back()) || is_ascii(more.front())) sentence += ' ';
  sentence += more;
}

/// "{3}" at the start of a text: its number, if it is one.
std::optional<std::size_t> placeholder(std::string_view text) {
  if (text.size() < 3 || text[0] != '{' || text[2] != '}') return std::nullopt;
  if (text[1] < '0' || text[1] > '9') return std::nullopt;
  return static_cast<std::size_t>(text[1] - '0');
}

std::string filled(std::string_view sentence, const std::vector<std::string>& arguments) {
  std::string out;
  for (std::size_t at = 0; at < sentence.size();) {
    const auto number = placeholder(sentence.substr(at));
    if (!number || *number >= arguments.size()) {
      out += sentence[at++];
      continue;
    }
    out += arguments[*number];
    at += 3;
  }
  return out;
}

/// All sentences of the files below a folder of words/.
Catalogue::Sentences sentences_of(std::string_view prefix) {
  Catalogue::Sentences sentences;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(prefix) && file.path.ends_with(".txt"))
      for (auto& [key, sentence] : parse_sentences(file.content))
        sentences.try_emplace(key, std::move(sentence));
  return sentences;
}

/// Gives the fields that hold numbers of one registry the same words (words/aliases.txt).
void add_aliases(Catalogue::Sentences& sentences) {
  Catalogue::Sentences added;
  for (const auto& [alias, origin] : sentences_of("words/aliases")) {
    const std::string from = origin + ".";
    for (auto row = sentences.lower_bound(from);
         row != sentences.end() && row->first.starts_with(from); ++row)
      added.try_emplace(alias + "." + row->first.substr(from.size()), row->second);
  }
  sentences.merge(added);
}

}  // namespace

std::string_view code_of(Language language) { return language == Language::chinese ? "zh" : "en"; }

std::string_view name_of(Language language) {
  return language == Language::chinese ? "\u4e2d\u6587" : "English";
}

std::span<const Language> languages() { return all_languages; }

std::multimap<std::string, std::string> parse_sentences(std::string_view text) {
  std::multimap<std::string, std::string> sentences;
  auto last = sentences.end();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (trimmed(line).empty() || line.front() == '#') continue;
    if (blanks.find(line.front()) != std::string_view::npos) {
      if (last != sentences.end()) go_on(last->second, trimmed(line));
      continue;
    }
    const std::size_t equals = line.find(" = ");
    if (equals == std::string_view::npos) {
      last = sentences.end();  // what a test finds; here it is nothing
      continue;
    }
    last = sentences.emplace(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 3)));
  }
  return sentences;
}

Catalogue::Catalogue(Language language)
    : sentences_(sentences_of("words/" + std::string(code_of(language)) + "/")) {
  add_aliases(sentences_);
}

const Catalogue& Catalogue::get(Language language) {
  static const Catalogue english(Language::english);
  static const Catalogue chinese(Language::chinese);
  return language == Language::chinese ? chinese : english;
}

std::string_view Catalogue::find(std::string_view key) const {
  const auto found = sentences_.find(key);
  return found == sentences_.end() ? std::string_view() : std::string_view(found->second);
}

std::string Catalogue::say(const Text& text) const {
  if (text.key == "verbatim") return text.arguments.empty() ? "" : text.arguments.front();
  std::string_view sentence = find(text.key);
  if (sentence.empty()) sentence = get(Language::english).find(text.key);
  if (sentence.empty()) return text.key;
  return filled(sentence, text.arguments);
}

std::string_view section_of(std::string_view key) {
  static const Catalogue::Sentences sections = sentences_of("words/sections");
  const auto found = sections.find(key);
  return found == sections.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace glasstls::inspect
