#include "bench/peers/tasks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/bench/fake_stack.h"

namespace glasstls::test {
namespace {

using bench::Laboratory;
using testing::Each;
using testing::Gt;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// What the harness says of a stack with these vices.
template <class Task>
void expect_refusal(const Vices& vices, Task&& task, const char* words) {
  make_stacks_with(vices);
  Laboratory lab(no_files);
  EXPECT_THAT([&] { static_cast<void>(task(lab)); },
              ThrowsMessage<std::runtime_error>(HasSubstr(words)));
}

TEST(HandshakeTask, TimesBothSidesOfEachHandshakeThatWasNotDisturbed) {
  make_stacks_with({});
  Laboratory lab(no_files);
  for (const bool resumed : {false, true}) {
    const auto times = time_handshakes(lab, resumed, "rsa", "x25519", 5);
    EXPECT_EQ(times.client.size() + times.dropped, 5u);
    EXPECT_EQ(times.server.size(), times.client.size());
    EXPECT_THAT(times.client, Each(Gt(0)));
    EXPECT_THAT(times.server, Each(Gt(0)));
  }
}

TEST(HandshakeTask, TakesEveryKeyAndGroup) {
  make_stacks_with({});
  Laboratory lab(no_files);
  for (const char* key : {"rsa", "p256"})
    for (const char* group : {"x25519", "secp256r1"})
      EXPECT_NO_THROW(time_handshakes(lab, false, key, group, 1)) << key << " " << group;
}

TEST(HandshakeTask, ResumesAgainWhenItIsAskedAgain) {
  make_stacks_with({});
  Laboratory lab(no_files);
  for (int i = 0; i < 3; ++i) EXPECT_NO_THROW(time_handshakes(lab, true, "rsa", "x25519", 2)) << i;
}

TEST(HandshakeTask, RefusesALibraryThatResumesNothing) {
  expect_refusal(
      {.resumes_nothing = true},
      [](Laboratory& lab) { return time_handshakes(lab, true, "rsa", "x25519", 1); },
      "in a resumed handshake the client sent ClientHello, ClientKeyExchange");
}

TEST(HandshakeTask, RefusesAClientThatSaysItVerifiedNothing) {
  expect_refusal(
      {.denies_verification = true},
      [](Laboratory& lab) { return time_handshakes(lab, false, "rsa", "x25519", 1); },
      "the client does not say that it verified chain and name");
}

TEST(HandshakeTask, IsNotBegunWithAClientThatWasNotProven) {
  expect_refusal(
      {.trusts_any_chain = true},
      [](Laboratory& lab) { return time_handshakes(lab, false, "rsa", "x25519", 1); },
      "the client did not refuse");
}

TEST(BulkTask, TimesEachRecordThatWasNotDisturbed) {
  make_stacks_with({});
  Laboratory lab(no_files);
  for (const auto task : {bench::time_seal, bench::time_open}) {
    const auto times = task(lab, 5);
    EXPECT_EQ(times.each.size() + times.dropped, 5u);
    EXPECT_THAT(times.each, Each(Gt(0)));
  }
}

TEST(BulkTask, RefusesALibraryThatMakesTwoRecords) {
  expect_refusal(
      {.seals_two_records = true}, [](Laboratory& lab) { return time_seal(lab, 1); },
      "16 KiB were not sealed as one record");
}

TEST(BulkTask, RefusesALibraryThatOpensSomethingElse) {
  expect_refusal(
      {.opens_something_else = true}, [](Laboratory& lab) { return time_open(lab, 1); },
      "a record was not opened to what was sealed");
}

TEST(MemoryTask, KeepsTheSidesApart) {
  make_stacks_with({.heap_of_client = 1000, .heap_of_server = 70, .heap_rested = 20});
  Laboratory lab(no_files);
  const auto heap = weigh_connections(lab, "rsa", 3);
  EXPECT_EQ(heap.client, 3000);
  EXPECT_EQ(heap.server, 210);
  EXPECT_EQ(heap.client_rested, 2940);
  EXPECT_EQ(heap.server_rested, 150);
}

}  // namespace
}  // namespace glasstls::test
