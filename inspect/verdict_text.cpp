// The tree of a verdict: paths, certificates, checks.
#include <algorithm>
#include <fmt/format.h>

#include "inspect/page.h"
#include "inspect/printable.h"
#include "inspect/verdict.h"

namespace glasstls::inspect {

namespace {

struct Mark {
  std::string_view ascii, utf8;
  Ink ink;
};

Mark mark_of(const CheckFacts& check) {
  if (check.failed()) return {"FAILED", "\u2717", Ink::bad};
  if (check.outcome == "remark") return {"remark", "!", Ink::caution};
  return {"ok", "\u2713", Ink::good};
}

class Tree {
 public:
  Tree(const VerdictFacts& verdict, const VerdictTextOptions& options)
      : verdict_(verdict), options_(options), page_(options.width, options.color) {
    std::size_t widest = 0;
    for (const PathFacts& path : verdict.paths)
      for (const CheckFacts& check : path.checks) widest = std::max(widest, check.rule.size());
    column_ = rule_column() + std::min<std::size_t>(widest, 24) + 2;
  }

  std::string text() {
    for (std::size_t i = 0; i < verdict_.paths.size(); ++i)
      if (i == verdict_.decisive || !options_.decisive_only) write_path(i);
    return page_.take();
  }

 private:
  std::size_t rule_column() const { return options_.utf8 ? 7 : 12; }

  void write_path(std::size_t number) {
    const PathFacts& path = verdict_.paths[number];
    std::string title = fmt::format("path {} of {}: ", number + 1, verdict_.paths.size());
    title += path.trusted    ? "trusted"
             : path.anchored ? "reaches a trust anchor, but is not trusted"
                             : "reaches no trust anchor";
    if (verdict_.paths.size() > 1 && number == verdict_.decisive) title += "; this one decides";
    page_.entry({{}, 0, title, path.trusted ? Ink::good : Ink::bad, Ink::plain, {}, {}});
    write_checks(path, std::nullopt);
    for (std::size_t i = 0; i < path.certificates.size(); ++i) write_certificate(path, i);
  }

  void write_certificate(const PathFacts& path, std::size_t index) {
    const PathCertificateFacts& certificate = path.certificates[index];
    const std::string label = fmt::format("  {}", index);
    const std::string more = fmt::format("issued by {}, number 0x{}, until {}", certificate.issuer,
                                         certificate.serial_number, certificate.not_after);
    page_.entry({label, 5, certificate.role, Ink::title, Ink::title, more, {}});
    write_checks(path, index);
  }

  void write_checks(const PathFacts& path, std::optional<std::size_t> certificate) {
    for (const CheckFacts& check : path.checks)
      if (check.certificate == certificate) write(check);
  }

  void write(const CheckFacts& check) {
    const Mark mark = mark_of(check);
    const std::string label = fmt::format("     {:<{}}{}", options_.utf8 ? mark.utf8 : mark.ascii,
                                          rule_column() - 5, check.rule);
    std::string rule = check.section;
    if (check.range && check.outcome != "passed") rule += ", " + to_string(*check.range);
    page_.entry({label,
                 column_,
                 check.detail,
                 mark.ink == Ink::good ? Ink::plain : mark.ink,
                 mark.ink,
                 {},
                 rule});
  }

  const VerdictFacts& verdict_;
  const VerdictTextOptions& options_;
  Page page_;
  std::size_t column_ = 0;
};

}  // namespace

std::string to_text(const VerdictFacts& verdict, const VerdictTextOptions& options) {
  return Tree(verdict, options).text();
}

}  // namespace glasstls::inspect
