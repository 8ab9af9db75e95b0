// Whole files, real ones too, down to the streams.
#include "inspect/capture/read_streams.h"

#include <array>
#include <cctype>
#include <cstdio>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

#include "inspect/capture/tls_streams.h"
#include "tests/inspect/capture/captures.h"
#include "tests/support/data_files.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using glasstls::test::read_data;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Read {
  Told told;
  CaptureSummary summary;
};

Read read(View file) {
  Read out;
  MemorySource source(file);
  out.summary = read_streams(source, out.told);
  return out;
}

constexpr const char* two_connections = "data/inspect/captures/two-connections.pcapng";
constexpr const char* starttls = "data/inspect/captures/starttls.pcapng";
constexpr const char* connect = "data/inspect/captures/connect.pcap";
constexpr const char* tutorial = "../docs/tutorial/handshake.pcap";

Read read_file(const char* path) { return read(bytes_of(read_data(path))); }

/// What was found of each connection; and of TLS, each direction's bytes.
class Found : public TlsListener {
 public:
  std::map<ConnectionId, TlsFinding> findings;
  std::map<ConnectionId, std::array<std::string, 2>> streams;
  void found(ConnectionId id, const TlsFinding& finding) override { findings[id] = finding; }
  void data(const StreamData& data) override {
    streams[data.connection][static_cast<std::size_t>(data.sender)] += wire::as_text(data.bytes);
  }
};

Found find_tls(const char* path) {
  const Bytes file = bytes_of(read_data(path));
  MemorySource source(file);
  Found found;
  TlsStreams streams(found);
  read_streams(source, streams);
  return found;
}

TEST(ReadStreams, ReadsTheTutorialsHandshake) {
  const Read result = read_file(tutorial);
  ASSERT_THAT(result.told.connections, SizeIs(1));
  const auto& connection = result.told.connections.at(1);
  EXPECT_EQ(to_string(connection.opened.first), "127.0.0.1:39318");
  EXPECT_EQ(to_string(connection.opened.second), "127.0.0.1:7777");
  EXPECT_EQ(connection.streams[0].size(), 309U);
  EXPECT_EQ(connection.streams[1].size(), 1576U);
  EXPECT_EQ(connection.ends[0], "fin");
  EXPECT_EQ(connection.ends[1], "fin");
  EXPECT_EQ(result.summary.packets, 18U);
  EXPECT_EQ(result.summary.format, "pcap");
  EXPECT_EQ(result.summary.size, 3401U);
  EXPECT_THAT(remarks(result.summary), IsEmpty());
}

TEST(ReadStreams, ReadsTwoInterleavedConnectionsAndTheirSecrets) {
  const Read result = read_file(two_connections);
  ASSERT_THAT(result.told.connections, SizeIs(2));
  EXPECT_THAT(to_string(result.told.connections.at(1).opened.second), "127.0.0.1:14433");
  EXPECT_THAT(to_string(result.told.connections.at(2).opened.second), "[::1]:14436");
  ASSERT_THAT(result.told.secret_texts, SizeIs(1));
  EXPECT_THAT(result.told.secret_texts[0], HasSubstr("CLIENT_RANDOM "));
  const Found found = find_tls(two_connections);
  for (const auto& [id, finding] : found.findings) {
    EXPECT_EQ(finding.kind, TlsFinding::Kind::tls);
    EXPECT_EQ(finding.client, Sender::first);
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_TRUE(found.streams.at(id)[i] == result.told.connections.at(id).streams[i]);
  }
}

TEST(ReadStreams, FindsTlsBehindStarttls) {
  const Found found = find_tls(starttls);
  const TlsFinding& finding = found.findings.at(1);
  EXPECT_EQ(finding.kind, TlsFinding::Kind::tls);
  EXPECT_EQ(finding.prelude, "SMTP with STARTTLS");
  EXPECT_THAT(finding.side(Sender::first).prelude, ElementsAre("EHLO client.test", "STARTTLS"));
  EXPECT_EQ(finding.side(Sender::first).begins, 28U);
  EXPECT_EQ(finding.side(Sender::second).begins, 64U);
  EXPECT_EQ(found.streams.at(1)[1].substr(0, 3), "\x16\x03\x03");
}

TEST(ReadStreams, MarksWhatTheSnapLengthCutOff) {
  const Read result = read_file(connect);
  const auto& connection = result.told.connections.at(1);
  ASSERT_THAT(connection.gaps, SizeIs(2));
  for (const StreamGap& gap : connection.gaps) {
    EXPECT_EQ(gap.reason, GapReason::cut_by_snap_length);
    EXPECT_EQ(gap.sender, Sender::second);
  }
  EXPECT_EQ(connection.gaps[0].size, 742U - 300);
  EXPECT_EQ(connection.gaps[0].origin.frame, 9U);
  EXPECT_THAT(remarks(result.summary),
              ElementsAre(HasSubstr("2 packets cut by the snap length"),
                          HasSubstr("450 bytes are missing from TCP streams, in 2 gaps")));
  EXPECT_EQ(find_tls(connect).findings.at(1).prelude, "HTTP CONNECT");
}

