// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The asynchronous proxy, by which wgmma and bulk copies reach shared memory:
// it sees what loads and stores did only behind a fence.proxy.async, of whoever
// wrote or of whoever knows that it was written.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_PROXY_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_PROXY_H

#include "runtime/device/sim/exec/Access.h"

namespace gan::sim {

/// `words` of shared memory from number `word` on were written by `warp`, not
/// by the asynchronous proxy.
void noteGenericWrite(Warp &warp, uint64_t word, unsigned words);
/// Reports the first lane whose bytes in shared memory the asynchronous proxy
/// reads without a fence since they were written.
void checkProxy(Warp &warp, const Access &access);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_PROXY_H
