// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is written behind `ganc`, taken apart; and what `ganc --help` tells.
#ifndef GAN_FRONTEND_COMMANDLINE_H
#define GAN_FRONTEND_COMMANDLINE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <vector>

namespace gan::frontend {

struct CommandLine {
  enum class Command { Check, Explain, Build, Fmt, Help, Version };
  Command command = Command::Help;
  std::vector<std::string> paths;    // one; of fmt one or more
  std::vector<std::string> settings; // "width=32"
  std::string stage;                 // of --emit; empty: none
  std::string output;                // of -o; empty: not given
  std::string precision = "f32";
  std::string target = "cpu";             // cpu or cuda
  std::vector<std::string> architectures; // behind cuda: "sm_90a"
  std::string without;                    // of --without; empty: not given
  unsigned shards = 1;                    // of --shards
  bool showsLines = false;                // --lines
  bool isLibrary = false;                 // build --c-api
  std::string weights;                    // of --weights; empty: not given
  bool inPlace = false;                   // fmt -i
  bool verifyDiagnostics = false;         // for the tests

  // Whether the frontend alone prints the stage.
  bool isFrontendStage() const { return stage == "ast" || stage == "game"; }
};

// Nothing after one line on `errors` that says what is wrong.
std::optional<CommandLine> parseCommandLine(llvm::ArrayRef<const char *> words,
                                            llvm::raw_ostream &errors);
void printHelp(llvm::raw_ostream &os);

} // namespace gan::frontend

#endif // GAN_FRONTEND_COMMANDLINE_H
