// How much a program tells of its connections.
#pragma once

namespace glasstls::apps {

struct ReportOptions {
  bool explain = false;  // every message, secret and step
  bool secrets = false;  // the values of secrets too
  bool json = false;     // on standard output, instead of the data
};

}  // namespace glasstls::apps
