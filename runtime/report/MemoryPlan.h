// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the arena is used for, for people.
#ifndef GAN_RUNTIME_REPORT_MEMORYPLAN_H
#define GAN_RUNTIME_REPORT_MEMORYPLAN_H

#include "runtime/base/Json.h"
#include "runtime/executable/Executable.h"

namespace gan::runtime {

/// {"arena":bytes,
///  "storage":[{"owner":"G","kind":"parameters","tensors":4,"bytes":n},...],
///  "entry":"train.0","nodes":12,
///  "boxes":[[offset,bytes,first,last,isStorage],...]}
///
/// The boxes are the buffers of the step with the most nodes, each from the
/// first node that uses it to the last; storage is there all the time. The
/// largest ones, if there are very many.
Json memoryPlan(const Executable &executable);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_MEMORYPLAN_H
