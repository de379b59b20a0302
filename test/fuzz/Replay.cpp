// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Gives a fuzz target every file of the folders and files that are named: the
// corpora in an ordinary test run, without libFuzzer. usage: PATH...
#include "test/fuzz/FuzzTarget.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// The most that one input may take.
static constexpr std::chrono::seconds kLimit(1);

// Whether it was done in time.
static bool replay(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(file)),
                          std::istreambuf_iterator<char>());
  Clock::time_point start = Clock::now();
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.data()),
                         bytes.size());
  if (Clock::now() - start <= kLimit)
    return true;
  std::fprintf(stderr, "%s takes more than a second\n", path.c_str());
  return false;
}

int main(int argc, char **argv) {
  int count = 0, slow = 0;
  for (int i = 1; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      slow += !replay(argv[i]);
      ++count;
      continue;
    }
    for (const fs::directory_entry &entry :
         fs::recursive_directory_iterator(argv[i]))
      if (entry.is_regular_file()) {
        slow += !replay(entry.path());
        ++count;
      }
  }
  std::printf("%d inputs replayed\n", count);
  return count == 0 || slow != 0;
}
