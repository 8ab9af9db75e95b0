#include "apps/bench/html.h"

#include <fmt/format.h>

#include "apps/bench/report_style.h"
#include "apps/escape.h"
#include "crypto/hash.h"
#include "inspect/printable.h"
#include "x509/pem.h"

namespace glasstls::apps::bench {

namespace {

constexpr std::string_view skeleton = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}</body>
</html>
)";

/// CSP Level 3, 2.3.1: of the very bytes between the tags.
std::string hash_source(std::string_view text) {
  const crypto::Digest digest = crypto::hash(crypto::HashAlgorithm::sha256, wire::as_bytes(text));
  return "'sha256-" + x509::base64_encode(digest.view()) + "'";
}

std::string cells_of(const std::vector<std::string>& cells, std::string_view first,
                     std::string_view element) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view scope = i == 0 ? first : element;
    row += fmt::format("<{}>{}</{}>", scope, cells[i], scope.substr(0, 2));
  }
  return "<tr>" + row + "</tr>\n";
}

}  // namespace

std::string escaped(std::string_view text) { return escape_html(inspect::printable(text)); }

std::string page_of(std::string_view title, std::string_view body) {
  const std::string policy = "default-src 'none'; style-src " + hash_source(report_style) +
                             "; base-uri 'none'; form-action 'none'";
  return fmt::format(skeleton, fmt::arg("policy", policy), fmt::arg("title", escaped(title)),
                     fmt::arg("style", report_style), fmt::arg("body", body));
}

std::string words_cell(std::string_view text) {
  return fmt::format("<span class=\"words\">{}</span>", escaped(text));
}

std::string table_of(std::string_view caption, const Rows& rows) {
  std::string body;
  for (std::size_t i = 1; i < rows.size(); ++i) body += cells_of(rows[i], "th scope=\"row\"", "td");
  return fmt::format(
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{0}\">\n<table>\n<caption>{0}"
      "</caption>\n<thead>\n{1}</thead>\n<tbody>\n{2}</tbody>\n</table>\n</div>\n",
      escaped(caption), cells_of(rows.front(), "th scope=\"col\"", "th scope=\"col\""), body);
}

}  // namespace glasstls::apps::bench
