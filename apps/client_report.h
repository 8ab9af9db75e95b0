// What `glasstls client` tells its user: a line for each connection, the narration, the document,
// and why it failed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/client_session.h"
#include "apps/explanation.h"
#include "apps/tap.h"
#include "wire/bytes.h"
#include "wire/observer.h"

namespace glasstls::apps {

/// What else there is to tell.
struct ClientReportOptions {
  // What was asked for, so that its absence is told.
  bool wants_protocol = false;  // ALPN
  bool wants_status = false;    // a stapled OCSP response
  bool wants_session = false;

  unsigned reconnections = 0;  // how many are to follow the first connection
};

/// Received data goes to standard output, everything else to standard error; with `json` the
/// document goes to standard output instead of the data, with `check_with` the script.
class ClientReport final : public ClientListener {
 public:
  /// `explanation` must outlive it.
  ClientReport(const ClientReportOptions& options, Explanation& explanation, std::string target,
               std::string name);
  ~ClientReport() override;

  /// A connection begins: what records it. Null: nothing does.
  std::shared_ptr<LiveRecording> begin();
  void connected(const SessionResult& so_far) override;
  void received(View application_data) override;
  /// And has ended.
  void ended(const SessionResult& result);

  /// All have.
  void finish() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace glasstls::apps
