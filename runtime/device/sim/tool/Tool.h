// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The command gan-sim: one kernel of one PTX file, run and checked.
#ifndef GAN_RUNTIME_DEVICE_SIM_TOOL_TOOL_H
#define GAN_RUNTIME_DEVICE_SIM_TOOL_TOOL_H

#include "runtime/device/sim/Launch.h"

namespace gan::sim {

/// What an --arg says.
struct ToolArgument {
  std::string text;  // as written
  std::string role;  // "in", "inout", "out", "zeros", or a scalar's type
  std::string value; // a scalar, or the file to read
  std::string type;  // of an array that is only written: "f32"
  std::vector<uint64_t> shape;
  std::string target; // file to write, or empty
};

struct ToolOptions {
  std::string file, entry;
  LaunchShape shape;
  Options options;
  std::vector<ToolArgument> arguments;
  bool json = false;
  bool listInstructions = false;
  unsigned repeat = 0; // measure so many runs
};

extern const std::string_view kToolUsage;

/// `Usage` for what is not understood.
Result<ToolOptions> parseToolOptions(const std::vector<std::string> &words);

/// Runs the kernel and writes what is asked for to standard output. The exit
/// status: 0, or 1 where there are findings.
Result<int> runTool(const ToolOptions &options);

/// The instructions that the simulator knows, one form a line.
std::string instructionList();

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_TOOL_TOOL_H
