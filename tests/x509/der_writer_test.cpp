#include "x509/der_writer.h"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace glasstls::x509 {
namespace {

template <class Body>
std::string written(Body&& body) {
  DerWriter der;
  body(der);
  return wire::hex(std::move(der).take());
}

TEST(DerWriter, WritesLengthsInTheFewestBytes) {
  const auto header = [](std::size_t size, std::size_t bytes) {
    return written([&](DerWriter& der) { der.octet_string(Bytes(size)); }).substr(0, 2 * bytes);
  };
  EXPECT_EQ(header(0, 2), "0400");
  EXPECT_EQ(header(0x7f, 2), "047f");
  EXPECT_EQ(header(0x80, 3), "048180");
  EXPECT_EQ(header(0xff, 3), "0481ff");
  EXPECT_EQ(header(0x100, 4), "04820100");
  EXPECT_EQ(header(0xffff, 4), "0482ffff");
  EXPECT_EQ(header(0x10000, 5), "0483010000");
}

TEST(DerWriter, KeepsTheContentBehindALongLength) {
  const std::string text = written([](DerWriter& der) {
    der.sequence([&] {
      der.octet_string(Bytes(0x7f, 0xaa));
      der.boolean(true);
    });
  });
  std::string content;
  for (int i = 0; i < 0x7f; ++i) content += "aa";
  EXPECT_EQ(text, "308184047f" + content + "0101ff");
}

TEST(DerWriter, WritesIntegers) {
  const auto small = [](std::uint32_t value) {
    return written([&](DerWriter& der) { der.small_integer(value); });
  };
  EXPECT_EQ(small(0), "020100");
  EXPECT_EQ(small(1), "020101");
  EXPECT_EQ(small(0x7f), "02017f");
  EXPECT_EQ(small(0x80), "02020080");
  EXPECT_EQ(small(0xffffffff), "020500ffffffff");
  const auto magnitude = [](const Bytes& bytes) {
    return written([&](DerWriter& der) { der.unsigned_integer(bytes); });
  };
  EXPECT_EQ(magnitude({}), "020100");
  EXPECT_EQ(magnitude({0, 0, 0}), "020100");
  EXPECT_EQ(magnitude({0, 0, 0x80}), "02020080");
  EXPECT_EQ(written([](DerWriter& der) { der.integer(Bytes{0xff, 0x7f}); }), "0202ff7f");
  EXPECT_EQ(written([](DerWriter& der) {
              der.integer(Bytes{0x00, 0x80}, context(2));
            }),
            "82020080");
}

TEST(DerWriter, RefusesIntegersThatAreNotMinimal) {
  for (const Bytes& content : {Bytes{}, Bytes{0x00, 0x7f}, Bytes{0xff, 0x80}}) {
    DerWriter der;
    EXPECT_THROW(der.integer(content), std::logic_error) << wire::hex(content);
  }
}

TEST(DerWriter, WritesBooleansNullAndStrings) {
  EXPECT_EQ(written([](DerWriter& der) { der.boolean(true); }), "0101ff");
  EXPECT_EQ(written([](DerWriter& der) { der.boolean(false); }), "010100");
  EXPECT_EQ(written([](DerWriter& der) { der.null(); }), "0500");
  EXPECT_EQ(written([](DerWriter& der) { der.element(Tag::utf8_string, "test"); }), "0c0474657374");
  EXPECT_EQ(written([](DerWriter& der) { der.object_identifier(oid::basicConstraints); }),
            "0603551d13");
}

TEST(DerWriter, WritesBitStrings) {
  EXPECT_EQ(written([](DerWriter& der) { der.bit_string({Bytes{0xa0}, 5}); }), "030205a0");
  EXPECT_EQ(written([](DerWriter& der) { der.bit_string({{}, 0}); }), "030100");
  EXPECT_EQ(written([](DerWriter& der) { der.inside_bit_string([&] { der.null(); }); }),
            "0303000500");
}

TEST(DerWriter, RefusesBitStringsThatDerDoesNotHave) {
  const Bytes byte{0x01};
  for (const BitString& bits : {BitString{byte, 1}, BitString{byte, 8}, BitString{{}, 1}}) {
    DerWriter der;
    EXPECT_THROW(der.bit_string(bits), std::logic_error);
  }
}

TEST(DerWriter, LeavesOffZerosAtTheEndOfNamedBits) {
  const auto named = [](unsigned bits) {
    return written([&](DerWriter& der) { der.named_bits(static_cast<std::uint16_t>(bits)); });
  };
  EXPECT_EQ(named(0), "030100");
  EXPECT_EQ(named(1), "03020780");                  // digitalSignature
  EXPECT_EQ(named(1u << 5 | 1u << 6), "03020106");  // keyCertSign, cRLSign
  EXPECT_EQ(named(1u << 8), "0303070080");          // decipherOnly
  EXPECT_EQ(named(0xffff), "030300ffff");
}

TEST(DerWriter, SortsSets) {
  const std::string text = written([](DerWriter& der) {
    der.set_of({Bytes{0x04, 0x02, 0x01, 0x01}, Bytes{0x04, 0x01, 0x02}, Bytes{0x02, 0x01, 0x05}});
  });
  EXPECT_EQ(text,
            "310a0201050401020402"
            "0101");
  EXPECT_EQ(written([](DerWriter& der) { der.set_of({}, context_constructed(0)); }), "a000");
}

TEST(DerWriter, ChoosesTheFormOfATimeByItsYear) {
  const auto time = [](int year, int month, int day, int hour, int minute, int second) {
    DerWriter der;
    der.time(time_from(year, month, day, hour, minute, second).value());
    const Bytes bytes = std::move(der).take();
    return std::to_string(bytes[0]) + " " + std::string(wire::as_text(View(bytes).subspan(2)));
  };
  EXPECT_EQ(time(2026, 11, 23, 21, 7, 0), "23 261123210700Z");
  EXPECT_EQ(time(1950, 1, 1, 0, 0, 0), "23 500101000000Z");
  EXPECT_EQ(time(2049, 12, 31, 23, 59, 59), "23 491231235959Z");
  EXPECT_EQ(time(2050, 1, 1, 0, 0, 0), "24 20500101000000Z");
  EXPECT_EQ(time(1949, 12, 31, 23, 59, 59), "24 19491231235959Z");
  EXPECT_EQ(time(9999, 12, 31, 23, 59, 59), "24 99991231235959Z");
  EXPECT_EQ(time(0, 1, 1, 0, 0, 0), "24 00000101000000Z");
}

TEST(DerWriter, RefusesTimesWithoutAForm) {
  DerWriter der;
  const std::int64_t last = time_from(9999, 12, 31, 23, 59, 59).value().seconds;
  EXPECT_THROW(der.time(Time{last + 1}), std::logic_error);
  const std::int64_t first = time_from(0, 1, 1, 0, 0, 0).value().seconds;
  EXPECT_THROW(der.time(Time{first - 1}), std::logic_error);
}

TEST(DerWriter, RefusesAnOidThatWasNeverSet) {
  DerWriter der;
  EXPECT_THROW(der.object_identifier(Oid()), std::logic_error);
}

TEST(DerWriter, IsReadBack) {
  DerWriter der;
  der.sequence([&] {
    der.small_integer(300);
    der.inside(context_constructed(1), [&] { der.octet_string(Bytes(200)); });
  });
  const Bytes bytes = std::move(der).take();
  DerReader reader(bytes);
  reader.sequence({}, [&] {
    EXPECT_EQ(reader.small_integer({}), 300u);
    reader.inside({}, context_constructed(1),
                  [&] { EXPECT_EQ(reader.octet_string({}).size(), 200u); });
  });
  reader.finish();
  EXPECT_TRUE(reader.ok());
}

}  // namespace
}  // namespace glasstls::x509
