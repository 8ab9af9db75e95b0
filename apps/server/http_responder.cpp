#include "apps/server/http_responder.h"

#include <utility>

namespace glasstls::apps {

namespace {

using Stage = HttpReader::Stage;

std::string version_of(const HttpRequest& request) {
  return "HTTP/1." + std::to_string(request.minor_version);
}

std::string_view status_text(int status) {
  switch (status) {
    case 431: return "431 Request Header Fields Too Large";
    case 501: return "501 Not Implemented";
    case 505: return "505 HTTP Version Not Supported";
    default: return "400 Bad Request";
  }
}

}  // namespace

void HttpResponder::received(View data) {
  const bool new_request = reader_.stage() == Stage::between;
  if (new_request || reader_.stage() == Stage::body) ++clock_;
  unread_ = wire::as_text(data);
  go_on();
}

/// A body may take long as long as it comes; for a head and for each answer the clock runs once.
std::optional<std::uint64_t> HttpResponder::half_done() const {
  const bool reading = reader_.stage() == Stage::head || reader_.stage() == Stage::body;
  if (!reading && pending().empty()) return std::nullopt;
  return clock_;
}

void HttpResponder::written(std::size_t size) {
  ++clock_;
  written_ += size;
  if (written_ < answer_.size()) return;
  answer_ = {};
  written_ = 0;
  if (!finished_) go_on();
}

/// Reads up to the end of one request.
void HttpResponder::go_on() {
  unread_.erase(0, reader_.read(wire::as_bytes(unread_)));
  switch (reader_.stage()) {
    case Stage::body: return invite_body();
    case Stage::complete: return answer();
    case Stage::refused: return refuse();
    default: unread_ = {};
  }
}

void HttpResponder::invite_body() {
  unread_ = {};
  if (!reader_.request().expects_continue || std::exchange(invited_, true)) return;
  answer_ = "HTTP/1.1 100 Continue\r\n\r\n";
}

void HttpResponder::answer() {
  const HttpRequest request = reader_.request();
  const std::string line = request.method + " " + request.target + " " + version_of(request);
  finished_ = !request.keep_alive;
  say("200 OK", "text/html", http_page(rows_(), line));
  if (request.method == "HEAD") answer_.resize(answer_.find("\r\n\r\n") + 4);
  log_(safe_line(line) + ": 200");
  reader_.next();
  invited_ = false;
}

void HttpResponder::refuse() {
  finished_ = true;
  say(status_text(reader_.status()), "text/plain", std::string(reader_.reason()) + "\n");
  log_("a bad request: " + std::to_string(reader_.status()) + ", " + std::string(reader_.reason()));
  unread_ = {};
}

void HttpResponder::say(std::string_view status, std::string_view type, const std::string& body) {
  answer_ = version_of(reader_.request());
  answer_.append(" ").append(status);
  answer_.append("\r\nServer: GlassTLS\r\nContent-Type: ").append(type);
  answer_.append("; charset=utf-8\r\nCache-Control: no-store\r\nContent-Length: ");
  answer_.append(std::to_string(body.size()));
  answer_.append("\r\nConnection: ").append(finished_ ? "close" : "keep-alive");
  answer_.append("\r\n\r\n").append(body);
}

}  // namespace glasstls::apps
