// What the checks of one path found, in order. Internal to verify().
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/alert.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::x509 {

/// Collects checks. `part` is what was judged, a view into the certificate's DER (empty: no one
/// place); section and alert are the rule's own unless said.
class Findings {
 public:
  Findings(std::span<const Certificate> path, Profile profile) : path_(path), profile_(profile) {
    constexpr std::size_t checks_of_a_certificate = 16;
    checks_.reserve(checks_of_a_certificate * path.size());
  }

  void pass(Rule rule, std::size_t index, std::string detail, View part = {}) {
    add(rule, Outcome::passed, index, std::move(detail), part, section_of(rule), alert_of(rule));
  }
  void fail(Rule rule, std::size_t index, std::string detail, View part = {}) {
    fail(rule, index, std::move(detail), part, alert_of(rule));
  }
  void fail(Rule rule, std::size_t index, std::string detail, View part, AlertDescription alert) {
    add(rule, Outcome::failed, index, std::move(detail), part, section_of(rule), alert);
  }
  /// A rule broken that only the strict profile refuses.
  void remark(Rule rule, std::size_t index, std::string detail, View part,
              std::string_view section) {
    const Outcome outcome = profile_ == Profile::strict ? Outcome::failed : Outcome::remark;
    add(rule, outcome, index, std::move(detail), part, section, alert_of(rule));
  }
  void judge(bool holds, Rule rule, std::size_t index, std::string detail, View part = {}) {
    judge(holds, rule, index, std::move(detail), part, alert_of(rule));
  }
  void judge(bool holds, Rule rule, std::size_t index, std::string detail, View part,
             AlertDescription alert) {
    add(rule, holds ? Outcome::passed : Outcome::failed, index, std::move(detail), part,
        section_of(rule), alert);
  }
  /// About the path as a whole.
  void judge_path(bool holds, Rule rule, std::string detail) {
    checks_.push_back({rule,
                       holds ? Outcome::passed : Outcome::failed,
                       std::nullopt,
                       {},
                       std::move(detail),
                       section_of(rule),
                       alert_of(rule)});
  }

  const std::vector<Check>& checks() const { return checks_; }
  std::vector<Check> take() { return std::move(checks_); }

 private:
  void add(Rule rule, Outcome outcome, std::size_t index, std::string detail, View part,
           std::string_view section, AlertDescription alert);

  std::span<const Certificate> path_;
  Profile profile_;
  std::vector<Check> checks_;
};

}  // namespace glasstls::x509
