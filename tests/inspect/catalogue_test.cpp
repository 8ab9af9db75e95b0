#include "inspect/words/catalogue.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "inspect/embedded.h"

namespace glasstls::inspect {
namespace {

const Catalogue& english() { return Catalogue::get(Language::english); }

/// "{0}", "{1}" ... that occur in a sentence.
std::set<char> placeholders(std::string_view sentence) {
  std::set<char> found;
  for (std::size_t i = 0; i + 2 < sentence.size(); ++i)
    if (sentence[i] == '{' && sentence[i + 2] == '}') found.insert(sentence[i + 1]);
  return found;
}

TEST(Sentences, AreReadLineByLine) {
  const auto sentences = parse_sentences(
      "# a comment\n\nkey.one = first {0}\n  and its rest\nkey.two=no blanks around\n"
      "key.three = a = b\n  \n");
  ASSERT_EQ(sentences.size(), 2U);
  EXPECT_EQ(sentences.find("key.one")->second, "first {0} and its rest");
  EXPECT_EQ(sentences.find("key.three")->second, "a = b");
}

TEST(Sentences, OfChineseAreJoinedWithoutABlank) {
  const auto sentences = parse_sentences("k = 记录\n  握手\n");
  EXPECT_EQ(sentences.find("k")->second, "记录握手");
}

TEST(Catalogue, FillsInWhatIsGiven) {
  EXPECT_EQ(english().say(Text{"summary.Alert", {"fatal", "decode_error"}}), "fatal: decode_error");
  EXPECT_EQ(english().say(Text{"summary.Alert", {"fatal"}}), "fatal: {1}");
  EXPECT_EQ(english().say(Text{"summary.Alert", {"{1}", "x"}}), "{1}: x");
  EXPECT_EQ(english().say(Text{"verbatim", {"as {0} it is"}}), "as {0} it is");
  EXPECT_EQ(english().say(Text{"no.such.key", {}}), "no.such.key");
  EXPECT_EQ(english().say(Text{}), "");
}

TEST(Catalogue, OfEachLanguageHasTheSameKeysAndPlaceholders) {
  for (const Language language : languages()) {
    const Catalogue& other = Catalogue::get(language);
    for (const auto& [key, sentence] : english().sentences()) {
      EXPECT_TRUE(other.has(key)) << code_of(language) << " lacks " << key;
      EXPECT_EQ(placeholders(other.find(key)), placeholders(sentence)) << key;
    }
    for (const auto& [key, sentence] : other.sentences()) {
      EXPECT_TRUE(english().has(key)) << code_of(language) << " alone has " << key;
      EXPECT_FALSE(sentence.empty()) << key;
    }
  }
}

TEST(Catalogue, InChineseHasNoSentenceLeftInEnglish) {
  for (const auto& [key, sentence] : Catalogue::get(Language::chinese).sentences()) {
    const std::string& shown = sentence;
    const bool has_chinese = std::any_of(
        shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe3; });
    if (has_chinese) continue;
    EXPECT_EQ(shown, english().find(key)) << key;  // names and signs only
    EXPECT_LT(shown.size(), 40U) << key << ": " << shown;
  }
}

TEST(Catalogue, IsWellFormedInEveryLineOfEveryFile) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.ends_with(".txt")) continue;
    std::string_view text = file.content;
    for (int number = 1; !text.empty(); ++number) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      const bool is_sentence = !line.empty() && line.front() != '#' && line.front() != ' ';
      if (!is_sentence) continue;
      EXPECT_NE(line.find(" = "), std::string_view::npos) << file.path << ":" << number;
    }
    std::set<std::string> keys;
    for (const auto& [key, sentence] : parse_sentences(file.content))
      EXPECT_TRUE(keys.insert(key).second) << file.path << " has twice " << key;
  }
}

}  // namespace
}  // namespace glasstls::inspect
