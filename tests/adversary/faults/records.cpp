// Records and alerts that either side can get wrong. RFC 5246, 6.2 and 7.2.
#include <utility>

#include "record/framing.h"
#include "tests/adversary/faults/both_sides.h"
#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using enum AlertDescription;

const Bytes line = wire::copy(wire::as_bytes("Hello?\n"));

/// After the handshake, this step.
AnyScript established(std::function<void(test::ScriptedPeer&)> step) {
  return [=](Stage& stage) {
    stage.complete();
    step(stage.peer());
    stage.flush();
  };
}

AnyScript at_the_start(std::function<void(test::ScriptedPeer&)> step) {
  return [=](Stage& stage) {
    stage.begin();
    step(stage.peer());
    stage.complete();
  };
}

/// A record that is sealed by the rules, then changed.
AnyScript spoilt_record(std::function<void(Bytes&)> change) {
  return established([=](test::ScriptedPeer& peer) {
    peer.data(line);
    Bytes record = peer.take();
    change(record);
    peer.raw(record);
  });
}

void repeat(Bytes& record) { wire::append(record, Bytes(record)); }

void too_much_ciphertext(test::ScriptedPeer& peer) {
  constexpr std::size_t length = record::max_ciphertext_length + 1;
  Bytes bytes(record::header_length + length);
  record::write_header({ContentType::application_data, ProtocolVersion::tls12, length}, bytes);
  peer.raw(bytes);
}

/// Finished was the first record under the keys.
void too_much_plaintext(test::ScriptedPeer& peer, Side side) {
  peer.raw(sealed_record(peer, side, 1, ContentType::application_data,
                         Bytes(record::max_plaintext_length + 1, '.')));
}

void largest(test::ScriptedPeer& peer) {
  Bytes data(record::max_plaintext_length, '.');
  data.back() = '\n';
  peer.data(data);
}

/// RFC 6520, 4, as Heartbleed had it: one byte that says it is 16384.
void heartbeat(test::ScriptedPeer& peer) { peer.record(ContentType{24}, Bytes{1, 0x40, 0, 'x'}); }

/// Alerts of these bytes.
AnyScript alert(Bytes fragment) {
  return established([=](test::ScriptedPeer& peer) { peer.record(ContentType::alert, fragment); });
}

void forged_close(test::ScriptedPeer& peer) { peer.plain_record(ContentType::alert, Bytes{1, 0}); }

std::vector<Fault> sealed_faults(Side side) {
  const auto bad = refused(bad_record_mac);
  return {
      fault(side, "bad-tag", "changes a bit of a record's tag", "RFC 5246, 6.2.3.3", bad,
            spoilt_record([](Bytes& record) { record.back() ^= 1; })),
      fault(side, "bad-ciphertext", "changes a bit of a record's ciphertext", "RFC 5246, 6.2.3.3",
            bad, spoilt_record([](Bytes& record) { record[record::header_length + 8] ^= 1; })),
      fault(side, "replayed-record", "sends a record twice", "RFC 5246, F.2", bad,
            spoilt_record(repeat)),
      fault(side, "lost-record", "leaves a record out", "RFC 5246, F.2", bad,
            spoilt_record([](Bytes& record) { record.clear(); })),
      fault(side, "short-record", "sends a protected record that is shorter than its tag",
            "RFC 5246, 6.2.3.3", bad, spoilt_record([](Bytes& record) {
              record.resize(record::header_length + 8);
              record[3] = 0;
              record[4] = 8;
            })),
      fault(side, "forged-close", "sends a close_notify that is not protected", "RFC 5246, 6.2.3",
            bad, established(forged_close)),
      fault(side, "oversized-record", "sends a ciphertext of 2^14 + 2049 bytes", "RFC 5246, 6.2.3",
            refused(record_overflow), established(too_much_ciphertext)),
      fault(side, "oversized-plaintext", "protects 2^14 + 1 bytes in one record", "RFC 5246, 6.2.1",
            refused(record_overflow),
            established([side](test::ScriptedPeer& peer) { too_much_plaintext(peer, side); })),
      fault(side, "largest-record", "protects 2^14 bytes in one record", "RFC 5246, 6.2.1", borne(),
            established(largest)),
  };
}

std::vector<Fault> kind_faults(Side side) {
  const auto bad = refused(unexpected_message);
  return {
      fault(side, "unknown-record-type", "sends a record of a type that nobody knows",
            "RFC 5246, 6", bad,
            established([](test::ScriptedPeer& peer) { peer.record(ContentType{99}, line); })),
      fault(side, "heartbeat", "asks for a heartbeat of 16384 bytes and sends one: Heartbleed",
            "RFC 6520, 4", bad, established(heartbeat)),
      fault(side, "empty-handshake-record", "sends a handshake record without content",
            "RFC 5246, 6.2.1", bad, at_the_start([](test::ScriptedPeer& peer) {
              peer.plain_record(ContentType::handshake, {});
            })),
      fault(side, "ccs-after-handshake", "sends ChangeCipherSpec after the handshake",
            "RFC 5246, 7.1", bad, established([](test::ScriptedPeer& peer) {
              peer.record(ContentType::change_cipher_spec, Bytes{1});
            })),
      fault(side, "second-finished", "sends a second Finished", "RFC 5246, 7.4.9", bad,
            established([](test::ScriptedPeer& peer) { peer.finished(); })),
      fault(side, "data-in-old-version", "sends data in a record of TLS 1.1", "RFC 5246, 6.2.1",
            refused(protocol_version), established([](test::ScriptedPeer& peer) {
              peer.record(ContentType::application_data, line, ProtocolVersion::tls11);
            })),
      fault(side, "half-an-alert", "sends an alert of one byte", "RFC 5246, 7.2",
            refused(decode_error), alert({1})),
      fault(side, "double-alert", "sends two alerts in one record", "RFC 5246, 7.2",
            refused(decode_error), alert({1, 90, 1, 90})),
      fault(side, "alert-of-no-level", "sends an alert of level 7", "RFC 5246, 7.2",
            refused(illegal_parameter), alert({7, 90})),
  };
}

}  // namespace

std::vector<Fault> record_faults(Side side) {
  std::vector<Fault> all = sealed_faults(side);
  const std::vector<Fault> more = kind_faults(side);
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace glasstls::adversary
