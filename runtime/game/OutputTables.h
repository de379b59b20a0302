// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tables say of the outputs of a model, and of the data they read.
#ifndef GAN_RUNTIME_GAME_OUTPUTTABLES_H
#define GAN_RUNTIME_GAME_OUTPUTTABLES_H

#include "runtime/executable/Executable.h"

#include <optional>
#include <string_view>
#include <vector>

namespace gan::runtime {

/// Indices of the entries of kind Output.
std::vector<uint32_t> outputEntries(const Executable &executable);

/// The binding of what such an entry computes.
const format::Binding &outputOf(const format::Entry &entry);

/// The shape of one sample of it: the first axis is the batch, and a single
/// number is a batch of one.
std::vector<uint64_t> sampleShape(const format::Binding &output);

/// The field of a data by what inputs call it, "photos.x"; null where there is
/// none.
const format::DataField *findField(const format::Executable &tables,
                                   std::string_view name);

/// What an output reads of its own shape: the number of that input among those
/// of kind Data.
struct OwnInput {
  size_t number;
  const format::DataField *field;
};
/// The first such input of an entry of kind Output, if it has one.
std::optional<OwnInput> findOwnInput(const format::Executable &tables,
                                     const format::Entry &entry);

/// The inputs of kind Draw, in their order.
std::vector<const format::Binding *> drawInputs(const format::Entry &entry);

/// The number among these of the first that chooses among classes, if one does.
std::optional<size_t> findChoice(const format::Entry &entry);

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_OUTPUTTABLES_H
