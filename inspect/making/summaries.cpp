// What each message says, in one line.
#include <algorithm>

#include "inspect/making/draft.h"

namespace glasstls::inspect {

namespace {

class Summary {
 public:
  Summary(const Draft& draft, Id message) : draft_(draft), id_(message) {}

  Text say() const {
    const Message& message = draft_.document.messages[id_];
    const std::string& name = message.name;
    if (message.fault) return said("summary.malformed", {std::to_string(message.fault->offset)});
    if (name == "ClientHello")
      return said("summary.ClientHello",
                  {count("cipher_suites"), count("extensions"), server_name()});
    if (name == "ServerHello")
      return said("summary.ServerHello", {number("cipher_suite"), count("extensions")});
    if (name == "Certificate") return certificates();
    if (name == "ServerKeyExchange")
      return said("summary.ServerKeyExchange", {any_number("namedcurve"), any_number("algorithm")});
    if (name == "CertificateVerify")
      return said("summary.CertificateVerify", {any_number("algorithm")});
    if (name == "NewSessionTicket")
      return said("summary.NewSessionTicket", {number("ticket_lifetime_hint"), size("ticket")});
    if (name == "Finished")
      return said("summary.Finished",
                  {wire::hex(draft_.content(draft_.field(id_, "verify_data")))});
    if (name == "Alert")
      return said("summary.Alert", {any_number("level"), any_number("description")});
    if (name == "ApplicationData") return data();
    const std::string key = "summary." + name;
    return worded({key}).empty() ? Text{} : said(key);
  }

 private:
  const Field* at(std::optional<Id> field) const {
    return field ? &draft_.document.fields[*field] : nullptr;
  }
  static std::string number_of(const Field* field) {
    if (field == nullptr || field->kind != ValueKind::number) return "?";
    return field->number.name.empty() ? std::to_string(field->number.number) : field->number.name;
  }
  std::string number(std::string_view path) const { return number_of(at(draft_.field(id_, path))); }
  std::string any_number(std::string_view name) const {
    return number_of(at(draft_.any_field(id_, name)));
  }
  std::string count(std::string_view path) const {
    const Field* list = at(draft_.field(id_, path));
    return std::to_string(list == nullptr ? 0 : list->children.size());
  }
  std::string size(std::string_view path) const {
    return std::to_string(draft_.content(draft_.field(id_, path)).size());
  }
  std::string server_name() const {
    const std::string& name = draft_.document.connection.server_name;
    return name.empty() ? "-" : name;
  }

  Text certificates() const {
    std::size_t count = 0;
    std::string subject;
    for (const Certificate& certificate : draft_.document.certificates) {
      if (certificate.message != id_) continue;
      if (count++ == 0) subject = certificate.subject;
    }
    if (count == 0) return said("summary.Certificate.empty");
    return said("summary.Certificate", {std::to_string(count), subject});
  }

  Text data() const {
    constexpr std::size_t shown = 40;
    const View bytes = draft_.bytes_of(id_);
    return said("summary.ApplicationData",
                {std::to_string(bytes.size()),
                 std::string(wire::as_text(bytes.first(std::min(shown, bytes.size()))))});
  }

  const Draft& draft_;
  Id id_;
};

}  // namespace

void make_summaries(Draft& draft) {
  for (Id id = 0; id < draft.document.messages.size(); ++id)
    draft.document.messages[id].summary = Summary(draft, id).say();
}

}  // namespace glasstls::inspect
