// What `glasstls client` tells its user: a line for the connection, the narration, the document,
// and why it failed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "apps/client_session.h"
#include "handshake/endpoint.h"
#include "wire/bytes.h"
#include "wire/observer.h"

namespace glasstls::apps {

struct ReportOptions {
  bool explain = false;
  bool secrets = false;
  bool json = false;
};

/// Received data goes to standard output, everything else to standard error; with `json` the
/// document goes to standard output instead of the data.
class ClientReport {
 public:
  ClientReport(const ReportOptions& options, std::string target, std::string name);
  ~ClientReport();

  /// To be given to the connection.
  std::vector<std::shared_ptr<Observer>> observers() const;

  void connected(const handshake::Agreement& agreement);
  void data(View received);
  void finished(const SessionResult& result);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace glasstls::apps
