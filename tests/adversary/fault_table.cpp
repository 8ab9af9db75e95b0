// fault_table DOCUMENT: plays every fault against every stack of others that is installed, and
// writes the answers to the document, behind its marker. Started by scripts/faults.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "tests/adversary/document.h"
#include "tests/adversary/real_peers.h"

namespace {

using namespace glasstls::adversary;

constexpr Patience patience{10'000};  // the machine may be busy

Column measure(const RealPeer& peer) {
  if (!peer.installed())
    throw std::runtime_error(std::string(peer.name()) + " is not installed (package " +
                             std::string(peer.package()) + ")");
  Column column{std::string(peer.name()), peer.version(), {}};
  for (const Fault& fault : catalogue()) {
    column.answers.push_back(text_of(peer.play(fault, patience)));
    std::printf("%s, %s %s: %s\n", column.name.c_str(), std::string(name_of(fault.side())).c_str(),
                std::string(fault.name).c_str(), column.answers.back().c_str());
    std::fflush(stdout);
  }
  return column;
}

void write_document(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::size_t at = text.find(marker);
  if (at == std::string::npos) throw std::runtime_error(path + ": there is no marker");
  std::vector<Column> columns;
  for (const auto& peer : real_peers()) columns.push_back(measure(*peer));
  text.resize(at + marker.size());
  text += make_tables(columns);
  std::ofstream out(path, std::ios::binary);
  if (!(out << text).flush()) throw std::runtime_error(path + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: fault_table DOCUMENT\n", stderr);
    return 2;
  }
  try {
    write_document(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fault_table: %s\n", error.what());
    return 1;
  }
}
