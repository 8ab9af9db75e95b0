#include "inspect/capture/key_log.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace glasstls::inspect::capture {

namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t longest_label = 64;

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Takes the first word off a trimmed text.
std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find_first_of(blanks));
  text = trimmed(text.substr(word.size()));
  return word;
}

/// "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
bool is_label(std::string_view word) {
  const auto belongs = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !word.empty() && word.size() <= longest_label &&
         std::all_of(word.begin(), word.end(), belongs);
}

std::optional<unsigned> value_of(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10;
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + 10;
  return std::nullopt;
}

/// What is wrong with a value of `smallest` to `largest` bytes in hexadecimal, or nothing.
std::string fault_of(std::string_view name, std::string_view digits, std::size_t smallest,
                     std::size_t largest) {
  const std::string subject = "the " + std::string(name);
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return value_of(c).has_value(); }))
    return subject + " is not hexadecimal";
  if (digits.size() % 2 != 0) return subject + " has an odd number of digits";
  const std::size_t size = digits.size() / 2;
  if (size >= smallest && size <= largest) return {};
  const std::string range = smallest == largest
                                ? std::to_string(smallest)
                                : std::to_string(smallest) + " to " + std::to_string(largest);
  return subject + " has " + std::to_string(size) + (size == 1 ? " byte, not " : " bytes, not ") +
         range;
}

/// Digits that have no fault, without a copy that nobody wipes.
void unhex(std::string_view digits, MutableView out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] =
        static_cast<std::uint8_t>(*value_of(digits[2 * i]) << 4 | *value_of(digits[2 * i + 1]));
}

template <class S>
S secret_of(std::string_view digits) {
  S secret(digits.size() / 2);
  unhex(digits, secret.fill());
  return secret;
}

template <std::size_t size>
std::array<std::uint8_t, size> array_of(std::string_view digits) {
  std::array<std::uint8_t, size> bytes{};
  unhex(digits, bytes);
  return bytes;
}

/// The beginning of `bytes`, which has as many.
template <std::size_t size>
std::array<std::uint8_t, size> beginning_of(View bytes) {
  std::array<std::uint8_t, size> beginning{};
  std::copy_n(bytes.begin(), size, beginning.begin());
  return beginning;
}

template <class Secrets, class Key>
const typename Secrets::mapped_type* find(const Secrets& secrets, const Key& key) {
  const auto found = secrets.find(key);
  return found == secrets.end() ? nullptr : &found->second;
}

struct TwoValues {
  std::string_view first, second;
  std::string fault;
};

TwoValues two_values(std::string_view values, std::string_view what) {
  TwoValues two;
  two.first = take_word(values);
  two.second = take_word(values);
  if (two.second.empty() || !values.empty())
    two.fault = "behind the label there must be " + std::string(what);
  return two;
}

std::string first_fault(std::string one, std::string other) {
  return one.empty() ? std::move(other) : std::move(one);
}

}  // namespace

// --- Reading

void KeyLog::add(std::string_view source, View text) {
  begin(source);
  read(text);
  end();
}

void KeyLog::begin(std::string_view source) {
  end();
  source_ = source;
  source_is_known_ = false;
  line_ = 0;
}

void KeyLog::read(View piece) {
  splitter_.read(piece, [this](std::string_view line, bool cut) { take(line, cut); });
}

void KeyLog::end() {
  splitter_.end([this](std::string_view line, bool cut) { take(line, cut); });
}

