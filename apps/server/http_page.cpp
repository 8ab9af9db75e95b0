#include "apps/server/http_page.h"

#include <cstddef>

#include "apps/escape.h"
#include "inspect/printable.h"

namespace glasstls::apps {

namespace {

constexpr std::size_t widest_value = 200;  // columns

}  // namespace

std::string safe_line(std::string_view untrusted) {
  return inspect::shorten(inspect::printable(untrusted), widest_value);
}

std::string http_page(const PageRows& rows, std::string_view request) {
  std::string page =
      "<!DOCTYPE html>\n"
      "<html lang=\"en\">\n"
      "<head><meta charset=\"utf-8\"><title>GlassTLS</title></head>\n"
      "<body>\n"
      "<h1>GlassTLS</h1>\n"
      "<table>\n";
  for (const auto& [name, value] : rows)
    page.append("<tr><th align=\"left\">")
        .append(name)
        .append("</th><td>")
        .append(escape_html(safe_line(value)))
        .append("</td></tr>\n");
  page.append("</table>\n<p>You asked: <code>")
      .append(escape_html(safe_line(request)))
      .append("</code></p>\n</body>\n</html>\n");
  return page;
}

}  // namespace glasstls::apps
