// constant_time --list      tells the cases: name, what is secret, what is declassified
// constant_time NAME        runs one; under valgrind's memcheck it is watched (check.py)
#include <cstring>
#include <exception>
#include <iostream>
#include <vector>

#include "tests/constant_time/cases.h"

namespace glasstls::constant_time {
namespace {

constexpr int skipped = 77;

std::vector<Case> all_cases() {
  std::vector<Case> all;
  for (const auto& some :
       {control_cases(), symmetric_cases(), public_key_cases(), connection_cases()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

/// valgrind's processor is another than the machine's.
bool has_aes() {
  return __builtin_cpu_supports("aes") != 0 && __builtin_cpu_supports("pclmul") != 0;
}

int run(const Case& one) {
  if (one.needs_aes && !has_aes()) {
    std::cout << "skipped: this processor has no instructions for AES and carry-less products\n";
    return skipped;
  }
  one.run();
  return 0;
}

int main_of(const char* name) {
  for (const Case& one : all_cases()) {
    if (std::strcmp(name, "--list") == 0)
      std::cout << one.name << "\n  secret: " << one.secret
                << "\n  declassified: " << one.declassified << '\n';
    else if (std::strcmp(name, one.name) == 0)
      return run(one);
  }
  if (std::strcmp(name, "--list") == 0) return 0;
  std::cerr << "constant_time: there is no case " << name << '\n';
  return 2;
}

}  // namespace
}  // namespace glasstls::constant_time

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: constant_time --list | NAME\n";
    return 2;
  }
  try {
    return glasstls::constant_time::main_of(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << "constant_time: " << error.what() << '\n';
    return 1;
  }
}
