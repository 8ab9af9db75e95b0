#include "bench/peers/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/bench/fake_stack.h"

namespace glasstls::test {
namespace {

using bench::prove_verification;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

void expect_refusal(const Vices& vices, const char* words) {
  make_stacks_with(vices);
  EXPECT_THAT([] { static_cast<void>(prove_verification(no_files, "rsa")); },
              ThrowsMessage<std::runtime_error>(HasSubstr(words)));
}

TEST(Proof, QuotesTheThreeRefusalsOfAClientThatVerifies) {
  make_stacks_with({});
  for (const char* key : {"rsa", "p256"})
    EXPECT_THAT(prove_verification(no_files, key),
                ElementsAre(HasSubstr("a root that did not sign the chain: the certificate of"),
                            HasSubstr("not valid for other.test"),
                            HasSubstr("a spoiled signature: the signature over the server's")));
}

TEST(Proof, FailsForAClientThatTrustsAnyChain) {
  expect_refusal({.trusts_any_chain = true},
                 "the client did not refuse a root that did not sign the chain");
}

TEST(Proof, FailsForAClientThatTrustsAnyName) {
  expect_refusal({.trusts_any_name = true},
                 "the client did not refuse a certificate for another name");
}

TEST(Proof, FailsForAClientThatVerifiesWhenAllIsOver) {
  expect_refusal({.verifies_late = true}, "before it had sent its key: not trusted, after all");
}

TEST(Proof, FailsForAClientThatLeavesTheSignatureToTheServer) {
  expect_refusal({.goes_on_after_spoiled_signature = true},
                 "the client did not refuse a spoiled signature; the server ended it");
}

TEST(Proof, FailsForALaboratoryThatIsMissing) {
  make_stacks_with({});
  EXPECT_THAT([] { static_cast<void>(prove_verification("missing", "rsa")); },
              ThrowsMessage<std::runtime_error>("missing/wrong-root/rsa is missing"));
}

}  // namespace
}  // namespace glasstls::test
