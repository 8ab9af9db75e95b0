// What a listener cannot read as records, and records around a hole.
#include "inspect/decode/record_splitter.h"

#include <gtest/gtest.h>
#include <string>

namespace glasstls::inspect {
namespace {

using Record = RecordSplitter::Record;
using Fault = RecordSplitter::Fault;
using Unread = RecordSplitter::Unread;

RecordSplitter with(const Bytes& bytes) {
  RecordSplitter splitter;
  splitter.add(bytes);
  return splitter;
}

void expect_fault(RecordSplitter splitter, std::size_t offset, std::string_view field,
                  const std::string& reason, std::string_view section, bool is_protected = false) {
  const RecordSplitter::Next next = splitter.next(is_protected);
  const auto* fault = std::get_if<Fault>(&next);
  ASSERT_NE(fault, nullptr) << reason;
  EXPECT_EQ(fault->offset, offset);
  EXPECT_EQ(fault->field, field);
  EXPECT_EQ(fault->reason, reason);
  EXPECT_EQ(fault->section, section);
}

TEST(RecordSplitter, JudgesTheVersionBeforeTheTypeAsAnEndpointDoes) {
  expect_fault(with({99, 2, 0, 0, 1}), 1, "version",
               "the record's version is 0x0200, expected 0x03xx", "RFC 5246, 6.2.1");
  expect_fault(with({99, 3, 3, 0, 1}), 0, "type", "content type 99 is unknown", "RFC 5246, 6");
}

TEST(RecordSplitter, NamesAProtocolThatIsNotTls) {
  expect_fault(with({'G', 'E', 'T', ' ', '/'}), 1, "version",
               "the record's version is 0x4554, expected 0x03xx; the bytes look like HTTP",
               "RFC 5246, 6.2.1");
}

TEST(RecordSplitter, NamesTheHelloOfSsl2AtTheBeginningOnly) {
  expect_fault(with({0x80, 0x2e, 1, 3, 3}), 0, "type", "the bytes look like an SSL 2 ClientHello",
               "RFC 6176, 3");
  expect_fault(with({0xff, 3, 1, 0, 1}), 0, "type", "content type 255 is unknown", "RFC 5246, 6");
  RecordSplitter later = with({22, 3, 3, 0, 1, 0, 0x80, 0x2e, 1, 3, 3});
  EXPECT_TRUE(std::holds_alternative<Record>(later.next(false)));
  expect_fault(later, 1, "version", "the record's version is 0x2e01, expected 0x03xx",
               "RFC 5246, 6.2.1");
}

TEST(RecordSplitter, RefusesAFragmentOverTheLimitOfItsKind) {
  expect_fault(with({22, 3, 3, 0x40, 0x01}), 3, "length",
               "the fragment has 16385 bytes, the limit is 16384", "RFC 5246, 6.2.1");
  expect_fault(with({22, 3, 3, 0x48, 0x01}), 3, "length",
               "the fragment has 18433 bytes, the limit is 18432", "RFC 5246, 6.2.3", true);
  RecordSplitter early = with({23, 3, 3, 0x48, 0x00});  // data under no keys that are known
  EXPECT_TRUE(std::holds_alternative<std::monostate>(early.next(false)));
}

TEST(RecordSplitter, TakesAHeartbeatForARecord) {
  RecordSplitter splitter = with({24, 3, 3, 0, 1, 7});
  const RecordSplitter::Next next = splitter.next(false);
  ASSERT_TRUE(std::holds_alternative<Record>(next));
  EXPECT_EQ(std::get<Record>(next).type, heartbeat);
  EXPECT_EQ(wire::copy(std::get<Record>(next).fragment()), Bytes{7});
}

TEST(RecordSplitter, FindsTheNextRecordBehindAHole) {
  RecordSplitter splitter = with({22, 3, 3, 0, 1, 0});
  EXPECT_TRUE(std::holds_alternative<Record>(splitter.next(false)));
  splitter.gap(100);
  splitter.add(Bytes{0xaa, 0xbb, 23, 3, 3, 0, 1, 5, 23, 3, 3, 0, 1, 6});
  const RecordSplitter::Next hole = splitter.next(true);
  ASSERT_TRUE(std::holds_alternative<Unread>(hole));
  EXPECT_EQ(std::get<Unread>(hole).size, 102U);
  for (const std::uint8_t content : {std::uint8_t{5}, std::uint8_t{6}}) {
    const RecordSplitter::Next next = splitter.next(true);
    ASSERT_TRUE(std::holds_alternative<Record>(next));
    EXPECT_EQ(std::get<Record>(next).fragment()[0], content);
  }
}

}  // namespace
}  // namespace glasstls::inspect
