#include "x509/verify.h"

#include <algorithm>
#include <utility>

#include "x509/path.h"

namespace glasstls::x509 {

namespace {

std::size_t failures(const std::vector<Check>& checks) {
  return static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(),
                                                [](const Check& check) { return !check.passed; }));
}

// The same subject with the same key: a second one in a path can only be a loop (RFC 4158, 2.4.2).
bool same_entity(const Certificate& a, const Certificate& b) {
  return wire::equal(a.spki(), b.spki()) && a.subject() == b.subject();
}

// Does the key identifier that the subject gives for its issuer speak for this candidate?
bool identifiers_agree(const Certificate& subject, const Certificate& candidate) {
  const auto& authority = subject.extensions().authority_key_identifier;
  const auto& own = candidate.extensions().subject_key_identifier;
  return authority && authority->key_identifier && own && *authority->key_identifier == *own;
}

// Depth first from the leaf upwards; at each step anchors before sent certificates, and among each
// those whose key identifier agrees first.
class PathBuilder {
 public:
  explicit PathBuilder(const VerifyRequest& request) : request_(request), work_(request.limits) {
    if (request.chain.empty()) return;
    for (const Certificate& sent : request.chain.subspan(1)) {
      const bool again = std::find(pool_.begin(), pool_.end(), sent) != pool_.end();
      if (!again && !request.roots->contains(sent)) pool_.push_back(sent);
    }
  }

  Verdict run() {
    if (request_.chain.empty()) {
      return refused_at_once(Rule::chain_present, "the peer sent no certificate");
    }
    path_.push_back(request_.chain.front());
    if (request_.roots->contains(path_.front())) {
      validate();
    } else {
      extend();
    }
    if (!best_.trusted && gave_up_) tell_that_we_gave_up();
    best_.signature_checks = work_.signature_checks();
    best_.paths_tried = paths_tried_;
    summarize();
    return std::move(best_);
  }

 private:
  Verdict refused_at_once(Rule rule, const char* why) {
    best_.checks.push_back({rule, false, std::nullopt, why, section_of(rule), alert_of(rule)});
    summarize();
    return std::move(best_);
  }

  // Tries every way from the top of path_ to an anchor. True ends the search: trusted, or the
  // bound on work is reached.
  bool extend() {
    const Certificate top = path_.back();
    const auto anchors = ordered(request_.roots->find(top.issuer()), top);
    for (const Certificate& anchor : anchors) {
      if (try_with(anchor, [this] { return validate(); })) return true;
    }
    const auto issuers = ordered(sent_issuers(top), top);
    for (const Certificate& issuer : issuers) {
      if (path_.size() > request_.limits.intermediates) {
        dead_end(Rule::work_bound, "the path has too many intermediate certificates");
        return false;
      }
      if (try_with(issuer, [this] { return extend(); })) return true;
    }
    if (anchors.empty() && issuers.empty()) dead_end(Rule::path_to_anchor, why_no_issuer(top));
    return false;
  }

  template <class Next>
  bool try_with(const Certificate& issuer, Next next) {
    if (!work_.take_build_step()) {
      dead_end(Rule::work_bound, "too many certificates to choose issuers from");
      return true;
    }
    path_.push_back(issuer);
    const bool over = next();
    path_.pop_back();
    return over;
  }

  // Judges path_, which ends at an anchor.
  bool validate() {
    ++paths_tried_;
    std::vector<Check> checks = validate_path(path_, request_, work_);
    const bool trusted = failures(checks) == 0;
    keep(std::move(checks), true);
    best_.trusted = best_.trusted || trusted;
    if (trusted) return true;
    gave_up_ = paths_tried_ >= request_.limits.paths;
    return gave_up_;
  }

  void dead_end(Rule rule, std::string why) {
    gave_up_ = gave_up_ || rule == Rule::work_bound;
    const bool longer = best_.path.size() < path_.size();
    if (anchored_ || (!best_.checks.empty() && !longer)) return;
    keep(explain_dead_end(path_, request_, work_, std::move(why), rule), false);
  }

  // Keeps the path that got furthest: to an anchor, and with the fewest failures.
  void keep(std::vector<Check> checks, bool anchored) {
    const bool better = best_.checks.empty() || (anchored && !anchored_) || !anchored ||
                        failures(checks) < failures(best_.checks);
    if (!better) return;
    anchored_ = anchored;
    best_.path = path_;
    best_.checks = std::move(checks);
  }

  // First of all: there may be a good path that was not reached.
  void tell_that_we_gave_up() {
    const auto told = [](const Check& check) {
      return !check.passed && check.rule == Rule::work_bound;
    };
    if (std::any_of(best_.checks.begin(), best_.checks.end(), told)) return;
    best_.checks.insert(
        best_.checks.begin(),
        {Rule::work_bound, false, std::nullopt, "too many ways to an anchor: not all were tried",
         section_of(Rule::work_bound), alert_of(Rule::work_bound)});
  }

  std::vector<Certificate> sent_issuers(const Certificate& subject) const {
    std::vector<Certificate> found;
    for (const Certificate& sent : pool_) {
      if (!(sent.subject() == subject.issuer())) continue;
      const bool in_path = std::any_of(path_.begin(), path_.end(), [&](const Certificate& used) {
        return same_entity(used, sent);
      });
      if (!in_path) found.push_back(sent);
    }
    return found;
  }

  static std::vector<Certificate> ordered(std::vector<Certificate> candidates,
                                          const Certificate& subject) {
    std::stable_partition(candidates.begin(), candidates.end(), [&](const Certificate& candidate) {
      return identifiers_agree(subject, candidate);
    });
    return candidates;
  }

  std::string why_no_issuer(const Certificate& top) const {
    const std::size_t count = request_.roots->size();
    const std::string no_anchor =
        count == 1 ? "not the one trust anchor"
                   : "not one of the " + std::to_string(count) + " trust anchors";
    if (top.is_self_issued()) return "self-signed, and " + no_anchor;
    return "its issuer " + to_string(top.issuer()) + " was not sent and is " + no_anchor;
  }

  std::string role_of(std::size_t index) const {
    const std::string name = to_string(best_.path[index]);
    if (index == 0) return "the certificate of " + name;
    const bool anchor = anchored_ && index + 1 == best_.path.size();
    return (anchor ? "the trust anchor " : "the intermediate certificate ") + name;
  }

  void summarize() {
    const auto failed = std::find_if(best_.checks.begin(), best_.checks.end(),
                                     [](const Check& check) { return !check.passed; });
    if (failed == best_.checks.end()) {
      best_.summary = best_.path.size() == 1
                          ? role_of(0) + " is trusted as it stands"
                          : role_of(best_.path.size() - 1) + " vouches for " + role_of(0);
      return;
    }
    const std::string who = failed->certificate ? role_of(*failed->certificate) + ": " : "";
    best_.summary = who + std::string(name_of(failed->rule)) + ": " + failed->detail;
    best_.section = failed->section;
    best_.alert = failed->alert;
  }

  const VerifyRequest& request_;
  Work work_;
  std::vector<Certificate> pool_;  // sent after the leaf, each once, without the anchors
  std::vector<Certificate> path_;
  std::size_t paths_tried_ = 0;
  bool gave_up_ = false;   // a bound ended the search
  bool anchored_ = false;  // whether best_.path reached an anchor
  Verdict best_;
};

}  // namespace

Verdict verify(const VerifyRequest& request) { return PathBuilder(request).run(); }

}  // namespace glasstls::x509
