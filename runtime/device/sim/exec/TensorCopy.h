// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Bulk copies of tensors into shared memory, which an mbarrier counts.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_TENSORCOPY_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_TENSORCOPY_H

#include "runtime/device/sim/Block.h"

namespace gan::sim {

/// The copies that the barrier at `offset` of shared memory counts are there
/// from now on.
void landBulkCopies(Block &block, uint32_t offset);

/// Reports the copies that nobody waited for.
void checkBulkCopies(Block &block);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_TENSORCOPY_H
