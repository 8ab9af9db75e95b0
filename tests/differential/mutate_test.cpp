// Inputs taken apart and put together again, and changed.
#include "tests/differential/mutate.h"

#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

#include "tests/differential/inputs.h"

namespace glasstls::differential {
namespace {

TEST(Node, OfEveryInputIsWrittenAsItWasRead) {
  for (const NamedInput& input : client_hellos())
    EXPECT_EQ(encode(read_client_hello(input.bytes)), input.bytes) << input.name;
  for (const NamedInput& input : certificates())
    EXPECT_EQ(encode(read_der(input.bytes)), input.bytes) << input.name;
}

TEST(Node, IsTakenApartToItsInnermostLengths) {
  // SEQUENCE { OCTET STRING { INTEGER 5 }, BIT STRING { NULL } }
  const Bytes der = wire::unhex("300a04030201050303000500").value();
  const Node node = read_der(der);
  ASSERT_EQ(node.children.size(), 2u);
  EXPECT_EQ(node.children[0].children.at(0).leaf, Bytes{5});
  EXPECT_EQ(node.children[1].children.at(1).head, Bytes{5});
  EXPECT_EQ(encode(node), der);
}

TEST(Node, HasLengthsThatFollowItsContent) {
  Node node = read_der(wire::unhex("300404020102").value());
  node.children[0].leaf = Bytes(200, 7);
  const Bytes longer = encode(node);
  EXPECT_EQ(wire::hex(View(longer).first(6)), "3081cb0481c8");
  node.wrong_by = -1;
  EXPECT_EQ(encode(node)[2], 0xca);
}

TEST(Node, IsNoneOfWhatIsCutShort) {
  const Bytes hello = client_hellos().front().bytes;
  for (std::size_t size = 0; size < hello.size(); ++size)
    EXPECT_THROW(read_client_hello(View(hello).first(size)), std::runtime_error) << size;
  EXPECT_THROW(read_der(wire::unhex("3004040201").value()), std::runtime_error);
}

TEST(Mutator, GivesTheSameForTheSameSeedAndElseAnother) {
  const Node node = read_client_hello(client_hellos().front().bytes);
  Mutator first("seed"), second("seed"), other("another");
  std::set<Bytes> all;
  for (int i = 0; i < 100; ++i) {
    const Bytes mutated = first.mutate(node);
    EXPECT_EQ(mutated, second.mutate(node));
    all.insert(mutated);
    all.insert(other.mutate(node));
  }
  EXPECT_GT(all.size(), 150u);
}

}  // namespace
}  // namespace glasstls::differential
