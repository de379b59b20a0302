// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All `.gan` programs of the tree, for tests of what must hold for any of them.
#ifndef GAN_TEST_FRONTEND_CORPUS_H
#define GAN_TEST_FRONTEND_CORPUS_H

#include <string>
#include <vector>

namespace gan::test {

struct Program {
  std::string name; // its path, and its number where a file holds several
  std::string text;
};

// The programs below models/ and test/; a file of tests is parted at its lines
// "# -----".
std::vector<Program> readCorpus();

} // namespace gan::test

#endif // GAN_TEST_FRONTEND_CORPUS_H
