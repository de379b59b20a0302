// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/frontend/Corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gan::test {

static void addParts(const std::filesystem::path &path,
                     std::vector<Program> &programs) {
  static constexpr char part[] = "# -----\n";
  std::ifstream file(path);
  std::stringstream whole;
  whole << file.rdbuf();
  std::string rest = whole.str();
  for (int number = 1; !rest.empty(); ++number) {
    size_t end = rest.find(part);
    programs.push_back(
        {path.string() + "#" + std::to_string(number), rest.substr(0, end)});
    rest = end == std::string::npos ? "" : rest.substr(end + sizeof(part) - 1);
  }
}

std::vector<Program> readCorpus() {
  std::vector<std::filesystem::path> paths;
  for (const char *folder : {"models", "test"})
    for (const auto &entry : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(GAN_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".gan")
        paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Program> programs;
  for (const std::filesystem::path &path : paths)
    addParts(path, programs);
  return programs;
}

} // namespace gan::test
