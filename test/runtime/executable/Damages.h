// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What tests of the loader do to tables, and what it has to say.
#ifndef GAN_TEST_RUNTIME_EXECUTABLE_DAMAGES_H
#define GAN_TEST_RUNTIME_EXECUTABLE_DAMAGES_H

#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace gan::test {

/// A change of the tables, and what the loader says to it.
struct Damage {
  const char *refusal;
  std::function<void(format::ExecutableT &)> apply;
};

inline void expectRefusal(const std::vector<std::byte> &file,
                          const std::string &refusal) {
  runtime::Status status = runtime::Executable::loadBytes(file, "f").status();
  EXPECT_EQ(status.where(), "f");
  EXPECT_NE(status.sentence().find(refusal), std::string::npos)
      << "expected: " << refusal << "\nfound: " << status.text();
}

/// Of each damage alone; with `hasGpuCode` of the tables that have some.
inline void expectRefusals(const std::vector<Damage> &cases,
                           bool hasGpuCode = false) {
  std::vector<std::vector<std::byte>> images = {kernelImage(), kernelImage()};
  if (hasGpuCode)
    images.push_back(kernelPtx());
  for (const Damage &damage : cases) {
    format::ExecutableT tables = hasGpuCode ? makeGpuTables() : makeTables();
    damage.apply(tables);
    expectRefusal(assemble(std::move(tables), images), damage.refusal);
  }
}

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_EXECUTABLE_DAMAGES_H
