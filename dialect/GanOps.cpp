// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"

#define GET_OP_CLASSES
#include "dialect/GanOps.cpp.inc"
