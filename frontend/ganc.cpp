// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The compiler's command line.
#include "frontend/Commands.h"
#include "models/StandardLibrary.h"

int main(int argc, char **argv) {
  std::vector<gan::frontend::LibraryText> library;
  for (const gan::LibraryFile &file : gan::getStandardLibrary())
    library.push_back({file.name, file.text});
  return gan::frontend::runCommand(argc, argv, library, /*build=*/{});
}
