// Our reading of a ClientHello against OpenSSL's, over many hellos and thousands of mutations of them.
// What both differ in is explained in tests/data/differential/client_hello.txt, line by line.
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include "handshake/codec.h"
#include "tests/differential/explained.h"
#include "tests/differential/hello_outcome.h"
#include "tests/differential/inputs.h"
#include "tests/differential/mutate.h"
#include "tests/support/data_files.h"

namespace glasstls::differential {
namespace {

constexpr std::size_t mutations_of_each = 400;

bool has_openssl_of_the_list() {
  return OPENSSL_version_major() == 3 && OPENSSL_version_minor() == 0;
}

TEST(OurParser, ReadsWhatRealClientsSend) {
  const OurServer ours;
  for (const NamedInput& input : client_hellos())
    EXPECT_TRUE(ours.judge(input.bytes).parsed) << input.name;
}

/// OpenSSL does not say which extension is "bad": the one without which it says something else.
std::string bad_extension(const NamedInput& input, const OpenSslServer& theirs) {
  Framing hello = handshake::decode<Framing>(first_message(input.bytes));
  const auto all = hello.extensions.value().list;
  for (const auto& left_out : all) {
    auto& list = hello.extensions.emplace().list;
    for (const auto& extension : all)
      if (&extension != &left_out) list.push_back(extension);
    if (theirs.judge(handshake::encode(hello)).refusal == "bad extension") continue;
    const std::string_view name = name_of(left_out.type());
    return name.empty() ? "of an unknown type" : std::string(name);
  }
  return "more than one";
}

/// The two comparisons of one input: its framing and list of extensions, then what the server does.
void compare(const NamedInput& input, const HelloOutcome& ours, HelloOutcome theirs,
             const OpenSslServer& their_server, Explained& explained) {
  const std::string shown = input.name + " " + wire::hex(input.bytes);
  if (theirs.refusal == "bad extension" && ours.parsed)
    theirs.refusal += ": " + bad_extension(input, their_server);
  if (!theirs.parsed) theirs.not_parsed = theirs.refusal;
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

TEST(ClientHelloDifference, IsExplained) {
  if (!has_openssl_of_the_list())
    GTEST_SKIP() << "the list is for OpenSSL 3.0, here is " << OpenSSL_version(OPENSSL_VERSION);
  const OurServer ours;
  const OpenSslServer theirs;
  Explained explained(test::read_data("data/differential/client_hello.txt"));
  Mutator mutator("client hellos");
  std::size_t inputs = 0, parsed = 0, answered = 0, both = 0;
  for (const NamedInput& seed : client_hellos()) {
    const Node tree = read_client_hello(seed.bytes);
    ASSERT_EQ(encode(tree), seed.bytes) << seed.name;
    for (std::size_t i = 0; i <= mutations_of_each; ++i) {
      const NamedInput input{seed.name, i == 0 ? seed.bytes : mutator.mutate(tree)};
      const HelloOutcome our_outcome = ours.judge(input.bytes);
      const HelloOutcome their_outcome = theirs.judge(input.bytes);
      compare(input, our_outcome, their_outcome, theirs, explained);
      ++inputs;
      parsed += our_outcome.parsed ? 1 : 0;
      const bool we_answered = our_outcome.answer == Answer::answered;
      answered += we_answered ? 1 : 0;
      both += we_answered && their_outcome.answer == Answer::answered ? 1 : 0;
    }
  }
  for (const std::string& fault : explained.faults()) ADD_FAILURE() << fault;
  EXPECT_EQ(fault_of_document("ClientHello", explained), "");
  // Else it is one kind of input alone that was compared.
  EXPECT_GT(parsed, inputs / 3);
  EXPECT_GT(inputs - parsed, inputs / 5);
  EXPECT_GT(answered, inputs / 5);
  EXPECT_GT(both, answered / 2);
}

}  // namespace
}  // namespace glasstls::differential
