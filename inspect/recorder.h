// Recorder: the observer that fills a Document while a connection runs.
//
// Observers may not throw: where memory runs out the process ends. Both bounds keep a long
// connection from growing the document without end.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "inspect/document.h"
#include "wire/observer.h"

namespace glasstls::inspect {

struct RecorderOptions {
  bool expose_secrets = false;  // keep the secrets' values
  /// Application-data records kept per direction; the rest is counted.
  std::size_t application_data_records = 4;
  std::size_t entries = 10'000;  // kept altogether
};

class Recorder final : public Observer {
 public:
  /// Told of each entry as soon as it is in the document. Must not throw.
  using Listener = std::function<void(const Document&, const Entry&)>;

  explicit Recorder(RecorderOptions options = {}, Listener listener = {})
      : options_(options), listener_(std::move(listener)) {}

  const Document& document() const { return document_; }

  void record(const wire::RecordSeen& seen) noexcept override;
  void message(const wire::MessageSeen& seen) noexcept override;
  void secret(const wire::SecretSeen& seen) noexcept override;
  void transition(const wire::TransitionSeen& seen) noexcept override;
  bool exposes_secrets() const noexcept override { return options_.expose_secrets; }

 private:
  bool has_room(Direction direction);
  template <class Row>
  void add(std::vector<Row>& table, EntryKind kind, Row row);

  RecorderOptions options_;
  Listener listener_;
  Document document_;
  std::array<std::size_t, 2> application_data_kept_{};
};

}  // namespace glasstls::inspect
