#include "apps/cert/output_files.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "tests/apps/cert/scratch.h"

namespace glasstls::apps {
namespace {

OutputFile secret(const std::string& path, std::string_view text) {
  return secret_file(path, crypto::SecretBytes::copy_of(wire::as_bytes(text)));
}

std::vector<OutputFile> both(const Scratch& scratch) {
  std::vector<OutputFile> files;
  files.push_back(secret(scratch.file("key"), "secret"));
  files.push_back(public_file(scratch.file("cert"), "public"));
  return files;
}

TEST(OutputFiles, AreWrittenWithTheModesOfTheirKind) {
  const Scratch scratch;
  const mode_t mask = ::umask(022);
  write_outputs(both(scratch), false);
  ::umask(mask);
  EXPECT_EQ(scratch.read("key"), "secret");
  EXPECT_EQ(scratch.mode("key"), 0600U);
  EXPECT_EQ(scratch.read("cert"), "public");
  EXPECT_EQ(scratch.mode("cert"), 0644U);
  EXPECT_EQ(scratch.count(), 2U);
}

TEST(OutputFiles, AreNotOverwrittenAndNoneIsWrittenThen) {
  const Scratch scratch;
  scratch.write("cert", "old");
  EXPECT_EQ(refusal([&] { write_outputs(both(scratch), false); }),
            scratch.file("cert") + " exists; --force replaces it");
  EXPECT_EQ(scratch.read("cert"), "old");
  EXPECT_EQ(scratch.count(), 1U);
}

TEST(OutputFiles, ReplaceThoseThatExistByForceAndLeaveNothingElse) {
  const Scratch scratch;
  scratch.write("cert", "old");
  scratch.write("key", "old and readable by all");
  write_outputs(both(scratch), true);
  EXPECT_EQ(scratch.read("cert"), "public");
  EXPECT_EQ(scratch.read("key"), "secret");
  EXPECT_EQ(scratch.mode("key"), 0600U);
  EXPECT_EQ(scratch.count(), 2U);
}

TEST(OutputFiles, FollowALinkByForceAndKeepIt) {
  const Scratch scratch;
  scratch.write("real", "old");
  std::filesystem::create_symlink("real", scratch.file("cert"));
  write_outputs(both(scratch), true);
  EXPECT_EQ(scratch.read("real"), "public");
  EXPECT_TRUE(std::filesystem::is_symlink(scratch.file("cert")));
}

TEST(OutputFiles, RefuseADanglingLinkWithoutForce) {
  const Scratch scratch;
  std::filesystem::create_symlink("nowhere", scratch.file("cert"));
  EXPECT_EQ(refusal([&] { write_outputs(both(scratch), false); }),
            scratch.file("cert") + " exists; --force replaces it");
}

TEST(OutputFiles, AreTakenBackIfALaterOneFails) {
  const Scratch scratch;
  std::vector<OutputFile> files;
  files.push_back(public_file(scratch.file("first"), "text"));
  files.push_back(public_file(scratch.file(std::string(300, 'x')), "text"));
  EXPECT_NE(refusal([&] { write_outputs(files, false); }).find("File name too long"),
            std::string::npos);
  EXPECT_EQ(scratch.count(), 0U);
}

TEST(OutputFiles, GoToDevicesAsTheyAre) {
  std::vector<OutputFile> files;
  files.push_back(public_file("/dev/null", "text"));
  write_outputs(files, false);
  write_outputs(files, true);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(OutputFiles, MustDiffer) {
  const Scratch scratch;
  EXPECT_EQ(refusal([&] {
              check_outputs({scratch.file("a"), scratch.path() + "/./a"}, {}, true);
            }),
            scratch.path() + "/./a is named for two outputs");
  EXPECT_EQ(refusal([] {
              check_outputs({"-", "-"}, {}, true);
            }),
            "standard output is named for two outputs");
}

TEST(OutputFiles, MustNotBeInputs) {
  const Scratch scratch;
  const std::string key = scratch.write("key", "a key");
  EXPECT_EQ(refusal([&] {
              check_outputs({key},
                            {scratch.path() + "/../" +
                             std::filesystem::path(scratch.path()).filename().string() + "/key"},
                            true);
            }),
            key + " is an input of this command, and would be overwritten");
}

TEST(OutputFiles, NeedAFolderAndAreNone) {
  const Scratch scratch;
  EXPECT_EQ(refusal([&] { check_outputs({scratch.file("missing/a")}, {}, false); }),
            scratch.file("missing") + " is not a folder that exists");
  EXPECT_EQ(refusal([&] { check_outputs({scratch.path()}, {}, true); }),
            scratch.path() + " is a folder");
  EXPECT_EQ(refusal([] { check_outputs({""}, {}, true); }), "an output file's name is empty");
}

TEST(OutputFiles, LieInFoldersThatAreMade) {
  const Scratch scratch;
  make_folder(scratch.file("a/b"));
  make_folder(scratch.file("a/b"));
  EXPECT_TRUE(std::filesystem::is_directory(scratch.file("a/b")));
  const std::string file = scratch.write("file", "");
  EXPECT_EQ(refusal([&] { make_folder(file); }).substr(0, file.size()), file);
  EXPECT_EQ(refusal([] { make_folder(""); }), "the folder's name is empty");
}

}  // namespace
}  // namespace glasstls::apps
