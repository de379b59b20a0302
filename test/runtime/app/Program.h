// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A trainer made of gan-run and the test executable, called as a user calls it.
#ifndef GAN_TEST_RUNTIME_APP_PROGRAM_H
#define GAN_TEST_RUNTIME_APP_PROGRAM_H

#include "runtime/base/File.h"
#include "runtime/format/Layout.h"
#include "test/runtime/base/Content.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

namespace gan::test {

// gan-run stands beside this test.
inline std::string runtimePath() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() /
         "gan-run";
}

class Program : public ::testing::Test {
protected:
  void SetUp() override {
    if (!__builtin_cpu_supports("x86-64-v3"))
      GTEST_SKIP() << "the processor runs neither image";
    writeTrainer("trainer", makeTables());
  }

  void writeTrainer(const char *name, format::ExecutableT tables) {
    runtime::Result<runtime::FileBytes> program =
        runtime::readFile(runtimePath(), 1 << 26);
    ASSERT_TRUE(program.ok()) << program.status().text();
    std::vector<std::byte> trainer = *program,
                           model = assemble(std::move(tables),
                                            {kernelImage(), kernelImage()});
    trainer.resize((trainer.size() + 4095) / 4096 * 4096);
    format::FileTrailer trailer = {};
    std::memcpy(trailer.magic, format::kTrailerMagic, sizeof(trailer.magic));
    trailer.offset = trainer.size();
    trailer.bytes = model.size();
    trainer.insert(trainer.end(), model.begin(), model.end());
    auto tail = std::as_bytes(std::span(&trailer, 1));
    trainer.insert(trainer.end(), tail.begin(), tail.end());
    ASSERT_TRUE(runtime::writeFile(folder / name, trainer).ok());
    std::filesystem::permissions(folder / name,
                                 std::filesystem::perms::owner_all);
  }

  // Calls the trainer in the folder; its exit status. What it says is in
  // `said`.
  int call(const std::string &words, const std::string &environment = "") {
    return run(environment + " ./trainer " + words + " >said 2>&1 </dev/null");
  }

  int run(const std::string &script) {
    std::string command = "cd " + folder.path + " && " + script;
    int status = std::system(command.c_str());
    said = contentOf(folder / "said");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  ScratchFolder folder;
  std::string said;
};

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_APP_PROGRAM_H
