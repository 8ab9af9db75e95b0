// HttpReader: requests out of a stream of bytes, however it was cut. RFC 9112.
//
// As kind as it can be, for its answers are about TLS and not about HTTP: a line may end in CRLF or
// in LF alone, a missing Host is let pass, a request line without a version counts as HTTP/1.0, and
// the target may be any bytes. Bodies are read past.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::apps {

struct HttpRequest {
  std::string method;          // "GET"
  std::string target;          // as sent: to be made safe before it is shown
  unsigned minor_version = 0;  // of HTTP/1
  bool keep_alive = false;     // whether the client wants to ask more on this connection
  bool expects_continue =
      false;  // it waits for "100 Continue" before it sends a body (RFC 9110, 10.1.1)
};

class HttpReader {
 public:
  /// Request line and headers, with all line ends, of one request; likewise the lines of a chunked
  /// body, trailers included, but for the chunks' sizes.
  static constexpr std::size_t max_head = 64 * 1024;

  enum class Stage : std::uint8_t {
    between,   // nothing of a request is there
    head,      // request line or headers are not complete
    body,      // the head is complete, the body is not
    complete,  // request() is to be answered; next() goes on
    refused,   // status() says why; nothing more is read
  };

  /// Takes bytes until the stage is complete or refused, and says how many it took.
  std::size_t read(View data);
  Stage stage() const { return stage_; }
  /// From the body on.
  const HttpRequest& request() const { return request_; }
  /// If refused: 400, 431, 501 or 505, and a reason fit to be shown.
  int status() const { return status_; }
  std::string_view reason() const { return reason_; }
  /// After a complete request: makes ready for another.
  void next();

 private:
  enum class Part : std::uint8_t {  // what the next bytes are
    request_line,
    header,
    counted,  // by Content-Length, or within a chunk
    chunk_size,
    chunk_end,  // the line end behind a chunk
    trailer,
  };

  std::size_t take_line(View data);
  std::size_t skip(std::size_t available);
  void on_line(std::string_view line);
  void on_request_line(std::string_view line);
  void on_version(std::string_view version);
  void on_header(std::string_view line);
  void on_value(const std::string& name, std::string_view value);
  void on_content_length(std::string_view value);
  void on_connection(std::string_view option);
  void on_head_end();
  void on_chunk_size(std::string_view line);
  void refuse(int status, std::string_view reason);
  bool settled() const { return stage_ == Stage::complete || stage_ == Stage::refused; }

  Stage stage_ = Stage::between;
  Part part_ = Part::request_line;
  std::string line_;        // what has come of the line
  std::size_t read_ = 0;    // bytes of the head, or of the lines of the body
  std::uint64_t left_ = 0;  // bytes of body, or of a chunk
  bool has_length_ = false, chunked_ = false, unknown_coding_ = false;
  bool says_close_ = false, says_keep_alive_ = false;
  HttpRequest request_;
  int status_ = 0;
  std::string_view reason_;
};

}  // namespace glasstls::apps