TEST(ReadStreams, PassesOverWhatIsNotTcpAndCountsIt) {
  Bytes fragment = ipv4(6, Bytes(40));
  fragment[6] = 0x20;
  Bytes malformed = ipv4(6, Bytes(40));
  malformed[0] = 0x41;
  Bytes arp = ethernet(ipv4(6, Bytes(20)));
  arp[13] = 6;
  const Bytes udp = ethernet(ipv4(17, Bytes(8)));
  const Bytes bad_tcp = ethernet(ipv4(6, Bytes(20)));
  const PcapngFile file = PcapngFile()
                              .interface(1)
                              .interface(127)
                              .enhanced(ethernet(fragment))
                              .enhanced(ethernet(malformed))
                              .enhanced(bad_tcp)
                              .enhanced(arp)
                              .enhanced(udp)
                              .enhanced(View(udp).first(30), 0, 0, udp.size())
                              .enhanced(udp, 1)
                              .enhanced(udp, 1);
  const CaptureSummary summary = read(file.bytes).summary;
  EXPECT_EQ(summary.packets, 8U);
  EXPECT_EQ(summary.fragments, 1U);
  EXPECT_EQ(summary.malformed, 2U);
  EXPECT_EQ(summary.not_ip, 1U);
  EXPECT_EQ(summary.not_tcp, 1U);
  EXPECT_EQ(summary.cut_headers, 1U);
  EXPECT_EQ(summary.unknown_link_types.at(127), 2U);
  EXPECT_THAT(
      remarks(summary),
      ElementsAre(
          "2 packets passed over: IEEE 802.11 with radiotap is not a link type that we read",
          "1 packet passed over: fragments of IP packets, which we do not put together",
          "2 packets passed over: malformed IP or TCP headers",
          "1 packet passed over: cut within their headers",
          HasSubstr("1 packet cut by the snap length")));
}

TEST(ReadStreams, KnowsTheEarliestAndTheLatestTime) {
  const Bytes packet = frame(client(1, "x"));
  const PcapFile file = PcapFile().packet(packet, 20).packet(packet, 10).packet(packet, 15);
  const CaptureSummary summary = read(file.bytes).summary;
  EXPECT_EQ(summary.first, 10'000'000'000);
  EXPECT_EQ(summary.last, 20'000'000'000);
}

TEST(ReadStreams, ReadsFilesThatAreCutAnywhereUpToThere) {
  for (const char* path : {tutorial, two_connections, connect}) {
    const Bytes file = bytes_of(read_data(path));
    const Read whole = read(file);
    for (std::size_t size = 0; size < file.size(); ++size) {
      const Read cut = read(View(file).first(size));
      for (const auto& [id, connection] : cut.told.connections) {
        const auto& complete = whole.told.connections.at(id);
        for (std::size_t i = 0; i < 2; ++i)
          ASSERT_TRUE(complete.streams[i].starts_with(connection.streams[i])) << path << size;
      }
      ASSERT_LE(cut.summary.packets, whole.summary.packets);
    }
  }
}

TEST(ReadStreams, SurvivesEveryByteBeingAnother) {
  for (const char* path : {tutorial, starttls}) {
    const Bytes file = bytes_of(read_data(path));
    for (std::size_t at = 0; at < file.size(); ++at) {
      for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
        Bytes damaged = file;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ flip);
        MemorySource source(damaged);
        Found found;
        TlsStreams streams(found);
        const CaptureSummary summary = read_streams(source, streams);
        ASSERT_EQ(found.findings.size(), summary.tcp.connections) << at;
        for (const auto& [id, finding] : found.findings)
          ASSERT_NE(finding.kind, TlsFinding::Kind::undecided) << at;
      }
    }
  }
}

// --- tshark as an oracle

std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             &::pclose);
  std::string out;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    out.append(buffer.data(), size);
  return out;
}

/// `follow,tcp,raw` prints each piece as a line of hex, those of the second end point behind a tab.
std::array<std::string, 2> streams_of_tshark(const std::string& path, std::uint64_t stream) {
  const std::string out = output_of("tshark -r '" + path + "' -q -z follow,tcp,raw," +
                                    std::to_string(stream) + " 2>/dev/null");
  std::array<std::string, 2> streams;
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find('\n', begin), out.size());
    std::string line = out.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t side = line.starts_with('\t') ? 1 : 0;
    if (const auto bytes = wire::unhex(line.substr(side))) streams[side] += wire::as_text(*bytes);
  }
  return streams;
}

TEST(ReadStreams, GivesTheBytesThatTsharkGives) {
  if (output_of("tshark --version 2>/dev/null").empty()) GTEST_SKIP() << "tshark is not installed";
  for (const char* path : {tutorial, two_connections, starttls}) {
    const Read ours = read_file(path);
    for (const auto& [id, connection] : ours.told.connections) {
      const auto theirs = streams_of_tshark(std::string(GLASSTLS_TEST_DATA) + "/" + path, id - 1);
      EXPECT_FALSE(theirs[0].empty());
      for (std::size_t i = 0; i < 2; ++i)
        EXPECT_TRUE(theirs[i] == connection.streams[i]) << path << " " << id << " " << i;
    }
  }
}

}  // namespace
}  // namespace glasstls::inspect::capture
