// KeyLog: the secrets of key logs, to be found by what a connection shows of itself.
//
// The form that SSLKEYLOGFILE has made common (RFC 9850, 2), and what came before it. A line is a
// label and two values in hexadecimal of either case, with blanks between:
//
//   CLIENT_RANDOM <client_random: 32 bytes> <master_secret: 48>
//   PMS_CLIENT_RANDOM <client_random: 32> <premaster_secret: 1 to 1024>
//   RSA <the first 8 bytes of EncryptedPreMasterSecret> <premaster_secret: 48>
//   RSA Session-ID:<session_id: 1 to 32> Master-Key:<master_secret: 48>
//
// Blank lines and lines that begin with # are skipped. A line of another label, such as TLS 1.3's,
// is counted. What can be read neither way is a problem, named by its line; so is a line that says
// other than an earlier one: of the two the earlier is used. Nothing here is an error that ends the
// reading, and no problem's text holds a secret.
//
// Memory grows with the usable lines only, whatever is read. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/secret.h"
#include "inspect/capture/line_splitter.h"
#include "wire/bytes.h"

namespace glasstls::inspect::capture {

/// Where a line stands.
struct KeyLogLine {
  std::uint32_t source = 0;  // KeyLog::name_of() knows its name
  std::uint64_t number = 0;  // from 1
};

/// A secret and the line that gave it.
template <class S>
struct LoggedSecret {
  S secret;
  KeyLogLine line;
};

using LoggedMaster = LoggedSecret<crypto::MasterSecret>;
using LoggedPremaster = LoggedSecret<crypto::SecretBytes>;

/// A line that is not used, and why.
struct KeyLogProblem {
  enum class Kind : std::uint8_t { bad, conflicting };

  Kind kind{};
  KeyLogLine line;
  std::string text;  // "the client_random has 31 bytes, not 32"
};

class KeyLog {
 public:
  static constexpr std::size_t longest_line = 4096;  // bytes
  static constexpr std::size_t longest_premaster = 1024;
  static constexpr std::size_t most_problems = 100;  // that are kept; more are counted
  static constexpr std::size_t most_labels = 100;    // that are counted one by one

  /// Label: number of lines.
  using Counts = std::map<std::string, std::uint64_t, std::less<>>;

  /// Reads a whole text. `source` names it in problems: "keys.log".
  void add(std::string_view source, View text);

  /// The same in pieces of any size: begin, read any number of times, end. Lines are counted from
  /// begin on; the last one needs no line end.
  void begin(std::string_view source);
  void read(View piece);
  void end();

  // Look-ups. nullptr: no line gave it. What is found stays valid as long as the KeyLog.

  /// Of a CLIENT_RANDOM line.
  const LoggedMaster* master_secret(View client_random) const;
  /// Of an RSA line with a Session-ID.
  const LoggedMaster* master_secret_of_session(View session_id) const;
  /// Of a PMS_CLIENT_RANDOM line.
  const LoggedPremaster* premaster_secret(View client_random) const;
  /// Of an RSA line. `encrypted` is the EncryptedPreMasterSecret (RFC 5246, 7.4.7.1) without its
  /// length, of which the first 8 bytes count.
  const LoggedPremaster* premaster_secret_of_exchange(View encrypted) const;

  /// Lines that gave a secret. One that repeats an earlier line gives none.
  std::uint64_t usable_lines() const { return usable_lines_; }
  /// Lines of labels that are of no use for TLS 1.2. Beyond most_labels the rest is under
  /// "other labels".
  const Counts& ignored_lines() const { return ignored_lines_; }
  /// In the order in which they were read.
  const std::vector<KeyLogProblem>& problems() const { return problems_; }
  /// How many more there were.
  std::uint64_t problems_left_out() const { return problems_left_out_; }

  /// "keys.log, line 3"; of a line that this KeyLog named.
  std::string name_of(const KeyLogLine& line) const;
  /// "keys.log, line 3: the client_random has 31 bytes, not 32"
  std::string text_of(const KeyLogProblem& problem) const;

 private:
  template <class Key, class S>
  using Secrets = std::map<Key, LoggedSecret<S>>;
  using ClientRandom = std::array<std::uint8_t, 32>;
  using Beginning = std::array<std::uint8_t, 8>;  // of an EncryptedPreMasterSecret

  void take(std::string_view line, bool cut);
  /// What is wrong with the line, or nothing.
  std::string take_client_random(std::string_view values);
  std::string take_pms_client_random(std::string_view values);
  std::string take_rsa(std::string_view values);
  std::string take_rsa_session(std::string_view values);
  template <class Key, class S>
  void keep(Secrets<Key, S>& secrets, const Key& key, S secret, std::string_view conflict);
  void ignore(std::string_view label);
  void report(KeyLogProblem::Kind kind, std::string text);
  KeyLogLine here();

  LineSplitter<longest_line> splitter_;
  std::string source_;  // of the text that is read; it enters sources_ when something refers to it
  bool source_is_known_ = false;
  std::uint64_t line_ = 0;

  Secrets<ClientRandom, crypto::MasterSecret> masters_;
  Secrets<Bytes, crypto::MasterSecret> masters_of_sessions_;
  Secrets<ClientRandom, crypto::SecretBytes> premasters_;
  Secrets<Beginning, crypto::SecretBytes> premasters_of_exchanges_;
  std::vector<std::string> sources_;
  Counts ignored_lines_;
  std::vector<KeyLogProblem> problems_;
  std::uint64_t problems_left_out_ = 0;
  std::uint64_t usable_lines_ = 0;
};

}  // namespace glasstls::inspect::capture
