// Our reading of certificates against OpenSSL's and GnuTLS's, over many and thousands of mutations of
// them. What they differ in is explained in tests/data/differential/certificate.txt, line by line.
#include <gnutls/gnutls.h>
#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <string_view>

#include "tests/differential/certificate_readers.h"
#include "tests/differential/explained.h"
#include "tests/differential/inputs.h"
#include "tests/differential/mutate.h"
#include "tests/support/data_files.h"

namespace glasstls::differential {
namespace {

constexpr std::size_t mutations_of_each = 150;

bool has_the_libraries_of_the_list() {
  return OPENSSL_version_major() == 3 && OPENSSL_version_minor() == 0 &&
         std::string_view(gnutls_check_version(nullptr)).starts_with("3.7.");
}

void compare(const NamedInput& input, const char* counterpart, const Reading& ours,
             const Reading& theirs, Explained& explained) {
  const std::string shown = input.name + " " + wire::hex(input.bytes);
  if (ours.accepted != theirs.accepted)
    explained.add({ours.accepted ? theirs.refusal : ours.refusal, counterpart, ours.accepted},
                  shown);
}

TEST(CertificateDifference, IsExplained) {
  if (!has_the_libraries_of_the_list())
    GTEST_SKIP() << "the list is for OpenSSL 3.0 and GnuTLS 3.7; here are "
                 << OpenSSL_version(OPENSSL_VERSION) << " and GnuTLS "
                 << gnutls_check_version(nullptr);
  Explained explained(test::read_data("data/differential/certificate.txt"));
  Mutator mutator("certificates");
  std::size_t inputs = 0, accepted = 0;
  for (const NamedInput& seed : certificates()) {
    const Node tree = read_der(seed.bytes);
    for (std::size_t i = 0; i <= mutations_of_each; ++i) {
      const NamedInput input{seed.name, i == 0 ? seed.bytes : mutator.mutate(tree)};
      const Reading ours = read_by_us(input.bytes);
      const Reading openssl = read_by_openssl(input.bytes);
      compare(input, "OpenSSL", ours, openssl, explained);
      compare(input, "GnuTLS", ours, read_by_gnutls(input.bytes), explained);
      if (ours.accepted && openssl.accepted && ours.key_usable != openssl.key_usable)
        explained.add({"the key cannot be used", "OpenSSL", ours.key_usable},
                      input.name + " " + wire::hex(input.bytes));
      ++inputs;
      accepted += ours.accepted ? 1 : 0;
    }
  }
  for (const std::string& fault : explained.faults()) ADD_FAILURE() << fault;
  EXPECT_EQ(fault_of_document("certificate", explained), "");
  // Else it is one kind of input alone that was compared.
  EXPECT_GT(accepted, inputs / 10);
  EXPECT_GT(inputs - accepted, inputs / 4);
}

}  // namespace
}  // namespace glasstls::differential
