#include "tls/alert.h"

#include "handshake/exchange.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace glasstls::tls {

Alert receive_alert(View fragment, Observer* observer) {
  handshake::ShownAtEnd shown(observer, Direction::received, Alert::spec, fragment);
  Alert alert;
  wire::Reader reader(fragment, Alert::spec, shown.sink());
  Alert::fields(reader, alert);
  reader.expect_done("Alert");
  reader.expect(!name_of(alert.level).empty(), AlertDescription::illegal_parameter, "level",
                "the alert's level is neither warning nor fatal", Alert::spec.section);
  return alert;
}

Bytes make_alert(const Alert& alert, Observer* observer) {
  Bytes bytes = wire::encode(alert);
  handshake::ShownAtEnd shown(observer, Direction::sent, Alert::spec, bytes);
  Alert copy;
  wire::Reader reader(bytes, Alert::spec, shown.sink());
  Alert::fields(reader, copy);
  return bytes;
}

}  // namespace glasstls::tls
