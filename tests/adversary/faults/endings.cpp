// How either side can end a connection, or keep it busy with nothing. RFC 5246, 6.2.1, 7.2 and
// 7.2.1.
#include "tests/adversary/faults/both_sides.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using enum AlertDescription;

AnyScript empty_records(unsigned count) {
  return [=](Stage& stage) {
    stage.complete();
    for (unsigned i = 0; i < count; ++i) stage.peer().data({});
    stage.flush();
  };
}

AnyScript warnings(unsigned count) {
  return [=](Stage& stage) {
    stage.complete();
    for (unsigned i = 0; i < count; ++i) stage.peer().alert(AlertLevel::warning, user_canceled);
    stage.flush();
  };
}

void warnings_in_handshake(Stage& stage) {
  stage.begin();
  for (unsigned i = 0; i < 50; ++i) stage.peer().alert(AlertLevel::warning, user_canceled);
  stage.complete();
}

/// The network, or who controls it, cuts the stream: no close_notify.
void truncated(Stage& stage) {
  stage.complete();
  stage.end_sending();
  stage.await_end();
}

void truncated_record(Stage& stage) {
  stage.complete();
  stage.peer().data(wire::as_bytes("Pay 100\n"));
  Bytes record = stage.peer().take();
  record.resize(record.size() / 2);
  stage.peer().raw(record);
  stage.end_sending();
  stage.await_end();
}

void truncated_handshake(Stage& stage) {
  stage.begin();
  stage.peer().plain_record(ContentType::handshake, Bytes{16, 0, 0, 33, 32, 1, 2, 3});
  stage.end_sending();
  stage.await_end();
}

void early_close(Stage& stage) {
  stage.begin();
  stage.peer().close_notify();
  stage.end_sending();
  stage.await_end();
}

}  // namespace

std::vector<Fault> ending_faults(Side side) {
  const auto bad = refused(unexpected_message);
  return {
      fault(side, "some-empty-records", "sends 32 records without content", "RFC 5246, 6.2.1",
            borne(), empty_records(32)),
      fault(side, "flood-empty-records", "sends 1000 records without content", "RFC 5246, 6.2.1",
            bad, empty_records(1000)),
      fault(side, "some-warnings", "sends four warnings", "RFC 5246, 7.2", borne(), warnings(4)),
      fault(side, "flood-warnings", "sends 1000 warnings", "RFC 5246, 7.2", bad, warnings(1000)),
      fault(side, "flood-warnings-in-handshake", "sends 50 warnings during the handshake",
            "RFC 5246, 7.2", bad, warnings_in_handshake),
      fault(side, "truncation", "ends the stream after the handshake without close_notify",
            "RFC 5246, 7.2.1", closed(), truncated),
      fault(side, "truncated-record", "ends the stream in the middle of a record",
            "RFC 5246, 7.2.1", closed(), truncated_record),
      fault(side, "truncated-handshake", "ends the stream in the middle of a handshake message",
            "RFC 5246, 7.2.1", closed(), truncated_handshake),
      fault(side, "early-close", "sends close_notify during the handshake", "RFC 5246, 7.2.1",
            Answer{Answer::Kind::closes, close_notify}, early_close),
  };
}

}  // namespace glasstls::adversary
