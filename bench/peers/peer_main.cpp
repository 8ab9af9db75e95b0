// peer_X LAB: answers the commands on standard input, until `quit` or its end.
#include <cstdio>
#include <iostream>
#include <string>

#include "bench/peers/driver.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s LAB (a folder that bench/peers/README.md describes)\n",
                 argv[0]);
    return 2;
  }
  glasstls::bench::Laboratory lab(argv[1]);
  for (std::string line; std::getline(std::cin, line) && line != "quit";)
    std::cout << glasstls::bench::answer(lab, line) << std::endl;
  return std::cout ? 0 : 1;
}
