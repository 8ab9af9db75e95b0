// Our reading of a ClientHello against OpenSSL's, over many hellos and thousands of mutations of them.
// What both differ in is explained in tests/data/differential/client_hello.txt, line by line.
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include "tests/differential/explained.h"
#include "tests/differential/hello_outcome.h"
#include "tests/differential/inputs.h"
#include "tests/differential/mutate.h"
#include "tests/support/data_files.h"

namespace glasstls::differential {
namespace {

constexpr std::size_t mutations_of_each = 120;

bool has_openssl_of_the_list() {
  return OPENSSL_version_major() == 3 && OPENSSL_version_minor() == 0;
}

class ClientHelloDifference : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_openssl_of_the_list())
      GTEST_SKIP() << "the list is for OpenSSL 3.0, here is " << OpenSSL_version(OPENSSL_VERSION);
  }

  OurServer ours;
  OpenSslServer theirs;
};

TEST_F(ClientHelloDifference, IsNoneOverWhatRealClientsSend) {
  for (const NamedInput& input : client_hellos()) {
    EXPECT_TRUE(ours.judge(input.bytes).parsed) << input.name;
    EXPECT_TRUE(theirs.judge(input.bytes).parsed) << input.name;
  }
}

/// The two comparisons of one input: its framing and list of extensions, then what the server does.
void compare(const NamedInput& input, const HelloOutcome& ours, const HelloOutcome& theirs,
             Explained& explained) {
  const std::string shown = input.name + " " + wire::hex(input.bytes);
  const bool whole = ours.parsed || !ours.not_parsed.empty();
  if (whole && ours.parsed != theirs.parsed)
    explained.add(
        {ours.parsed ? theirs.not_parsed : ours.not_parsed, "OpenSSL's parser", ours.parsed},
        shown);
  if (ours.answer == theirs.answer) {
    if (ours.suite != theirs.suite)
      explained.add({"another suite is chosen", "OpenSSL", true}, shown);
    return;
  }
  const bool we_accept = ours.answer != Answer::refused;
  const bool they_accept = theirs.answer != Answer::refused;
  if (we_accept && they_accept)
    explained.add({"one waits, the other answers", "OpenSSL", ours.answer == Answer::answered},
                  shown);
  else
    explained.add({we_accept ? theirs.refusal : ours.refusal, "OpenSSL", we_accept}, shown);
}

TEST_F(ClientHelloDifference, IsExplained) {
  Explained explained(test::read_data("data/differential/client_hello.txt"));
  Mutator mutator("client hellos");
  std::size_t inputs = 0, parsed = 0, answered = 0;
  for (const NamedInput& seed : client_hellos()) {
    const Node tree = read_client_hello(seed.bytes);
    ASSERT_EQ(encode(tree), seed.bytes) << seed.name;
    for (std::size_t i = 0; i <= mutations_of_each; ++i) {
      const NamedInput input{seed.name, i == 0 ? seed.bytes : mutator.mutate(tree)};
      const HelloOutcome our_outcome = ours.judge(input.bytes);
      compare(input, our_outcome, theirs.judge(input.bytes), explained);
      ++inputs;
      parsed += our_outcome.parsed ? 1 : 0;
      answered += our_outcome.answer == Answer::answered ? 1 : 0;
    }
  }
  for (const std::string& fault : explained.faults()) ADD_FAILURE() << fault;
  write_table("ClientHello", explained);
  // Else it is one kind of input alone that was compared.
  EXPECT_GT(parsed, inputs / 3);
  EXPECT_GT(inputs - parsed, inputs / 5);
  EXPECT_GT(answered, inputs / 5);
}

}  // namespace
}  // namespace glasstls::differential
