// The rules themselves, on small pieces of text: a checker that never fails checks nothing.
#include "tests/architecture/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace glasstls::architecture {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A source of that folder which obeys every rule, with these lines added.
std::string source(const std::string& folder, const std::string& lines) {
  return lines + "\nnamespace glasstls::" + folder + " {}\n";
}

TEST(Code, IsWithoutCommentsAndLiterals) {
  EXPECT_EQ(code_of("a // try\nb /* try\n */ c"), "a  \nb  \n c");
  EXPECT_EQ(code_of(R"(f("try \" try", 'x', 1'000))"), "f( ,  , 1'000)");
  EXPECT_EQ(code_of("x = R\"re(try \" // )re\"; y"), "x =  ; y");
}

TEST(Includes, AreFoundInBothForms) {
  EXPECT_THAT(includes_of("#include <vector>\n#  include \"wire/bytes.h\"  // why\n"
                          "// #include \"tls/config.h\"\n"),
              ElementsAre("<vector>", "\"wire/bytes.h\""));
}

TEST(IncludeDirections, LetUpperFoldersIncludeLowerOnes) {
  EXPECT_THAT(violations("crypto/a.cpp", source("crypto", "#include \"wire/bytes.h\"")), IsEmpty());
  EXPECT_THAT(violations("tls/a.cpp", source("tls",
                                             "#include \"record/framing.h\"\n"
                                             "#include \"handshake/client.h\"\n"
                                             "#include \"platform/clock.h\"")),
              IsEmpty());
  EXPECT_THAT(violations("tests/apps/a_test.cpp", "#include \"apps/options.h\""), IsEmpty());
  EXPECT_THAT(violations("wire/a.cpp", source("wire", "#include \"glasstls/version.h\"")),
              IsEmpty());
}

TEST(IncludeDirections, RefuseLowerFoldersIncludingUpperOnes) {
  EXPECT_THAT(violations("wire/a.cpp", source("wire", "#include \"crypto/hash.h\"")),
              ElementsAre(HasSubstr("wire/ may not include crypto/")));
  EXPECT_THAT(violations("handshake/a.cpp", source("handshake", "#include \"tls/config.h\"")),
              ElementsAre(HasSubstr("handshake/ may not include tls/")));
  EXPECT_THAT(violations("x509/a.cpp", source("x509", "#include <glasstls/platform/clock.h>")),
              ElementsAre(HasSubstr("x509/ may not include platform/")));
}

TEST(IncludeDirections, KeepRecordAndHandshakeApart) {
  EXPECT_THAT(violations("record/a.cpp", source("record", "#include \"handshake/client.h\"")),
              ElementsAre(HasSubstr("record/ may not include handshake/")));
  EXPECT_THAT(violations("handshake/a.cpp", source("handshake", "#include \"record/framing.h\"")),
              ElementsAre(HasSubstr("handshake/ may not include record/")));
}

TEST(IncludeDirections, RefuseIncludingPrograms) {
  EXPECT_THAT(violations("tls/a.cpp", source("tls", "#include \"apps/options.h\"")),
              ElementsAre(HasSubstr("tls/ may not include apps/")));
  EXPECT_THAT(violations("tests/a.cpp", "#include \"bench/a.h\""),
              ElementsAre(HasSubstr("bench/ and tests/bench/ only")));
  EXPECT_THAT(violations("bench/a.cpp", "#include \"apps/options.h\""),
              ElementsAre(HasSubstr("bench/ may not include apps/")));
}

TEST(IncludeDirections, LetBenchmarksUseTheServerDoubleOfTheTests) {
  EXPECT_THAT(violations("bench/a.cpp", "#include \"tests/support/peers.h\""), IsEmpty());
  EXPECT_THAT(violations("tests/bench/a.cpp", "#include \"bench/a.h\""), IsEmpty());
}

TEST(IncludeDirections, RefuseIncludesThatDoNotStartAtTheRoot) {
  EXPECT_THAT(violations("wire/a.cpp", source("wire", "#include \"bytes.h\"")),
              ElementsAre(HasSubstr("not written from the repository's root")));
}

TEST(TheAdversary, IsForTestsOnly) {
  const std::string line = "#include \"tests/adversary/fault.h\"";
  EXPECT_THAT(violations("tests/adversary/lab/main.cpp", line), IsEmpty());
  EXPECT_THAT(violations("bench/a.cpp", line), ElementsAre(HasSubstr("for tests only")));
  for (const char* folder : {"tls", "handshake"})
    EXPECT_THAT(violations(std::string(folder) + "/a.cpp", source(folder, line)),
                Contains(HasSubstr("for tests only")));
  EXPECT_THAT(violations("apps/a.cpp", line), Contains(HasSubstr("may not include tests/")));
}

TEST(CryptoPP, IsForTheSourcesOfCryptoOnly) {
  const std::string line = "#include <cryptopp/sha.h>";
  EXPECT_THAT(violations("crypto/hash.cpp", source("crypto", line)), IsEmpty());
  EXPECT_THAT(violations("crypto/hash.h", source("crypto", "#pragma once\n" + line)),
              ElementsAre(HasSubstr("crypto/*.cpp")));
  EXPECT_THAT(violations("record/a.cpp", source("record", line)),
              ElementsAre(HasSubstr("crypto/*.cpp")));
  EXPECT_THAT(violations("tests/a.cpp", "#include <crypto++/sha.h>"),
              ElementsAre(HasSubstr("crypto/*.cpp")));
}

TEST(Sockets, AreForProgramsOnly) {
  EXPECT_THAT(violations("apps/a.cpp", "#include <asio.hpp>"), IsEmpty());
  EXPECT_THAT(violations("tests/interop/a.cpp", "#include <sys/socket.h>"), IsEmpty());
  for (const char* line : {"#include <asio.hpp>", "#include <asio/ip/tcp.hpp>",
                           "#include <sys/socket.h>", "#include <netinet/in.h>"})
    EXPECT_THAT(violations("platform/a.cpp", source("platform", line)),
                ElementsAre(HasSubstr("sockets belong")))
        << line;
}

TEST(TheSystem, IsForPlatformAndAbove) {
  EXPECT_THAT(violations("platform/a.cpp", source("platform", "#include <fstream>")), IsEmpty());
  for (const char* line : {"#include <fstream>", "#include <random>", "#include <sys/random.h>"})
    EXPECT_THAT(violations("tls/a.cpp", source("tls", line)),
                ElementsAre(HasSubstr("platform/ and above")))
        << line;
  EXPECT_THAT(violations("crypto/a.cpp", source("crypto", "#include <cryptopp/osrng.h>")),
              ElementsAre(HasSubstr("platform/ and above")));
}

TEST(Files, AreForPlatformAndAbove) {
  EXPECT_THAT(violations("x509/a.cpp", source("x509", "auto f = std::fopen(name, mode);")),
              ElementsAre(HasSubstr("platform/ and above")));
  EXPECT_THAT(violations("tls/a.cpp", source("tls", "std::cerr << text;")),
              ElementsAre(HasSubstr("platform/ and above")));
  EXPECT_THAT(violations("x509/a.cpp", source("x509", "std::snprintf(text, size, form);")),
              IsEmpty());
}

TEST(TheClock, IsReadInPlatformAndAbove) {
  const std::string line = "auto t = std::chrono::system_clock::now();";
  EXPECT_THAT(violations("platform/a.cpp", source("platform", line)), IsEmpty());
  EXPECT_THAT(violations("x509/a.cpp", source("x509", line)),
              ElementsAre(HasSubstr("the clock is read")));
}

TEST(TryBlocks, AreForTlsTheDissectorAndProgramsOnly) {
  const std::string line = "void f() { try { g(); } catch (...) {} }";
  EXPECT_THAT(violations("tls/a.cpp", source("tls", line)), IsEmpty());
  EXPECT_THAT(violations("apps/a.cpp", line), IsEmpty());
  EXPECT_THAT(violations("inspect/dissect/dissect.cpp", source("inspect", line)), IsEmpty());
  for (const char* path : {"inspect/a.cpp", "inspect/dissect/forms.cpp", "inspect/dissect/a.cpp"})
    EXPECT_THAT(violations(path, source("inspect", line)),
                ElementsAre(HasSubstr("tls/ and the dissector")))
        << path;
  EXPECT_THAT(violations("handshake/a.cpp", source("handshake", line)),
              ElementsAre(HasSubstr("the library's try blocks are at its two edges")));
  EXPECT_THAT(violations("handshake/a.cpp", source("handshake", "int retry; // try again")),
              IsEmpty());
}

TEST(Json, StaysOutOfLibraryHeaders) {
  const std::string line = "#include <nlohmann/json.hpp>";
  EXPECT_THAT(violations("inspect/a.cpp", source("inspect", line)), IsEmpty());
  EXPECT_THAT(violations("inspect/a.h", source("inspect", "#pragma once\n" + line)),
              ElementsAre(HasSubstr("nlohmann_json")));
  EXPECT_THAT(violations("tls/a.cpp", source("tls", line)),
              ElementsAre(HasSubstr("nlohmann_json")));
}

TEST(Renderers, KnowTheDocumentAndTheCatalogueOnly) {
  const std::string good =
      source("inspect", "#include \"inspect/document.h\"\n#include \"inspect/words/catalogue.h\"");
  const std::string bad = source("inspect", "#include \"handshake/messages.h\"");
  EXPECT_THAT(violations("inspect/terminal/fields.cpp", good), IsEmpty());
  EXPECT_THAT(violations("inspect/terminal/fields.cpp", bad),
              ElementsAre(HasSubstr("a renderer knows")));
  EXPECT_THAT(violations("inspect/openssl/records.cpp", bad),
              ElementsAre(HasSubstr("a renderer knows")));
  EXPECT_THAT(violations("inspect/make_document.cpp", bad), IsEmpty());
}

TEST(Headers, BeginWithPragmaOnce) {
  EXPECT_THAT(violations("wire/a.h", source("wire", "")), ElementsAre(HasSubstr("#pragma once")));
}

TEST(Namespaces, FollowFolders) {
  EXPECT_THAT(violations("wire/a.cpp", source("crypto", "")),
              ElementsAre(HasSubstr("glasstls::wire is missing")));
}

TEST(Folders, MustBeKnown) {
  EXPECT_THAT(violations("util/a.cpp", ""), ElementsAre(HasSubstr("util/ is not known")));
}

TEST(CMakeLists, NamesEverySource) {
  EXPECT_THAT(unlisted("target_sources(glasstls PRIVATE a.cpp kernels/b.cpp)\n",
                       {"a.cpp", "b.cpp", "kernels/b.cpp"}),
              ElementsAre("b.cpp"));
}

}  // namespace
}  // namespace glasstls::architecture
