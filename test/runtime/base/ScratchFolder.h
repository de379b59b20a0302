// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A folder for one test, gone after it.
#ifndef GAN_TEST_RUNTIME_BASE_SCRATCHFOLDER_H
#define GAN_TEST_RUNTIME_BASE_SCRATCHFOLDER_H

#include <filesystem>
#include <string>

#include <stdlib.h>

namespace gan::test {

class ScratchFolder {
public:
  ScratchFolder() {
    std::string name = std::filesystem::temp_directory_path() / "gan-XXXXXX";
    path = mkdtemp(name.data());
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string operator/(const std::string &name) const {
    return path + "/" + name;
  }
  std::string path;
};

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_BASE_SCRATCHFOLDER_H
