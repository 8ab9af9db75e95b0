#include "x509/verify.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "x509/path.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

std::size_t failures(const Path& path) {
  return static_cast<std::size_t>(
      std::count_if(path.checks.begin(), path.checks.end(), std::mem_fn(&Check::failed)));
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
  PathBuilder(const VerifyRequest& request, Work& work) : request_(request), work_(work) {
    if (request.chain.empty()) return;
    for (const Certificate& sent : request.chain.subspan(1)) {
      const bool again = std::find(pool_.begin(), pool_.end(), sent) != pool_.end();
      if (!again && !request.roots->contains(sent)) pool_.push_back(sent);
    }
  }

  Verdict run() {
    if (request_.chain.empty()) {
      dead_end({{Rule::chain_present,
                 Outcome::failed,
                 std::nullopt,
                 {},
                 "no certificate was sent",
                 section_of(Rule::chain_present),
                 alert_of(Rule::chain_present)}});
    } else {
      path_.push_back(request_.chain.front());
      if (request_.roots->contains(path_.front())) {
        validate();
      } else {
        extend();
      }
    }
    if (!verdict_.trusted && gave_up_) tell_that_we_gave_up();
    verdict_.signature_checks = work_.signature_checks();
    summarize();
    return std::move(verdict_);
  }

 private:
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
        dead_end(Rule::work_bound,
                 [] { return std::string("the path has too many intermediate certificates"); });
        return false;
      }
      if (try_with(issuer, [this] { return extend(); })) return true;
    }
    if (anchors.empty() && issuers.empty()) {
      dead_end(Rule::path_to_anchor, [&] { return why_no_issuer(top); });
    }
    return false;
  }

  template <class Next>
  bool try_with(const Certificate& issuer, Next next) {
    if (!work_.take_build_step()) {
      dead_end(Rule::work_bound,
               [] { return std::string("too many certificates to choose issuers from"); });
      return true;
    }
    path_.push_back(issuer);
    const bool over = next();
    path_.pop_back();
    return over;
  }

  // Judges path_, which ends at an anchor.
  bool validate() {
    Path tried{path_, true, validate_path(path_, request_, work_)};
    verdict_.trusted = tried.trusted();
    keep(std::move(tried));
    ++anchored_;
    if (verdict_.trusted) return true;
    gave_up_ = gave_up_ || anchored_ >= request_.limits.paths;
    return anchored_ >= request_.limits.paths;
  }

  // `why` is asked only if the path is kept: there may be thousands.
  template <class Why>
  void dead_end(Rule rule, const Why& why) {
    gave_up_ = gave_up_ || rule == Rule::work_bound;
    if (dead_ends_ >= request_.limits.paths && !gets_further({path_, false, {}})) return;
    dead_end(explain_dead_end(path_, request_, work_, why(), rule));
  }

  void dead_end(std::vector<Check> checks) {
    Path tried{path_, false, std::move(checks)};
    if (verdict_.paths.empty() || dead_ends_ < request_.limits.paths) {
      ++dead_ends_;
      return keep(std::move(tried));
    }
    verdict_.paths[verdict_.decisive] = std::move(tried);
  }

  void keep(Path tried) {
    const bool decides = gets_further(tried);
    verdict_.paths.push_back(std::move(tried));
    if (decides) verdict_.decisive = verdict_.paths.size() - 1;
  }

  // To an anchor, and with the fewest failures; else over the most certificates.
  bool gets_further(const Path& tried) const {
    if (verdict_.paths.empty()) return true;
    const Path& best = verdict_.path();
    if (tried.anchored != best.anchored) return tried.anchored;
    if (tried.anchored) return failures(tried) < failures(best);
    return tried.certificates.size() > best.certificates.size();
  }

  // First of all: there may be a good path that was not reached.
  void tell_that_we_gave_up() {
    std::vector<Check>& checks = verdict_.paths[verdict_.decisive].checks;
    const auto told = [](const Check& check) {
      return check.failed() && check.rule == Rule::work_bound;
    };
    if (std::any_of(checks.begin(), checks.end(), told)) return;
    checks.insert(checks.begin(), {Rule::work_bound,
                                   Outcome::failed,
                                   std::nullopt,
                                   {},
                                   "too many ways to an anchor: not all were tried",
                                   section_of(Rule::work_bound),
                                   alert_of(Rule::work_bound)});
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

  /// What would perhaps have been the issuer of that name.
  std::string unreadable(const Name& issuer) const {
    std::string text;
    for (const TrustStore::Skipped& anchor : request_.roots->unreadable(issuer)) {
      text += "; a trust anchor of that name is malformed: " + anchor.error.what + " (byte " +
              std::to_string(anchor.error.offset) + ")";
    }
    constexpr std::size_t most = 3;
    const std::size_t count = request_.unreadable.size();
    for (const Unreadable& certificate : request_.unreadable.first(std::min(count, most))) {
      text += "; certificate " + std::to_string(certificate.position) +
              " that was sent is malformed: " + certificate.error.what + " (byte " +
              std::to_string(certificate.error.offset) + ")";
    }
    if (count > most) text += "; and " + std::to_string(count - most) + " more that are malformed";
    return text;
  }

  std::string why_no_issuer(const Certificate& top) const {
    const std::size_t count = request_.roots->size();
    const std::string no_anchor =
        count == 1 ? "not the one trust anchor"
                   : "not one of the " + std::to_string(count) + " trust anchors";
    if (top.is_self_issued()) return "self-signed, and " + no_anchor + unreadable(top.issuer());
    const bool in_path = std::any_of(path_.begin(), path_.end(), [&](const Certificate& used) {
      return used.subject() == top.issuer();
    });
    return "its issuer " + shortened(to_string(top.issuer())) +
           (in_path ? " is in the path already and is " : " was not sent and is ") + no_anchor +
           unreadable(top.issuer());
  }

  void summarize() {
    const Path& path = verdict_.path();
    const Check* failure = path.failure();
    if (failure == nullptr) {
      verdict_.summary =
          path.certificates.size() == 1
              ? role_of(path, 0) + " is trusted as it stands"
              : role_of(path, path.certificates.size() - 1) + " vouches for " + role_of(path, 0);
      return;
    }
    const std::string who = failure->certificate ? role_of(path, *failure->certificate) + ": " : "";
    verdict_.summary = who + std::string(name_of(failure->rule)) + ": " + failure->detail;
    verdict_.section = failure->section;
    verdict_.alert = failure->alert;
  }

  const VerifyRequest& request_;
  Work& work_;
  std::vector<Certificate> pool_;  // sent after the leaf, each once, without the anchors
  std::vector<Certificate> path_;
  std::size_t anchored_ = 0;   // paths that reached an anchor
  std::size_t dead_ends_ = 0;  // and those that did not
  bool gave_up_ = false;       // a bound ended the search
  Verdict verdict_;
};

}  // namespace

const Check* Path::failure() const {
  const auto failed = std::find_if(checks.begin(), checks.end(), std::mem_fn(&Check::failed));
  return failed == checks.end() ? nullptr : &*failed;
}

bool Path::trusted() const { return anchored && failure() == nullptr; }

std::string role_of(const Path& path, std::size_t index) {
  const std::string name = shortened(to_string(path.certificates.at(index)));
  if (index == 0) return "the certificate of " + name;
  const bool anchor = path.anchored && index + 1 == path.certificates.size();
  return (anchor ? "the trust anchor " : "the intermediate certificate ") + name;
}

Verdict verify(const VerifyRequest& request, Work& work) {
  return PathBuilder(request, work).run();
}

Verdict verify(const VerifyRequest& request) {
  Work work(request.limits);
  return verify(request, work);
}

}  // namespace glasstls::x509
