#include "tests/architecture/rules.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <map>
#include <regex>

namespace glasstls::architecture {
namespace {

using Folders = std::set<std::string_view>;

const Folders& library() {
  static const Folders folders{"wire",      "crypto",   "x509", "record",
                               "handshake", "platform", "tls",  "inspect"};
  return folders;
}

/// Whom a folder may include besides itself. record and handshake meet in tls only.
const std::map<std::string_view, Folders>& may_include() {
  static const std::map<std::string_view, Folders> table{
      {"wire", {}},
      {"crypto", {"wire"}},
      {"x509", {"crypto", "wire"}},
      {"record", {"crypto", "wire"}},
      {"handshake", {"x509", "crypto", "wire"}},
      {"platform", {"x509", "crypto", "wire"}},
      {"tls", {"platform", "record", "handshake", "x509", "crypto", "wire"}},
      {"inspect", {"tls", "platform", "record", "handshake", "x509", "crypto", "wire"}},
      {"apps", library()},
      // The double of a server in tests/support is measured against, too.
      {"bench",
       {"wire", "crypto", "x509", "record", "handshake", "platform", "tls", "inspect", "tests"}},
      {"tests",
       {"wire", "crypto", "x509", "record", "handshake", "platform", "tls", "inspect", "apps",
        "bench"}},
  };
  return table;
}

/// A header or a piece of code, and the only places for it.
struct Reserved {
  const char* what;
  std::regex pattern;
  std::regex places;  // of paths
  const char* rule;
};

std::regex any(const char* pattern) {
  return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize);
}

const std::vector<Reserved>& reserved_headers() {
  static const std::vector<Reserved> table{
      {"Crypto++", any("<(cryptopp|crypto\\+\\+)/.*"), any("crypto/.*\\.cpp"),
       "Crypto++ headers belong in crypto/*.cpp"},
      {"sockets",
       any("<(sys/socket|sys/un|sys/select|sys/epoll|netinet/.*|arpa/inet|netdb|poll|ifaddrs)"
           "\\.h>|<(boost/)?asio.*"),
       any("(apps|tests|bench)/.*"), "sockets belong in apps/, tests/ and bench/"},
      {"the system",
       any("<(fstream|filesystem|random|ctime|time\\.h|iostream|unistd\\.h|fcntl\\.h|dirent\\.h|"
           "sys/(stat|random|mman|time)\\.h|cryptopp/osrng\\.h)>"),
       any("(platform|inspect|apps|tests|bench)/.*"),
       "files, the clock and the system's randomness belong in platform/ and above"},
      {"benchmarks", any("\"bench/.*"), any("(tests/)?bench/.*"),
       "benchmarks are included by bench/ and tests/bench/ only"},
      {"the adversary", any("\"tests/adversary/.*"), any("tests/.*"),
       "the misbehaving peer is for tests only"},
      {"JSON", any("<nlohmann/.*"), any("(apps|tests|bench)/.*|inspect/.*\\.cpp"),
       "nlohmann_json belongs in apps/ and in the sources (not the headers) of inspect/"},
  };
  return table;
}

const std::vector<Reserved>& reserved_code() {
  static const std::vector<Reserved> table{
      {"try", any("\\b(try|catch)\\b"),
       any("(tls|apps|tests|bench)/.*|inspect/dissect/dissect\\.cpp"),
       "the library's try blocks are at its two edges: tls/ and the dissector"},
      {"files",
       any("\\b(fopen|fdopen|freopen|getenv|secure_getenv|random_device|cout|cerr|cin)\\b"),
       any("(platform|inspect|apps|tests|bench)/.*"),
       "files, streams and the environment belong in platform/ and above"},
      {"the clock",
       any("\\b(system_clock|steady_clock|high_resolution_clock)::now\\b|\\b(std::)?"
           "(time|clock_gettime|gettimeofday)\\((NULL|nullptr|CLOCK_\\w+|&)"),
       any("(platform|inspect|apps|tests|bench)/.*"), "the clock is read in platform/ and above"},
  };
  return table;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find('/')); }

void check_direction(std::string_view from, std::string_view header,
                     std::vector<std::string>& out) {
  std::string_view inside = header.substr(1, header.size() - 2);
  if (inside.starts_with("glasstls/")) {
    inside.remove_prefix(std::string_view("glasstls/").size());
    if (inside == "version.h") return;
  } else if (header.front() == '<') {
    return;
  }
  const std::string_view to = folder_of(inside);
  if (!may_include().contains(to)) {
    out.push_back(std::string(header) + " is not written from the repository's root");
  } else if (from != to && !may_include().at(from).contains(to)) {
    out.push_back(std::string(from) + "/ may not include " + std::string(to) +
                  "/: " + std::string(header));
  }
}

