#include "inspect/capture/tls_shapes.h"

#include <gtest/gtest.h>

#include "tests/inspect/capture/hellos.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;

View view(const std::string& text) { return wire::as_bytes(text); }

TEST(TlsShapes, KnowARecordByItsHeader) {
  const std::string good = alert();
  EXPECT_EQ(match_record(view(good)), Match::yes);
  EXPECT_EQ(record_size(view(good)), good.size());
  for (std::size_t size = 0; size < 5; ++size)
    EXPECT_EQ(match_record(view(good).first(size)), Match::perhaps) << size;
  EXPECT_EQ(match_record(view(application_data(0))), Match::yes);
}

TEST(TlsShapes, RefuseWhatIsNoRecord) {
  std::string bad = alert();
  bad[0] = 19;
  EXPECT_EQ(match_record(view(bad)), Match::no);
  bad = alert();
  bad[1] = 2;
  EXPECT_EQ(match_record(view(bad)), Match::no);
  bad = alert();
  bad[2] = 5;
  EXPECT_EQ(match_record(view(bad)), Match::no);
  bad = alert();
  bad[3] = 0x50;
  EXPECT_EQ(match_record(view(bad)), Match::no);
  EXPECT_EQ(match_record(view(record(21, ""))), Match::no);
}

TEST(TlsShapes, KnowTwoRecordsInARow) {
  const std::string two = alert() + application_data();
  EXPECT_EQ(match_records(view(two)), Match::yes);
  EXPECT_EQ(match_records(view(alert())), Match::perhaps);
  EXPECT_EQ(match_records(view(alert() + "text")), Match::no);
}

TEST(TlsShapes, KnowAHelloAnywhereByAllOfItsStart) {
  const std::string hello = client_hello();
  EXPECT_EQ(match_client_hello(view(hello), false), Match::yes);
  EXPECT_EQ(match_server_hello(view(hello), false), Match::no);
  EXPECT_EQ(match_server_hello(view(server_hello()), false), Match::yes);
  constexpr std::size_t to_session_id = 5 + 4 + 2 + 32 + 1;
  for (std::size_t size = 0; size <= hello.size(); ++size)
    EXPECT_EQ(match_client_hello(view(hello).first(size), false),
              size < to_session_id ? Match::perhaps : Match::yes)
        << size;
  for (const std::size_t at : {0U, 1U, 2U, 5U, 6U, 9U, 10U, 43U}) {
    std::string bad = hello;
    bad[at] = static_cast<char>(0x77);
    EXPECT_EQ(match_client_hello(view(bad), false), Match::no) << at;
  }
}

TEST(TlsShapes, KnowAHelloInSeveralRecords) {
  const std::string message = hello_message(1, 500);
  const std::string large = record(22, message.substr(0, 100)) + record(22, message.substr(100));
  EXPECT_EQ(match_client_hello(view(large), false), Match::yes);
  const std::string tiny = record(22, message.substr(0, 1)) + record(22, message.substr(1));
  EXPECT_EQ(match_client_hello(view(tiny), false), Match::no);
  EXPECT_EQ(match_client_hello(view(tiny), true), Match::yes);
}

TEST(TlsShapes, NeedSixBytesAtTheStart) {
  const std::string hello = client_hello();
  EXPECT_EQ(match_client_hello(view(hello).first(5), true), Match::perhaps);
  EXPECT_EQ(match_client_hello(view(hello).first(6), true), Match::yes);
}

TEST(TlsShapes, KnowTheHelloOfSsl2) {
  const std::string hello = std::string("\x80\x2c\x01\x03\x01\x00\x03\x00\x00\x00\x20", 11) +
                            std::string("\0\0\x2f", 3) + std::string(32, 'C');
  EXPECT_EQ(match_ssl2_client_hello(view(hello)), Match::yes);
  EXPECT_EQ(match_ssl2_client_hello(view(hello).first(10)), Match::perhaps);
  for (const std::size_t at : {0U, 1U, 2U, 3U, 6U, 8U, 10U}) {
    std::string bad = hello;
    bad[at] = static_cast<char>(0x05);
    EXPECT_EQ(match_ssl2_client_hello(view(bad)), Match::no) << at;
  }
}

}  // namespace
}  // namespace glasstls::inspect::capture
