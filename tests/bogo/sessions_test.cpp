// The shim's flags of resumption, against OpenSSL.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/bogo/openssl_peer.h"

namespace glasstls::bogo {
namespace {

/// Whether the connections after the first were resumed, as OpenSSL sees it.
Play counting_resumptions(Context context, int connections, int& resumed) {
  Play play{std::move(context), connections};
  play.talk = [&resumed](SSL* ssl, int) {
    resumed += SSL_session_reused(ssl);
    exchange_echo(ssl, "again");
    exchange_close_notify(ssl);
  };
  return play;
}

Context without_tickets(Context context) {
  SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
  return context;
}

const Words server = Words{"-server"} + identity_flags("rsa");

TEST(ShimClient, ResumesByTicketAndById) {
  for (const bool tickets : {true, false}) {
    int resumed = 0;
    Context context = openssl_server();
    if (!tickets) context = without_tickets(std::move(context));
    expect_success(
        play({"-resume-count", "2"}, counting_resumptions(std::move(context), 3, resumed)));
    EXPECT_EQ(resumed, 2);
  }
}

TEST(ShimServer, ResumesByTicketAndById) {
  for (const bool tickets : {true, false}) {
    int resumed = 0;
    Context context = openssl_client();
    if (!tickets) context = without_tickets(std::move(context));
    const Words expect{tickets ? "-expect-no-session-id" : "-expect-session-id"};
    expect_success(play(server + Words{"-resume-count", "2"} + expect,
                        counting_resumptions(std::move(context), 3, resumed)));
    EXPECT_EQ(resumed, 2);
  }
}

TEST(ShimServer, ChecksWhetherItsSessionHasAnId) {
  expect_failed_check(play(server + Words{"-expect-session-id"}, {openssl_client()}),
                      "-expect-session-id");
  expect_failed_check(play(server + Words{"-no-ticket", "-expect-no-session-id"},
                           {without_tickets(openssl_client())}),
                      "-expect-no-session-id");
}

TEST(ShimServer, WithNoTicketIssuesNone) {
  int resumed = 0;
  expect_success(play(server + Words{"-no-ticket", "-expect-session-id", "-resume-count", "1"},
                      counting_resumptions(openssl_client(), 2, resumed)));
  EXPECT_EQ(resumed, 1);  // by ID
}

TEST(ShimServer, WithNoTicketOnResumeAcceptsNone) {
  int resumed = 0;
  expect_success(
      play(server + Words{"-on-resume-no-ticket", "-resume-count", "1", "-expect-session-miss"},
           counting_resumptions(openssl_client(), 2, resumed)));
  EXPECT_EQ(resumed, 0);
}

TEST(ShimClient, WithNoTicketAsksForNone) {
  Play asked{openssl_server()};
  asked.talk = [](SSL* ssl, int) {
    EXPECT_EQ(SSL_SESSION_has_ticket(SSL_get0_session(ssl)), 0);
    exchange_close_notify(ssl);
  };
  expect_success(play({"-no-ticket"}, asked));
}

TEST(Shim, WantsResumptionUnlessAMissIsExpected) {
  Play forgetful{openssl_server(), 2};
  SSL_CTX_set_session_cache_mode(forgetful.context.get(), SSL_SESS_CACHE_OFF);
  forgetful.prepare = [](SSL* ssl, int i) {  // other keys: the first ticket cannot be opened
    unsigned char keys[80] = {static_cast<unsigned char>(i)};
    SSL_CTX_set_tlsext_ticket_keys(SSL_get_SSL_CTX(ssl), keys, sizeof keys);
  };
  expect_failed_check(play({"-resume-count", "1"}, forgetful),
                      "the handshake is resumed, or not, as it should not be");
  expect_success(play({"-resume-count", "1", "-expect-session-miss"}, forgetful));
}

TEST(Shim, RefusesAResumptionWhereAMissIsExpected) {
  expect_failed_check(play({"-resume-count", "1", "-expect-session-miss"}, {openssl_server(), 2}),
                      "the handshake is resumed, or not, as it should not be");
}

TEST(ShimClient, ChecksWhetherThereIsSomethingToResume) {
  Context context = without_tickets(openssl_server());
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  const Play nothing{std::move(context)};
  expect_success(play({"-expect-no-session"}, nothing));
  expect_failed_check(play({}, nothing), "-expect-no-session");
  expect_failed_check(play({"-expect-no-session"}, {openssl_server()}), "-expect-no-session");
}

TEST(ShimClient, CannotResumeWithoutASession) {
  Context context = without_tickets(openssl_server());
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  const Outcome outcome =
      play({"-on-initial-expect-no-session", "-resume-count", "1"}, {std::move(context)});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.error, failure_line("no session"));
}

/// OpenSSL's callback for tickets: answers `renew` on opening one.
template <bool renew>
int ticket_key(SSL*, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
               EVP_MAC_CTX* mac, int encrypt) {
  const unsigned char key[32] = {7};
  const unsigned char zeros[16] = {};
  if (encrypt == 1) {
    std::copy_n(zeros, 16, name);
    std::copy_n(zeros, 16, iv);
  }
  char digest[] = "SHA256";
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_octet_string("key", const_cast<unsigned char*>(key), sizeof key),
      OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
  EVP_MAC_CTX_set_params(mac, params);
  EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key, iv, encrypt);
  return encrypt == 0 && renew ? 2 : 1;
}

TEST(ShimClient, ChecksWhetherATicketIsRenewed) {
  const auto with = [](auto* callback) {
    Context context = openssl_server();
    SSL_CTX_set_tlsext_ticket_key_evp_cb(context.get(), callback);
    return Play{std::move(context), 2};
  };
  const Words resume{"-resume-count", "1"}, renewal{"-expect-ticket-renewal"};
  expect_success(play(resume + renewal, with(ticket_key<true>)));
  expect_success(play(resume, with(ticket_key<false>)));
  expect_failed_check(play(resume, with(ticket_key<true>)), "-expect-ticket-renewal");
  expect_failed_check(play(resume + renewal, with(ticket_key<false>)), "-expect-ticket-renewal");
}

TEST(Shim, ChecksExtendedMasterSecret) {
  const auto peer = [](bool extended) {
    Context context = openssl_server();
    if (!extended) SSL_CTX_set_options(context.get(), SSL_OP_NO_EXTENDED_MASTER_SECRET);
    return Play{std::move(context)};
  };
  expect_success(play({"-expect-extended-master-secret"}, peer(true)));
  expect_success(play({}, peer(false)));
  expect_failed_check(play({"-expect-extended-master-secret"}, peer(false)),
                      "-expect-extended-master-secret");
}

}  // namespace
}  // namespace glasstls::bogo
