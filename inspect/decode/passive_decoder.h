// PassiveDecoder: one TLS connection as somebody sees it who only listens. It raises the calls that an
// endpoint's observer gets, as the client would, and says what it could not read and why.
//
// What it is given is hostile: nothing here throws, and its memory is bounded.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/secret.h"
#include "crypto/suites.h"
#include "handshake/key_schedule.h"
#include "inspect/capture/key_log.h"
#include "inspect/decode/connection_summary.h"
#include "inspect/decode/message_joiner.h"
#include "inspect/decode/record_splitter.h"
#include "inspect/decode/seen_sessions.h"
#include "inspect/decode/transcript.h"
#include "inspect/dissect/dissect.h"
#include "inspect/recorder.h"
#include "record/protection.h"
#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::inspect {

class PassiveDecoder {
 public:
  using Time = std::optional<std::int64_t>;

  /// `log` may be null: there is none. `sessions` are those of all connections of the capture. Both
  /// must outlive it, as must `recorder`; null: only the summary is made.
  PassiveDecoder(const capture::KeyLog* log, SeenSessions& sessions, Recorder* recorder);

  /// The capture does not have the beginning.
  void begin_in_the_middle();
  /// The next bytes of a side's stream, from where TLS begins.
  void data(Side from, View bytes, Time time, std::optional<std::uint64_t> frame);
  /// `reason` is a key of the catalogue.
  void gap(Side from, std::uint64_t size, std::string_view reason);
  void end(Side from, bool reset, Time time);
  /// Nothing more comes.
  void finish();

  const ConnectionSummary& summary() const { return summary_; }

  /// From here on only the summary is made.
  void stop_recording() { recorder_ = nullptr; }

 private:
  /// What belongs to one direction.
  struct Way {
    RecordSplitter splitter;
    MessageJoiner joiner;
    bool is_protected = false;  // its ChangeCipherSpec has come
    bool stopped = false;       // no more records can be told apart
    std::optional<record::Protection> protection;
    std::optional<record::Protection> pending;
    std::string_view sealed_because;  // why its protected records are not tried
    std::uint64_t opened = 0;
    std::uint64_t failed_in_a_row = 0;
  };

  // Records.
  void read(Side from);
  void on(Side from, const RecordSplitter::Record& record);
  void on_plain(Side from, const RecordSplitter::Record& record);
  void on_protected(Side from, const RecordSplitter::Record& record);
  bool open(Side from, const RecordSplitter::Record& record);
  void seal(Side from, const RecordSplitter::Record& record, std::string_view reason);
  void stop(Side from, Recording::Stop stop);

  // What is inside them.
  void dispatch(Side from, ContentType type, View content);
  void on_handshake(Side from, View fragment);
  void on_message(Side from, View message);
  void on_alert(Side from, View fragment);
  void on_change_cipher_spec(Side from, View fragment);
  void tell(Side from, View bytes, const Dissection& dissection);

  // Messages that decide.
  void on_client_hello(View message, const FieldTree& fields);
  void on_server_hello(View message, const FieldTree& fields);
  void on_finished(Side from);
  void note_finished(Side from);
  void on_ticket(View message, const FieldTree& fields);
  void begin_again();

  // Secrets.
  void derive();
  std::string_view why_not_derivable() const;
  bool find_master();
  bool take_premaster();
  void use(const crypto::MasterSecret& master, std::string_view from);
  handshake::KeySchedule schedule() const;
  void remember_session();

  Way& way(Side side) { return ways_[wire::index_of(side)]; }
  ConnectionSummary::Sent& sent(Side side) { return summary_.sent[wire::index_of(side)]; }
  void remark(std::string_view key);

  const capture::KeyLog* log_;
  SeenSessions& sessions_;
  Recorder* recorder_;
  ConnectionSummary summary_;
  std::array<Way, 2> ways_;
  std::vector<std::string_view> remarks_;  // told once each

  // Of the handshake at hand.
  SeenTranscript transcript_;
  std::optional<handshake::Random> client_random_, server_random_;
  Bytes offered_session_id_, session_id_, offered_ticket_, ticket_;
  bool client_ems_ = false, server_ems_ = false;
  bool is_tls13_ = false;
  bool key_exchange_seen_ = false;
  std::optional<crypto::Digest> session_hash_;
  std::optional<crypto::MasterSecret> master_;
  std::string_view not_derived_;  // why there are no keys; empty: not tried, or there are
  unsigned handshakes_ = 0;
};

}  // namespace glasstls::inspect
