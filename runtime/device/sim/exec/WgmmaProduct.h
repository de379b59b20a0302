// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What one wgmma multiplies. Its operands are read when it is asked for and
// again when it is waited for: what others write in between is not ordered
// before the one, or not after the other.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_WGMMAPRODUCT_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_WGMMAPRODUCT_H

#include "runtime/device/sim/Block.h"

namespace gan::sim {

/// The operands of an instruction where the decoder put them.
struct WgmmaOperands {
  WgmmaOperands(const Warp &warp, const Inst &inst)
      : d(&warp.program->pool[inst.list]), a(d + inst.counts[0]),
        b(a[inst.counts[1]]), keeps(a[inst.counts[1] + 1]),
        hasDescriptor(inst.counts[1] == 1) {}
  const uint32_t *d, *a;
  Slot b, keeps;
  bool hasDescriptor; // of A
};

/// Of the shape, as Inst::aux has it.
inline unsigned columnsOf(const Inst &inst) { return inst.aux & 0xffff; }
inline unsigned stepsOf(const Inst &inst) { return inst.aux >> 16; }

/// Reports the fault of a wgmma, once.
void complainOfWgmma(Warp &warp, Fault fault, const std::string &what,
                     const std::string &advice);

/// Reads the operands, and multiplies at the one of the two times that the mode
/// says.
void computeWgmma(Warp &warp, AsyncProduct &product);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_WGMMAPRODUCT_H
