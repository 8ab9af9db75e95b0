#include "tests/tls/signing.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace glasstls::tls {

std::shared_ptr<handshake::Credential> keyless(const std::string& identity) {
  auto credential = test::credential(identity);
  credential->key = nullptr;
  return credential;
}

handshake::Signature signature_for(const test::Told& told, const std::string& identity) {
  const auto* wanted = told.find<SignatureWanted>();
  if (wanted == nullptr) throw std::runtime_error("no signature was asked for");
  const handshake::SignatureRequest& request = wanted->request;
  test::TestRandom random("signer");
  return {request.id, test::key_of(identity)->sign(request.scheme, request.content, random)};
}

void expect_our_fault(test::Wired& peers, std::string_view reason) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->cause, Failed::Cause::internal);
  EXPECT_EQ(failed->alert, AlertDescription::internal_error);
  EXPECT_EQ(failed->reason, reason);
  ASSERT_EQ(peers.theirs.alerts().size(), 1U);
  EXPECT_EQ(peers.theirs.alerts()[0].level, AlertLevel::fatal);
  EXPECT_EQ(peers.theirs.alerts()[0].description, AlertDescription::internal_error);
  EXPECT_TRUE(peers.ours.receive_buffer().empty());
  EXPECT_EQ(peers.ours.write(Bytes{1}), 0U);
}

}  // namespace glasstls::tls
