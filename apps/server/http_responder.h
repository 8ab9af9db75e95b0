// HttpResponder: answers any HTTP request with one page, in one piece. RFC 9112.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "apps/server/http_page.h"
#include "apps/server/http_reader.h"
#include "apps/server/responder.h"

namespace glasstls::apps {

/// Requests that come together are answered one by one. After a request that it refuses, and after one
/// whose client wants no more, it is finished.
class HttpResponder final : public Responder {
 public:
  /// Told of each answer: a line that is safe to show, "GET / HTTP/1.1: 200".
  using Log = std::function<void(const std::string&)>;
  /// Asked anew for each page, so that an idle connection need not hold them.
  using Rows = std::function<PageRows()>;

  HttpResponder(Rows rows, Log log) : rows_(std::move(rows)), log_(std::move(log)) {}

  void received(View data) override;
  View pending() const override { return wire::as_bytes(answer_).subspan(written_); }
  void written(std::size_t size) override;
  bool finished() const override { return finished_; }
  std::optional<std::uint64_t> half_done() const override;

 private:
  void go_on();
  void invite_body();
  void answer();
  void refuse();
  void say(std::string_view status, std::string_view type, const std::string& body);

  Rows rows_;
  Log log_;
  HttpReader reader_;
  std::string unread_;  // what came behind the request that is being answered: less than one record
  std::string answer_;  // no memory when all is written
  std::size_t written_ = 0;
  std::uint64_t clock_ = 0;  // see half_done()
  bool invited_ = false;     // "100 Continue" was sent for this request
  bool finished_ = false;
};

}  // namespace glasstls::apps
