#include "handshake/transcript.h"

#include <stdexcept>

#include "wire/error.h"

namespace glasstls::handshake {

void Transcript::add(View message) {
  if (keeping_) {
    require(message.size() <= max_kept_, AlertDescription::illegal_parameter,
            "the handshake is longer than our bound", "RFC 5246, 7.4");
    max_kept_ -= message.size();
  }
  add_own(message);
}

void Transcript::add_own(View message) {
  if (keeping_) {
    kept_before_last_ = kept_.size();
    wire::append(kept_, message);
  }
  if (running_) {
    before_last_ = running_;
    running_->update(message);
  }
}

void Transcript::set_hash(crypto::HashAlgorithm algorithm) {
  if (running_ || !keeping_) throw std::logic_error("the transcript has its hash already");
  running_.emplace(algorithm);
  running_->update(View(kept_).first(kept_before_last_));
  before_last_ = running_;
  running_->update(View(kept_).subspan(kept_before_last_));
}

void Transcript::stop_keeping() {
  if (!running_) throw std::logic_error("the transcript has no hash yet");
  keeping_ = false;
  kept_ = Bytes();
}

crypto::Digest Transcript::hash() const {
  if (!running_) throw std::logic_error("the transcript has no hash yet");
  return running_->finish();
}

crypto::Digest Transcript::hash_before_last() const {
  if (!before_last_) throw std::logic_error("the transcript has no hash yet");
  return before_last_->finish();
}

View Transcript::kept() const {
  if (!keeping_) throw std::logic_error("the transcript's raw bytes are gone");
  return kept_;
}

View Transcript::kept_before_last() const {
  if (!keeping_) throw std::logic_error("the transcript's raw bytes are gone");
  return View(kept_).first(kept_before_last_);
}

}  // namespace glasstls::handshake
