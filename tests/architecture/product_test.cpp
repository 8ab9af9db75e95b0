// The misbehaving peer of the tests is no part of the product: neither the library nor the program
// has any of it in its file.
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace glasstls::architecture {
namespace {

/// From the catalogue of faults, and from the doubles that play them.
constexpr const char* marks[] = {"announces a Certificate of 16 megabytes", "ScriptedServer",
                                 "ScriptedClient"};

std::string content_of(const char* path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Product, HasNoMisbehavingPeerInIt) {
  const std::string library = content_of(GLASSTLS_LIBRARY), program = content_of(GLASSTLS_PROGRAM);
  for (const char* mark : marks) {
    EXPECT_EQ(library.find(mark), std::string::npos) << mark;
    EXPECT_EQ(program.find(mark), std::string::npos) << mark;
  }
}

TEST(Lab, IsWhereItIs) {
  const std::string lab = content_of(GLASSTLS_LAB);
  for (const char* mark : marks) EXPECT_NE(lab.find(mark), std::string::npos) << mark;
}

}  // namespace
}  // namespace glasstls::architecture
