// What `glasstls cert` writes. "-" is standard output.
//
// All or nothing: a file that exists is never overwritten unless the user said --force, all targets
// are checked before any is written, and what was written is taken back if a later one fails.
// Private keys are readable by their owner alone (mode 0600) from the moment they exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/secret.h"
#include "wire/bytes.h"

namespace glasstls::apps {

enum class Access { everyone, owner };  // 0666 or 0600, less what the umask takes

struct OutputFile {
  std::string path;
  crypto::SecretBytes content;  // public content too: one type for all
  Access access = Access::everyone;
};

OutputFile public_file(std::string path, std::string_view content);
OutputFile secret_file(std::string path, crypto::SecretBytes content);

/// Makes a folder, and those above it, unless it is there. CommandError (usage).
void make_folder(const std::string& folder);

/// Whether these can be written: CommandError (usage) if one exists and `force` is not set, is a
/// folder, lies in a folder that does not exist, is named twice, or is one of the `inputs` of the
/// same command. For failing early: write_outputs() asks again.
void check_outputs(const std::vector<std::string>& paths, const std::vector<std::string>& inputs,
                   bool force);

/// Writes all. With `force` each replaces its predecessor in one step (rename), so that no reader
/// sees half a file; devices and pipes are written to as they are. CommandError (usage) for
/// whatever the system refuses.
void write_outputs(const std::vector<OutputFile>& files, bool force);

}  // namespace glasstls::apps