void KeyLog::take(std::string_view line, bool cut) {
  if (++line_ == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  std::string_view values = trimmed(line);
  if (values.empty() && !cut) return;
  if (values.starts_with('#')) return;
  const std::string_view label = take_word(values);

  using Take = std::string (KeyLog::*)(std::string_view);
  constexpr std::pair<std::string_view, Take> takers[] = {
      {"CLIENT_RANDOM", &KeyLog::take_client_random},
      {"PMS_CLIENT_RANDOM", &KeyLog::take_pms_client_random},
      {"RSA", &KeyLog::take_rsa},
  };
  const auto* taker = std::find_if(std::begin(takers), std::end(takers),
                                   [&](const auto& row) { return row.first == label; });
  std::string fault;
  if (!is_label(label))
    fault = "it does not begin with a label";
  else if (taker == std::end(takers))
    ignore(label);
  else if (cut)
    fault = "it has more than " + std::to_string(longest_line) + " bytes";
  else
    fault = (this->*taker->second)(values);
  if (!fault.empty()) report(KeyLogProblem::Kind::bad, std::move(fault));
}

std::string KeyLog::take_client_random(std::string_view values) {
  const TwoValues two = two_values(values, "a client_random and a master_secret");
  if (!two.fault.empty()) return two.fault;
  std::string fault = first_fault(fault_of("client_random", two.first, 32, 32),
                                  fault_of("master_secret", two.second, 48, 48));
  if (fault.empty())
    keep(masters_, array_of<32>(two.first), secret_of<crypto::MasterSecret>(two.second),
         "another master_secret for the client_random");
  return fault;
}

std::string KeyLog::take_pms_client_random(std::string_view values) {
  const TwoValues two = two_values(values, "a client_random and a premaster_secret");
  if (!two.fault.empty()) return two.fault;
  std::string fault = first_fault(fault_of("client_random", two.first, 32, 32),
                                  fault_of("premaster_secret", two.second, 1, longest_premaster));
  if (fault.empty())
    keep(premasters_, array_of<32>(two.first), secret_of<crypto::SecretBytes>(two.second),
         "another premaster_secret for the client_random");
  return fault;
}

std::string KeyLog::take_rsa(std::string_view values) {
  if (values.starts_with("Session-ID:")) return take_rsa_session(values);
  const TwoValues two =
      two_values(values, "the beginning of an encrypted premaster_secret and a premaster_secret");
  if (!two.fault.empty()) return two.fault;
  std::string fault =
      first_fault(fault_of("beginning of the encrypted premaster_secret", two.first, 8, 8),
                  fault_of("premaster_secret", two.second, 48, 48));
  if (fault.empty())
    keep(premasters_of_exchanges_, array_of<8>(two.first),
         secret_of<crypto::SecretBytes>(two.second),
         "another premaster_secret for the encrypted premaster_secret");
  return fault;
}

std::string KeyLog::take_rsa_session(std::string_view values) {
  constexpr std::string_view id_label = "Session-ID:";
  constexpr std::string_view key_label = "Master-Key:";
  const std::size_t at = values.find(key_label);
  if (at == std::string_view::npos) return "behind the Session-ID there must be a Master-Key";
  const std::string_view id = trimmed(values.substr(id_label.size(), at - id_label.size()));
  const std::string_view key = trimmed(values.substr(at + key_label.size()));
  std::string fault =
      first_fault(fault_of("session_id", id, 1, 32), fault_of("master_secret", key, 48, 48));
  if (!fault.empty()) return fault;
  Bytes session_id(id.size() / 2);
  unhex(id, session_id);
  keep(masters_of_sessions_, session_id, secret_of<crypto::MasterSecret>(key),
       "another master_secret for the session_id");
  return {};
}

template <class Key, class S>
void KeyLog::keep(Secrets<Key, S>& secrets, const Key& key, S secret, std::string_view conflict) {
  const auto at = secrets.lower_bound(key);
  if (at == secrets.end() || at->first != key) {
    secrets.emplace_hint(at, key, LoggedSecret<S>{std::move(secret), here()});
    ++usable_lines_;
  } else if (!equal(at->second.secret, secret)) {
    const std::string earlier = name_of(at->second.line);
    report(KeyLogProblem::Kind::conflicting,
           "it gives " + std::string(conflict) + " of " + earlier + "; that earlier line is used");
  }
}

void KeyLog::ignore(std::string_view label) {
  auto found = ignored_lines_.find(label);
  if (found == ignored_lines_.end()) {
    const bool room = ignored_lines_.size() < most_labels;
    found = ignored_lines_.emplace(room ? label : "other labels", 0).first;
  }
  ++found->second;
}

void KeyLog::report(KeyLogProblem::Kind kind, std::string text) {
  if (problems_.size() < most_problems)
    problems_.push_back({kind, here(), std::move(text)});
  else
    ++problems_left_out_;
}

/// Sources that nothing refers to leave no trace: a capture may hold millions of secrets blocks.
KeyLogLine KeyLog::here() {
  if (!source_is_known_) sources_.push_back(source_);
  source_is_known_ = true;
  return {static_cast<std::uint32_t>(sources_.size() - 1), line_};
}

// --- Looking up

const LoggedMaster* KeyLog::master_secret(View client_random) const {
  return client_random.size() == 32 ? find(masters_, beginning_of<32>(client_random)) : nullptr;
}

const LoggedMaster* KeyLog::master_secret_of_session(View session_id) const {
  return find(masters_of_sessions_, wire::copy(session_id));
}

const LoggedPremaster* KeyLog::premaster_secret(View client_random) const {
  return client_random.size() == 32 ? find(premasters_, beginning_of<32>(client_random)) : nullptr;
}

const LoggedPremaster* KeyLog::premaster_secret_of_exchange(View encrypted) const {
  return encrypted.size() >= 8 ? find(premasters_of_exchanges_, beginning_of<8>(encrypted))
                               : nullptr;
}

// --- Telling

std::string KeyLog::name_of(const KeyLogLine& line) const {
  return sources_[line.source] + ", line " + std::to_string(line.number);
}

std::string KeyLog::text_of(const KeyLogProblem& problem) const {
  return name_of(problem.line) + ": " + problem.text;
}

}  // namespace glasstls::inspect::capture