/// Renderers draw the document: all that is judged, named or computed lies behind them.
void check_renderer(const std::string& place, const std::string& header,
                    std::vector<std::string>& out) {
  static const std::regex renderers = any(
      "inspect/(document_json|openssl_script|terminal)\\.(h|cpp)|inspect/(openssl|terminal)/.*");
  static const std::regex may_know = any(
      "<.*>|\"(wire/.*|inspect/(document|document_json|json|openssl_script|page|printable|terminal|"
      "words/catalogue)\\.h|inspect/(openssl|terminal)/.*)\"");
  if (std::regex_match(place, renderers) && !std::regex_match(header, may_know))
    out.push_back(header + ": a renderer knows the document and the catalogue only");
}

/// How far the literal or comment at `at` reaches; `at` itself where there is none.
std::size_t end_of_token(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto until = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string_view::npos ? text.size() : found + mark.size();
  };
  if (rest.starts_with("//")) return std::min(text.size(), text.find('\n', at));
  if (rest.starts_with("/*")) return until("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const std::size_t open = text.find('(', at);
    if (open == std::string_view::npos) return text.size();
    return until(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const bool separator = rest.front() == '\'' && at > 0 &&
                         std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0;  // 1'000
  if ((rest.front() != '"' && rest.front() != '\'') || separator) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != rest.front() && text[end] != '\n')
    end += text[end] == '\\' ? 2U : 1U;
  return std::min(text.size(), end + 1);
}

}  // namespace

std::string code_of(std::string_view text) {
  std::string code;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::string_view before = text.substr(line, at - line);
    const bool names_header = text[at] == '"' && before.starts_with('#') &&
                              before.find("include") != std::string_view::npos;
    const std::size_t end = names_header ? at : end_of_token(text, at);
    if (end == at) {
      code += text[at++];
      continue;
    }
    code += ' ';
    const std::string_view left_out = text.substr(at, end - at);
    code.append(static_cast<std::size_t>(std::count(left_out.begin(), left_out.end(), '\n')), '\n');
    at = end;
  }
  return code;
}

std::vector<std::string> includes_of(std::string_view text) {
  static const std::regex include(R"re(#\s*include\s*(<[^>\n]+>|"[^"\n]+"))re");
  const std::string code = code_of(text);
  std::vector<std::string> found;
  for (std::sregex_iterator match(code.begin(), code.end(), include), last; match != last; ++match)
    found.push_back((*match)[1].str());
  return found;
}

std::vector<std::string> violations(std::string_view path, std::string_view text) {
  const std::string place(path);
  const std::string_view folder = folder_of(path);
  std::vector<std::string> out;
  if (!may_include().contains(folder))
    return {"the folder " + std::string(folder) + "/ is not known"};

  for (const std::string& header : includes_of(text)) {
    check_direction(folder, header, out);
    check_renderer(place, header, out);
    for (const Reserved& reserved : reserved_headers())
      if (std::regex_match(header, reserved.pattern) && !std::regex_match(place, reserved.places))
        out.push_back(header + ": " + reserved.rule);
  }

  const std::string code = code_of(text);
  for (const Reserved& reserved : reserved_code())
    if (std::regex_search(code, reserved.pattern) && !std::regex_match(place, reserved.places))
      out.push_back(std::string(reserved.what) + ": " + reserved.rule);

  if (path.ends_with(".h") && code.find("#pragma once") == std::string::npos)
    out.emplace_back("a header begins with #pragma once");
  if (library().contains(folder) &&
      code.find("namespace glasstls::" + std::string(folder)) == std::string::npos)
    out.push_back("namespaces follow folders: glasstls::" + std::string(folder) + " is missing");
  return out;
}

std::vector<std::string> unlisted(std::string_view cmake_lists,
                                  const std::set<std::string>& files) {
  const std::string text(cmake_lists);
  std::vector<std::string> out;
  static const std::regex name(R"re([^\s()"#]+)re");
  std::set<std::string> named;
  for (std::sregex_iterator match(text.begin(), text.end(), name), last; match != last; ++match)
    named.insert(match->str());
  std::set_difference(files.begin(), files.end(), named.begin(), named.end(),
                      std::back_inserter(out));
  return out;
}

}  // namespace glasstls::architecture
