#include "inspect/page/html.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "crypto/hash.h"
#include "inspect/document_json.h"
#include "inspect/embedded.h"
#include "inspect/json.h"
#include "x509/pem.h"

namespace glasstls::inspect {

namespace {

using Json = nlohmann::ordered_json;

/// The script's parts: a class is declared before it is used.
constexpr std::string_view scripts[] = {
    "dom.js",      "words.js",    "model.js",    "bytes.js",    "fields.js", "records.js",
    "sequence.js", "layout.js",   "schedule.js", "machines.js", "checks.js", "certificates.js",
    "timing.js",   "overview.js", "steps.js",    "search.js",   "main.js"};

std::string_view source(std::string_view name) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with("page/") && file.path.substr(5) == name) return file.content;
  return {};
}

std::string script() {
  std::string all = "\n";
  for (const std::string_view name : scripts) (all += source(name)) += '\n';
  return all;
}

/// CSP Level 3, 2.3.1: of the very bytes between the tags.
std::string hash_source(std::string_view text) {
  const crypto::Digest digest = crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(text));
  return "'sha256-" + x509::base64_encode(digest.view()) + "'";
}

/// HTML, 4.12.1.3: no "</script" and no "<!--" may stand in a script element. U+2028 and U+2029 are
/// lines' ends to old readers of scripts. All of them stand in strings only.
std::string escaped(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view three = json.substr(i, 3);
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (three == "\u2028" || three == "\u2029") {
      out += three == "\u2028" ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  return out;
}

/// Every key of the catalogue that a document uses.
void collect_keys(const Json& json, std::set<std::string>& keys) {
  if (json.is_object() && json.contains("key") && json["key"].is_string())
    keys.insert(json["key"].get<std::string>());
  if (json.is_structured())
    for (const Json& part : json) collect_keys(part, keys);
}

/// What the page itself says, of checks and states too, and what the documents say.
std::string words(const std::set<std::string>& keys) {
  Json all = Json::object();
  for (const Language language : languages()) {
    Json& sentences = all[std::string(code_of(language))] = Json::object();
    for (const auto& [key, sentence] : Catalogue::get(language).sentences())
      if (key.starts_with("page.") || key.starts_with("check.") || key.starts_with("state.") ||
          keys.contains(key))
        sentences[key] = sentence;
  }
  return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

struct Content {
  std::string documents, words;
};

Content content_of(const std::vector<Document>& documents, const PageOptions& options) {
  const std::size_t shown = std::min(documents.size(), max_page_documents);
  const std::uint64_t total = std::max<std::uint64_t>(options.connections, documents.size());
  std::string list;
  std::set<std::string> keys;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string json = to_json(documents[i]);
    collect_keys(Json::parse(json, nullptr, false), keys);
    if (i > 0) list += ",\n";
    list += json;
  }
  return {"{\"schema\":" + std::to_string(json_schema) + ",\"total\":" + std::to_string(total) +
              ",\"documents\":[" + list + "]}",
          words(keys)};
}

/// The skeleton once through: what is filled in is not looked at again.
std::string filled(std::string_view skeleton,
                   const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string out;
  while (!skeleton.empty()) {
    const std::size_t open = std::min(skeleton.find("{{"), skeleton.size());
    out += skeleton.substr(0, open);
    skeleton.remove_prefix(open);
    if (skeleton.empty()) break;
    const std::size_t close = skeleton.find("}}");
    const std::string_view name = skeleton.substr(2, close - 2);
    for (const auto& [key, value] : values)
      if (key == name) out += value;
    skeleton.remove_prefix(close + 2);
  }
  return out;
}

}  // namespace

std::string to_html(const std::vector<Document>& documents, const PageOptions& options) {
  const std::string code = script();
  const std::string style(source("page.css"));
  const Content content = content_of(documents, options);
  return filled(
      source("page.html"),
      {{"language", std::string(code_of(options.language))},
       {"policy", "default-src 'none'; script-src " + hash_source(code) + "; style-src " +
                      hash_source(style) + "; img-src data:; base-uri 'none'; form-action 'none'"},
       {"style", style},
       {"script", code},
       {"words", escaped(content.words)},
       {"documents", escaped(content.documents)}});
}

}  // namespace glasstls::inspect
