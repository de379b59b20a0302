// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which tensors of a step have a part for each sample: what data and draws
// become on their way through networks, and the cotangents of that.
#ifndef GAN_PASSES_FUSION_SAMPLEAXES_H
#define GAN_PASSES_FUSION_SAMPLEAXES_H

#include "dialect/GanOps.h"

#include "llvm/ADT/DenseMap.h"

namespace gan::fusion {

/// Of the values of `function`, and of those in its kernels: the axis along
/// which samples follow each other, alone or before what a reshape joined to
/// them. Those without one belong to all samples together: parameters, their
/// gradients, statistics; and what a reshape has cut in another way.
llvm::DenseMap<mlir::Value, int64_t> sampleAxesOf(mlir::func::FuncOp function);

} // namespace gan::fusion

#endif // GAN_PASSES_FUSION_SAMPLEAXES_H
