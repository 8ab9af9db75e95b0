#include "apps/export_request.h"

#include <gtest/gtest.h>

#include "apps/error.h"

namespace glasstls::apps {
namespace {

std::string refusal(const std::string& text) {
  try {
    parse_export(text);
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(ExportRequest, HasALabelAndALength) {
  const ExportRequest request = parse_export("EXPORTER-my label:32");
  EXPECT_EQ(request.label, "EXPORTER-my label");
  EXPECT_EQ(request.length, 32U);
  EXPECT_FALSE(request.context);
}

TEST(ExportRequest, TellsAnEmptyContextFromNone) {
  EXPECT_EQ(parse_export("a:1:").context, Bytes{});
  EXPECT_EQ(parse_export("a:1:00Ff").context, (Bytes{0x00, 0xff}));
}

TEST(ExportRequest, HasALengthWithinBounds) {
  EXPECT_EQ(parse_export("a:65535").length, 65535U);
  for (const char* length :
       {"", "0", "65536", "-1", "+1", "1x", " 1", "0x10", "99999999999999999999"})
    EXPECT_EQ(refusal(std::string("a:") + length),
              std::string("--export a:") + length + ": the length is not a number from 1 to 65535");
}

TEST(ExportRequest, IsRefusedWithoutLabelOrLength) {
  for (const char* text : {"", "a", ":32"})
    EXPECT_EQ(refusal(text),
              std::string("--export ") + text + ": expected LABEL:LENGTH or LABEL:LENGTH:CONTEXT");
}

TEST(ExportRequest, IsRefusedWithAContextThatIsNotHexadecimal) {
  for (const char* context : {"0", "xy", "00 ", "00:00"})
    EXPECT_EQ(refusal(std::string("a:1:") + context),
              std::string("--export a:1:") + context + ": the context is not hexadecimal");
}

TEST(ExportRequest, IsRefusedWithAContextThatIsTooLong) {
  const std::string longest(2 * 65'535, '0');
  EXPECT_EQ(parse_export("a:1:" + longest).context->size(), 65'535U);
  EXPECT_NE(refusal("a:1:00" + longest).find("longer than 65535 bytes"), std::string::npos);
}

}  // namespace
}  // namespace glasstls::apps
