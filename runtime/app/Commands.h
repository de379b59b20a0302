// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a trainer can be asked to do.
#ifndef GAN_RUNTIME_APP_COMMANDS_H
#define GAN_RUNTIME_APP_COMMANDS_H

#include "runtime/app/Arguments.h"
#include "runtime/executable/Executable.h"
#include "runtime/ranks/Ranks.h"

#include <atomic>

namespace gan::runtime {

/// What a command works with.
struct CommandContext {
  const Executable &executable;
  const Arguments &arguments;
  const std::atomic<bool> &stop; // the user asks to end early
  Communicator *ranks; // that do the same command; null: this process is alone
};

/// How the user ends a command before its time.
struct StopRequest {
  const std::atomic<bool> &isMade;
  void (*listen)(); // from now on a signal makes it, and ends nothing
};

/// What it works on: the tables of one shard as the file has them; those of all
/// shards; or those of the shards of this rank.
enum class Share : uint8_t { Tables, AllShards, Rank };

struct Command {
  const char *name;
  const char *summary;
  std::span<const OptionSpec> options;
  Status (*run)(const CommandContext &context);
  Share share = Share::Tables;
  bool endsEarly = false; // when it is asked to, with what it has
};

extern const Command kTrain;
extern const Command kSample;
extern const Command kInterpolate;
extern const Command kArithmetic;
extern const Command kNearest;
extern const Command kFeatures;
extern const Command kReconstruct;
extern const Command kEvaluate;
extern const Command kExport;
extern const Command kInfo;
extern const Command kFsck;

/// Does what `words` say, the name of a command and its options; `program` is
/// how the user calls this program, for the help. The executable is the one at
/// the end of the running program. `onLoss` is called where another rank ends
/// early.
Status runProgram(const std::string &program,
                  std::span<const std::string> words, const StopRequest &stop,
                  Watch::OnLoss onLoss);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_COMMANDS_H
