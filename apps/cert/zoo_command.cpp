#include "apps/cert/zoo_command.h"

#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "apps/cert/making.h"
#include "apps/cert/output_files.h"
#include "apps/cert/zoo.h"
#include "apps/options.h"
#include "platform/random.h"

namespace glasstls::apps {

namespace {

constexpr const char* examples = "  glasstls cert zoo zoo && less zoo/manifest.json\n";

struct Options {
  std::string folder;
  bool force = false;
};

ExitCode run_zoo(const Options& options) {
  const auto path = [&](const std::string& name) {
    return (std::filesystem::path(options.folder) / name).string();
  };
  make_folder(options.folder);
  check_outputs({path("manifest.json"), path("leaf-key.pem"), path("root.pem")}, {}, options.force);
  Zoo zoo = make_zoo(platform::system_random());
  std::vector<OutputFile> files;
  for (const ZooFile& file : zoo.files) files.push_back(public_file(path(file.name), file.pem));
  files.push_back(secret_file(path("leaf-key.pem"), std::move(zoo.key)));
  files.push_back(public_file(path("manifest.json"), zoo.manifest));
  write_outputs(files, options.force);
  fmt::print(stderr, "wrote {} cases to {}: {} says what each deserves, and why\n",
             zoo_cases().size(), options.folder, path("manifest.json"));
  return ExitCode::done;
}

}  // namespace

void add_zoo_command(CLI::App& cert, std::function<ExitCode()>& run) {
  CLI::App* command =
      cert.add_subcommand("zoo", "make deliberately wrong certificates, to test verifiers with");
  auto options = std::make_shared<Options>();
  set_examples(*command, examples);
  command->add_option("folder", options->folder, "where the files go; made if it is missing")
      ->required()
      ->type_name("DIR");
  add_force(*command, options->force);
  command->callback([options, &run] { run = [options] { return run_zoo(*options); }; });
}

}  // namespace glasstls::apps
