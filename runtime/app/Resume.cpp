// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Resume.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Storage.h"

using namespace gan;
using namespace gan::runtime;

Result<std::optional<Checkpoints::Found>>
gan::runtime::findCheckpoint(const RunFolder &folder,
                             const TrainOptions &options) {
  std::optional<Checkpoints::Found> none;
  if (folder.content() == RunFolder::Content::Nothing || options.anew)
    return none;
  std::vector<Status> passedOver;
  Result<std::optional<Checkpoints::Found>> found =
      Checkpoints(folder.path()).findLatest(passedOver);
  for (const Status &problem : passedOver)
    logWarning(problem.text() +
               (found.ok() ? "; an earlier checkpoint is taken" : ""));
  if (!found.ok())
    return Status(found.status().code(),
                  found.status().sentence() +
                      "; --new begins a new run in its place",
                  found.status().where());
  if (!*found && folder.content() == RunFolder::Content::Run)
    return Status(Code::Usage,
                  "the folder holds files already, and no checkpoint to go on "
                  "from; name another one, or pass --new",
                  folder.path());
  return found;
}

RunIdentity gan::runtime::identityOf(const Executable &executable,
                                     const Device &device, const Game &game,
                                     const TrainOptions &options) {
  RunIdentity identity = identityOf(executable);
  identity.arithmetic = device.info().arithmetic;
  identity.seed = options.seed;
  for (const Dataset &data : game.data())
    identity.records.emplace_back(data.name, data.records);
  return identity;
}

Position gan::runtime::placeOf(const Manifest &manifest) {
  return {.passes = manifest.passes,
          .phaseEnds = manifest.phaseEnds,
          .rollbacks = manifest.rollbacks};
}

Status gan::runtime::goOn(const Checkpoints::Found &checkpoint,
                          const Executable &executable,
                          const TrainOptions &options, Device &device,
                          Game &game) {
  const Manifest &manifest = checkpoint.manifest;
  std::string difference =
      differenceOf(manifest.run, identityOf(executable, device, game, options));
  if (!difference.empty() && !options.acceptChanges)
    return Status(Code::Mismatch,
                  difference + "; pass --accept-changes to go on all the same, "
                               "or --new to begin a new run",
                  checkpoint.path);
  if (!difference.empty())
    logWarning(checkpoint.path + ": " + difference);
  Status status = restoreStorage(executable, device, checkpoint.path);
  return status.ok() ? game.goTo(placeOf(manifest)) : status;
}
