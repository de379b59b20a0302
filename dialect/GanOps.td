// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GANOPS_TD
#define GAN_DIALECT_GANOPS_TD

include "dialect/ContractionOps.td"
include "dialect/ElementwiseOps.td"
include "dialect/GameOps.td"
include "dialect/GradOps.td"
include "dialect/IndexOps.td"
include "dialect/KernelOps.td"
include "dialect/MatrixOps.td"
include "dialect/RandomOps.td"
include "dialect/ShapeOps.td"
include "dialect/ShardOps.td"

#endif // GAN_DIALECT_GANOPS_TD
