#include "inspect/decode/capture_decoder.h"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "inspect/capture/tls_streams.h"
#include "inspect/decode/passive_decoder.h"
#include "inspect/decode/reasons.h"
#include "inspect/decode/seen_sessions.h"
#include "inspect/recorder.h"

namespace glasstls::inspect {

namespace {

using capture::ConnectionId;
using capture::Sender;
using capture::TlsFinding;

std::string_view key_of(capture::GapReason reason) {
  switch (reason) {
    case capture::GapReason::not_captured: return "gap.not_captured";
    case capture::GapReason::cut_by_snap_length: return "gap.cut_by_snap_length";
    case capture::GapReason::too_much_pending: return "gap.too_much_pending";
    case capture::GapReason::end_of_capture: return "gap.end_of_capture";
  }
  return {};
}

class Listener final : public capture::TlsListener {
 public:
  Listener(const capture::KeyLog* log, const CaptureSelection& selection, const std::string& name)
      : log_(log), selection_(selection), name_(name) {}

  void opened(const capture::Opened& opened) override { open_[opened.connection].opened = opened; }

  void found(ConnectionId id, const TlsFinding& finding) override {
    Open& open = open_[id];
    if (finding.kind == TlsFinding::Kind::not_tls) open.is_other = true;
    const bool is_tls = finding.kind == TlsFinding::Kind::tls ||
                        finding.kind == TlsFinding::Kind::middle ||
                        finding.kind == TlsFinding::Kind::ssl2;
    if (is_tls && !open.decoder) begin(open, finding);
  }

  void data(const capture::StreamData& data) override {
    Open& open = open_[data.connection];
    if (!open.decoder) return;
    open.decoder->data(side(open, data.sender), data.bytes, data.origin.time, data.origin.frame);
    drop_other_hosts(open);
  }

  void gap(const capture::StreamGap& gap) override {
    Open& open = open_[gap.connection];
    if (open.decoder) open.decoder->gap(side(open, gap.sender), gap.size, key_of(gap.reason));
  }

  void ended(const capture::StreamEnded& ended) override {
    Open& open = open_[ended.connection];
    if (open.decoder)
      open.decoder->end(side(open, ended.sender), ended.how == capture::StreamEnded::How::rst,
                        ended.origin.time);
  }

  void closed(ConnectionId id) override {
    const auto found = open_.find(id);
    if (found == open_.end()) return;
    if (found->second.decoder)
      close(found->second);
    else if (found->second.is_other)
      ++out_.not_tls;
    open_.erase(found);
  }

  /// Connections end in another order than they begin in.
  DecodedCapture take() {
    std::sort(out_.connections.begin(), out_.connections.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    for (auto& [number, recording] : kept_) out_.recordings.push_back(std::move(recording));
    return std::move(out_);
  }

 private:
  struct Open {
    capture::Opened opened;
    bool is_other = false;
    Sender client = Sender::first;
    CapturedConnection row;
    std::unique_ptr<Recorder> recorder;  // null: not selected
    std::unique_ptr<PassiveDecoder> decoder;
  };

  static Side side(const Open& open, Sender sender) {
    return sender == open.client ? Side::client : Side::server;
  }

  bool wants(std::uint64_t number) const {
    const auto& numbers = selection_.numbers;
    if (numbers.empty() && selection_.hosts.empty()) return true;
    return !selection_.hosts.empty() ||
           std::find(numbers.begin(), numbers.end(), number) != numbers.end();
  }

  /// Who is the client: the sender of the ClientHello, else who opened the connection, else who has
  /// the higher port.
  static Sender client_of(const Open& open, const TlsFinding& finding) {
    if (finding.client) return *finding.client;
    if (open.opened.opening != capture::Opening::middle) return Sender::first;
    return open.opened.first.port >= open.opened.second.port ? Sender::first : Sender::second;
  }

  void begin(Open& open, const TlsFinding& finding) {
    open.client = client_of(open, finding);
    const bool first = open.client == Sender::first;
    open.row.number = ++found_;
    open.row.client = to_string(first ? open.opened.first : open.opened.second);
    open.row.server = to_string(first ? open.opened.second : open.opened.first);
    open.row.prelude = finding.prelude;
    open.row.begin = open.opened.origin.time;
    if (wants(open.row.number)) record(open);
    open.decoder = std::make_unique<PassiveDecoder>(log_, sessions_, open.recorder.get());
    if (finding.kind == TlsFinding::Kind::middle) open.decoder->begin_in_the_middle();
  }

  void record(Open& open) {
    if (selection_.hosts.empty() && recorders_ >= selection_.most) {
      ++out_.recordings_left_out;
      return;
    }
    ++recorders_;
    RecorderOptions options;
    options.live = false;
    options.expose_secrets = true;
    options.application_data = selection_.application_data;
    open.recorder = std::make_unique<Recorder>(options);
    Recording& recording = open.recorder->recording();
    recording.number = open.row.number;
    recording.source = name_;
    recording.client = open.row.client;
    recording.server = open.row.server;
    recording.prelude = open.row.prelude;
  }

  /// Once the client has said whom it wants.
  void drop_other_hosts(Open& open) {
    if (selection_.hosts.empty() || !open.recorder) return;
    const ConnectionSummary& summary = open.decoder->summary();
    if (!summary.client_random || is_selected(open)) return;
    open.decoder->stop_recording();
    open.recorder.reset();
    --recorders_;
  }

  bool is_selected(const Open& open) const {
    const auto& [numbers, hosts, most, data] = selection_;
    if (std::find(numbers.begin(), numbers.end(), open.row.number) != numbers.end()) return true;
    if (hosts.empty()) return numbers.empty();
    return std::find(hosts.begin(), hosts.end(), open.decoder->summary().server_name) !=
           hosts.end();
  }

  void close(Open& open) {
    open.decoder->finish();
    open.row.summary = open.decoder->summary();
    if (open.recorder && is_selected(open)) keep(open);
    if (out_.connections.size() < DecodedCapture::most_rows)
      out_.connections.push_back(std::move(open.row));
    else
      ++out_.rows_left_out;
  }

  void keep(Open& open) {
    if (kept_.size() < selection_.most)
      kept_.emplace(open.row.number, std::move(open.recorder->recording()));
    else
      ++out_.recordings_left_out;
  }

  const capture::KeyLog* log_;
  const CaptureSelection& selection_;
  const std::string& name_;
  SeenSessions sessions_;
  std::unordered_map<ConnectionId, Open> open_;
  std::map<std::uint64_t, Recording> kept_;
  std::uint64_t found_ = 0;
  std::size_t recorders_ = 0;
  DecodedCapture out_;
};

}  // namespace

DecodedCapture decode_capture(capture::ByteSource& source, const capture::KeyLog* log,
                              const CaptureSelection& selection, const std::string& name) {
  Listener listener(log, selection, name);
  capture::TlsStreams streams(listener);
  const capture::CaptureSummary summary = capture::read_streams(source, streams);
  DecodedCapture decoded = listener.take();
  decoded.capture = summary;
  return decoded;
}

}  // namespace glasstls::inspect
