#include "apps/session_file.h"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <sys/stat.h>

#include "apps/error.h"
#include "tests/apps/cert/scratch.h"
#include "tests/handshake/sessions.h"
#include "tests/platform/scratch.h"

namespace glasstls::apps {
namespace {

using handshake::Session;
using handshake::SessionCache;
using handshake::example::client_session;
using handshake::example::description_of;
using testing::HasSubstr;
using testing::Not;

constexpr x509::Time now{1'800'000'100};

void put(SessionCache& cache, Session session) {
  const Bytes key = handshake::client_session_key(session.server_name, session.context);
  cache.put(key, std::make_shared<const Session>(std::move(session)));
}

Session session_with(const std::string& name) {
  Session session = client_session();
  session.server_name = name;
  return session;
}

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class SessionFile : public testing::Test {
 protected:
  /// A file of two sessions; its lines are: first, warning, comment, session, comment, session.
  std::string written() {
    SessionCache cache(max_kept_sessions);
    put(cache, session_with("a.test"));
    put(cache, session_with("b.test"));
    EXPECT_EQ(write_sessions(path_, cache, now), 2U);
    return content(path_);
  }
  /// Why a file of that text is refused.
  std::string reading(const std::string& text) {
    SessionCache cache(max_kept_sessions);
    const std::string path = scratch_.write("damaged", text);
    const std::string reason = refusal([&] { read_sessions(path, cache); });
    return reason.starts_with(path) ? reason.substr(path.size()) : reason;
  }

  platform::ScratchDirectory scratch_;
  std::string path_ = (scratch_.path() / "sessions").string();
};

TEST_F(SessionFile, GivesBackTheSessionsThatWereWritten) {
  written();
  SessionCache cache(max_kept_sessions);
  read_sessions(path_, cache);
  EXPECT_EQ(cache.size(), 2U);
  for (const char* name : {"a.test", "b.test"}) {
    const Session expected = session_with(name);
    const auto found = cache.find(handshake::client_session_key(name, expected.context));
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(description_of(*found), description_of(expected));
  }
}

TEST_F(SessionFile, SaysWhatItIsAndThatItIsSecret) {
  const std::string text = written();
  EXPECT_TRUE(text.starts_with("glasstls sessions 1\n# SECRET: "));
  EXPECT_THAT(text, HasSubstr("# a.test, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, ticket, "
                              "until 2027-01-15 10:00:00 UTC\nsession "));
}

TEST_F(SessionFile, IsForItsOwnerOnlyEvenIfItWasNotBefore) {
  scratch_.write("sessions", "glasstls sessions 1\n");
  ASSERT_EQ(::chmod(path_.c_str(), 0644), 0);
  written();
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(SessionFile, IsReplacedInOneStepAndLeavesNothingBeside) {
  written();
  const std::ifstream reader(path_, std::ios::binary);  // has the old one open
  SessionCache none(1);
  EXPECT_EQ(write_sessions(path_, none, now), 0U);
  std::ostringstream old;
  old << reader.rdbuf();
  EXPECT_THAT(old.str(), HasSubstr("b.test"));
  EXPECT_THAT(content(path_), Not(HasSubstr("b.test")));
  const std::filesystem::directory_iterator files(scratch_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(SessionFile, LeavesOutWhatHasExpired) {
  SessionCache cache(max_kept_sessions);
  put(cache, session_with("a.test"));
  Session old = session_with("old.test");
  old.expires = now;
  put(cache, std::move(old));
  EXPECT_EQ(write_sessions(path_, cache, now), 1U);
  EXPECT_THAT(content(path_), Not(HasSubstr("old.test")));
}

TEST_F(SessionFile, WithoutSessionsIsReadAsSuch) {
  SessionCache cache(max_kept_sessions);
  write_sessions(path_, cache, now);
  read_sessions(path_, cache);
  EXPECT_EQ(cache.size(), 0U);
}

TEST_F(SessionFile, MayHaveAnyLineEndsCommentsAndEmptyLines) {
  std::string text;
  for (const char c : written()) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(reading(text + "\n\n# mine\n"), "accepted");
}

TEST_F(SessionFile, ThatIsMissingIsNamed) {
  SessionCache cache(1);
  EXPECT_EQ(refusal([&] { read_sessions("/nowhere/sessions", cache); }),
            "/nowhere/sessions: No such file or directory");
}

TEST_F(SessionFile, OfAnotherKindIsRefused) {
  const std::string reason = ", line 1: is not 'glasstls sessions 1': this is no session file";
  EXPECT_EQ(reading("-----BEGIN SSL SESSION PARAMETERS-----\n"), reason);
  EXPECT_EQ(reading("glasstls sessions 2\n"), reason);
  EXPECT_EQ(reading("\nglasstls sessions 1\n"), reason);
  EXPECT_EQ(reading(" "), reason);
}

TEST_F(SessionFile, WithALineThatIsNoSessionIsRefused) {
  EXPECT_EQ(reading(written() + "nonsense\n"), ", line 7: does not begin with 'session'");
  EXPECT_EQ(reading(written() + "session * 00\n"), ", line 7: is not base64");
}

TEST_F(SessionFile, CutAnywhereInsideASessionIsRefused) {
  const std::string text = written();
  const std::size_t line = text.rfind("\nsession ") + 1;
  for (std::size_t size = line + 1; size + 1 < text.size(); size += 11)
    ASSERT_THAT(reading(text.substr(0, size)), testing::StartsWith(", line 6: ")) << size;
}

TEST_F(SessionFile, WithAnyCharacterOfASessionChangedIsRefused) {
  std::string text = written();
  const std::size_t line = text.rfind("\nsession ") + 1;
  for (std::size_t i = line; i + 1 < text.size(); i += 23) {
    const char right = text[i];
    text[i] = right == 'A' ? 'B' : 'A';
    ASSERT_THAT(reading(text), testing::StartsWith(", line 6: ")) << i;
    text[i] = right;
  }
}

TEST_F(SessionFile, OfAnotherVersionOfASessionIsRefused) {
  // A digest that is right, over bytes that are no session.
  EXPECT_EQ(reading("glasstls sessions 1\nsession AA== "
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d\n"),
            ", line 2: holds a session that this version cannot read");
}

TEST_F(SessionFile, IsNotWrittenOverAFileOfAnotherKind) {
  const std::string key = scratch_.write("key.pem", "-----BEGIN PRIVATE KEY-----\n");
  EXPECT_EQ(refusal([&] { check_session_output(key); }),
            key + " exists and is no session file: it is not overwritten");
  EXPECT_EQ(refusal([&] { check_session_output(scratch_.write("empty", "")); }), "accepted");
  EXPECT_EQ(refusal([&] { check_session_output(path_); }), "accepted");
  written();
  EXPECT_EQ(refusal([&] { check_session_output(path_); }), "accepted");
}

TEST_F(SessionFile, IsNotWrittenWhereThereIsNoFolder) {
  EXPECT_THAT(refusal([] { check_session_output("/nowhere/sessions"); }),
              HasSubstr("/nowhere is not a folder that exists"));
  EXPECT_THAT(refusal([&] { check_session_output(scratch_.path().string()); }),
              HasSubstr("is a folder"));
}

TEST(WhyNoneFits, SaysNothingWhereThereIsNothingToSay) {
  SessionCache cache(max_kept_sessions);
  EXPECT_FALSE(why_none_fits(cache, "a.test", Bytes(32, 0xc0)));
  put(cache, session_with("a.test"));
  EXPECT_FALSE(why_none_fits(cache, "a.test", Bytes(32, 0xc0)));
}

TEST(WhyNoneFits, TellsAnotherNameFromAnotherTrust) {
  SessionCache cache(max_kept_sessions);
  put(cache, session_with("a.test"));
  EXPECT_EQ(why_none_fits(cache, "b.test", Bytes(32, 0xc0)),
            "no session is offered: none of those kept is for b.test");
  EXPECT_THAT(*why_none_fits(cache, "a.test", Bytes(32, 0xc1)),
              HasSubstr("the session kept for a.test is not offered: it was made under another "
                        "trust"));
}

}  // namespace
}  // namespace glasstls::apps
