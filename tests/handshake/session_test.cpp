#include "handshake/session.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "handshake/agreement.h"
#include "tests/handshake/sessions.h"

namespace glasstls::handshake {
namespace {

using example::client_session;

Bytes encoded(const Session& session) { return wire::copy(encode_session(session).reveal()); }

/// What becomes of a session whose `change` made it impossible.
template <class Change>
bool is_refused(Change&& change) {
  Session session = client_session();
  change(session);
  return !decode_session(encoded(session)).has_value();
}

TEST(Session, IsTheSameAfterEncodingAndDecoding) {
  const Session session = client_session();
  const auto decoded = decode_session(encoded(session));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->cipher_suite, session.cipher_suite);
  EXPECT_EQ(decoded->extended_master_secret, session.extended_master_secret);
  EXPECT_TRUE(crypto::equal(decoded->master_secret, session.master_secret));
  EXPECT_EQ(decoded->group, session.group);
  EXPECT_EQ(decoded->signature_scheme, session.signature_scheme);
  EXPECT_EQ(decoded->server_name, session.server_name);
  EXPECT_EQ(decoded->context, session.context);
  EXPECT_EQ(decoded->peer_chain, session.peer_chain);
  EXPECT_EQ(decoded->verdict, session.verdict);
  EXPECT_EQ(decoded->valid_from, session.valid_from);
  EXPECT_EQ(decoded->valid_until, session.valid_until);
  EXPECT_EQ(decoded->server_end_point, session.server_end_point);
  EXPECT_EQ(decoded->ocsp_response, session.ocsp_response);
  EXPECT_EQ(decoded->signed_certificate_timestamps, session.signed_certificate_timestamps);
  EXPECT_EQ(decoded->established, session.established);
  EXPECT_EQ(decoded->expires, session.expires);
  EXPECT_EQ(decoded->session_id, session.session_id);
  EXPECT_EQ(decoded->ticket, session.ticket);
}

TEST(Session, IsTheSameWithNothingOptional) {
  Session session;
  session.cipher_suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
  session.master_secret = crypto::MasterSecret::copy_of(example::master_secret());
  session.established = session.expires = x509::Time{-5};
  const auto decoded = decode_session(encoded(session));
  ASSERT_TRUE(decoded);
  EXPECT_FALSE(decoded->extended_master_secret);
  EXPECT_TRUE(decoded->peer_chain.empty());
  EXPECT_FALSE(decoded->verdict);
  EXPECT_FALSE(decoded->valid_from);
  EXPECT_FALSE(decoded->valid_until);
  EXPECT_EQ(decoded->established, x509::Time{-5});
  EXPECT_EQ(example::description_of(*decoded), example::description_of(session));
}

TEST(Session, DoesNotDecodeWhenCutAnywhere) {
  const Bytes whole = encoded(client_session());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode_session(View(whole).first(size))) << size;
}

TEST(Session, DoesNotDecodeWithBytesLeftOver) {
  Bytes bytes = encoded(client_session());
  bytes.push_back(0);
  EXPECT_FALSE(decode_session(bytes));
}

TEST(Session, DoesNotDecodeInAnotherFormat) {
  Bytes bytes = encoded(client_session());
  for (const std::uint8_t format : Bytes{0, 2, 255}) {
    bytes.front() = format;
    EXPECT_FALSE(decode_session(bytes)) << int{format};
  }
}

TEST(Session, SurvivesAnyWrongByte) {
  Bytes bytes = encoded(client_session());
  for (std::uint8_t& byte : bytes) {
    const std::uint8_t right = byte;
    for (const std::uint8_t wrong : Bytes{0x00, 0x01, 0x7f, 0xff}) {
      byte = wrong;
      // What still decodes is encoded in exactly one way.
      const auto decoded = decode_session(bytes);
      EXPECT_TRUE(!decoded || encoded(*decoded) == bytes);
    }
    byte = right;
  }
}

TEST(Session, DoesNotDecodeWithASuiteThatWeDoNotSpeak) {
  EXPECT_TRUE(is_refused([](Session& s) { s.cipher_suite = crypto::CipherSuite{0x009c}; }));
}

TEST(Session, DoesNotDecodeIfItLivesTooLong) {
  const auto day = max_session_lifetime.count();
  EXPECT_FALSE(is_refused([&](Session& s) { s.expires.seconds = s.established.seconds + day; }));
  EXPECT_TRUE(is_refused([&](Session& s) { s.expires.seconds = s.established.seconds + day + 1; }));
}

TEST(Session, DoesNotDecodeIfItExpiresBeforeItIsEstablished) {
  EXPECT_TRUE(is_refused([](Session& s) { s.expires.seconds = s.established.seconds - 1; }));
  EXPECT_TRUE(is_refused([](Session& s) {
    s.established.seconds = INT64_MAX;
    s.expires.seconds = INT64_MIN + 1'000'000;
  }));
}

TEST(Session, DoesNotDecodeWithACertificateThatDoesNotParse) {
  const Session session = client_session();
  Bytes bytes = encoded(session);
  const View der = session.peer_chain[1].der();
  const auto at = std::search(bytes.begin(), bytes.end(), der.begin(), der.end());
  ASSERT_NE(at, bytes.end());
  *at ^= 0x01;  // no SEQUENCE any more
  EXPECT_FALSE(decode_session(bytes));
}

TEST(Session, DoesNotDecodeWithAFlagThatIsNeitherTrueNorFalse) {
  Bytes bytes = encoded(client_session());
  constexpr std::size_t extended_master_secret_offset = 1 + 48 + 2;
  ASSERT_EQ(bytes.at(extended_master_secret_offset), 1);
  bytes[extended_master_secret_offset] = 2;
  EXPECT_FALSE(decode_session(bytes));
}

TEST(Session, IsNotEncodedWithoutItsMasterSecret) {
  Session session = client_session();
  session.master_secret = crypto::MasterSecret(47);
  EXPECT_THROW(encode_session(session), std::logic_error);
}

TEST(Session, IsNotEncodedWithASessionIdThatIsTooLong) {
  Session session = client_session();
  session.session_id = Bytes(33);
  EXPECT_THROW(encode_session(session), std::logic_error);
}

TEST(Session, IsCurrentUntilItExpires) {
  const Session session = client_session();
  EXPECT_TRUE(session.is_current(session.established));
  EXPECT_TRUE(session.is_current({session.expires.seconds - 1}));
  EXPECT_FALSE(session.is_current(session.expires));
}

TEST(Session, IsCurrentOnlyWhileThePeersCertificatesAreValid) {
  Session session = client_session();
  const x509::Time now{session.established.seconds + 10};
  session.valid_from = now;
  session.valid_until = now;
  EXPECT_TRUE(session.is_current(now));
  EXPECT_FALSE(session.is_current({now.seconds - 1}));
  EXPECT_FALSE(session.is_current({now.seconds + 1}));
}

TEST(Session, DoesNotLiveLongerWhenTheClockIsSetBack) {
  const Session session = client_session();
  const auto earliest = session.expires.seconds - max_session_lifetime.count();
  EXPECT_TRUE(session.is_current({earliest}));
  EXPECT_FALSE(session.is_current({earliest - 1}));
}

TEST(Resumption, HasNames) {
  EXPECT_EQ(name_of(Resumption::none), "none");
  EXPECT_EQ(name_of(Resumption::session_id), "session_id");
  EXPECT_EQ(name_of(Resumption::ticket), "ticket");
  EXPECT_EQ(name_of(Resumption{9}), "");
}

}  // namespace
}  // namespace glasstls::handshake
