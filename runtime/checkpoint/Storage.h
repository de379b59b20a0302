// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The storage of a game, between a device and its files.
#ifndef GAN_RUNTIME_CHECKPOINT_STORAGE_H
#define GAN_RUNTIME_CHECKPOINT_STORAGE_H

#include "runtime/base/Status.h"
#include "runtime/device/Device.h"
#include "runtime/executable/Executable.h"

#include <string>

namespace gan::runtime {

/// The files of a folder that hold the storage of a game.
inline constexpr const char *kWeightsFile = "weights.safetensors";
inline constexpr const char *kOptimizerFile = "optimizer.safetensors";

/// Writes the storage of `device` into `folder`: parameters and states of the
/// networks into `weights.safetensors`, with PyTorch's names and layouts;
/// states of optimizers into `optimizer.safetensors`. On failure each file is
/// as it was before, or, if it had been done already, new and whole.
Status saveStorage(const Executable &executable, Device &device,
                   const std::string &folder);

/// Gives the storage of `device` the values of the file at `path`, which has
/// every parameter and network state of the model and may have optimizer
/// states; storage that it does not have keeps its value. F32 becomes F64 and
/// F64 is rounded to F32 as the executable needs. Everything is checked before
/// anything is changed: `Mismatch` names what is missing, superfluous, or of
/// another shape or type, with what was expected and found, as a table where
/// there are several.
Status loadStorage(const Executable &executable, Device &device,
                   const std::string &path);

/// As `loadStorage`, for who computes outputs: optimizer states and whatever
/// else the file has besides is passed over.
Status loadNeeded(const Executable &executable, Device &device,
                  const std::string &path);

/// Gives the storage of `device` the values that the executable brings along.
/// `NotFound` where it does not.
Status loadValues(const Executable &executable, Device &device);

/// Gives back what `saveStorage` wrote into `folder`, all of it: neither file
/// may lack or add a tensor.
Status restoreStorage(const Executable &executable, Device &device,
                      const std::string &folder);

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_STORAGE_H
