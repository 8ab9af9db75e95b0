// The script while it is written: its text, and what the document knows. Internal to inspect/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/document.h"

namespace glasstls::inspect::openssl {

/// How the openssl program names what a cipher suite stands for.
struct Suite {
  std::uint64_t number;
  std::string_view hash;    // of the PRF
  std::string_view cipher;  // for `openssl enc`: the stream cipher inside the AEAD
  bool is_chacha20;
};

class Script {
 public:
  explicit Script(const Document& document_);

  const Document& document;
  const Suite* suite;  // nullptr: none whose key schedule is known

  std::string take() { return std::move(text_); }

  // --- Text ----------------------------------------------------------------------------------------

  void add(std::string_view text) { text_ += text; }
  /// A heading, and a comment below it, which is broken into lines.
  void section(std::string_view title, std::string_view explanation);
  void comment(std::string_view text);
  /// What is not checked, and why: our own words only.
  void skip(std::string_view what, std::string_view why);
  /// name=hex
  void value(const std::string& name, View bytes);
  /// Hexadecimal, given to a command.
  void here(const std::string& command, View bytes);

  // --- What the document knows -----------------------------------------------------------------------

  /// Ids of the messages that the hashes cover, in order. RFC 5246, 7.4.9; RFC 7627, 3.
  const std::vector<Id>& transcript() const { return transcript_; }
  /// Their number in the script, from 1.
  std::optional<std::size_t> place(std::optional<Id> message) const;
  std::optional<Id> message(std::string_view name, std::optional<Side> side = {}) const;
  /// The first field of that name in a message of the transcript.
  const Field* field(std::optional<Id> message, std::string_view name) const;
  /// The secret of that name, if its value is known.
  const Secret* known(std::string_view name, std::optional<Side> side = {}) const;
  const Secret* secret(std::string_view name, std::optional<Side> side = {}) const;
  /// The first certificate that this side sent.
  const Certificate* certificate(Side side) const;

  const Check* check(std::string_view name) const;

  /// "part 3 10 855": the shell command that writes those bytes. Empty if they are not there.
  std::string part(const Range& range, std::optional<Id> id) const;
  std::string part_of(const Field* field) const;

  /// Counts what the script checks.
  void will_check() { ++checks_; }
  std::size_t checks() const { return checks_; }

 private:
  std::string text_;
  std::vector<Id> transcript_;
  std::size_t checks_ = 0;
};

/// The name of a variable or of a value: "client_write_key".
std::string variable(const Secret& secret);

/// The functions of the script, before anything of a connection.
extern const std::string_view prologue;
extern const std::string_view epilogue;

void write_messages(Script& script);
void write_key_agreement(Script& script);
void write_key_schedule(Script& script);
void write_finished(Script& script);
void write_records(Script& script);
void write_signatures(Script& script);
void write_chain(Script& script);

}  // namespace glasstls::inspect::openssl
