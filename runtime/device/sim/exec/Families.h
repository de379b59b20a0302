// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The executors by family of instructions: each gives an instruction its
// handler, from the modifiers that were matched (Forms.h).
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_FAMILIES_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_FAMILIES_H

#include "runtime/device/sim/Forms.h"

namespace gan::sim {

struct Block;

// Integer.cpp, Carry.cpp, Bits.cpp and Fields.cpp
bool selectInteger(const Match &match, Inst &inst);
bool selectMultiply(const Match &match, Inst &inst);
bool selectCarry(const Match &match, Inst &inst);
bool selectPacked(const Match &match, Inst &inst);
bool selectDot(const Match &match, Inst &inst);
bool selectLogic(const Match &match, Inst &inst);
bool selectShift(const Match &match, Inst &inst);
bool selectField(const Match &match, Inst &inst);

// Float.cpp, Rounded.cpp, Approximate.cpp, Half.cpp
bool selectFloat(const Match &match, Inst &inst);
bool selectRounded(const Match &match, Inst &inst);
bool selectMinMax(const Match &match, Inst &inst);
bool selectApproximate(const Match &match, Inst &inst);
bool selectHalf(const Match &match, Inst &inst);

// Compare.cpp, Convert.cpp, Pack.cpp, Move.cpp
bool selectSetp(const Match &match, Inst &inst);
bool selectSet(const Match &match, Inst &inst);
bool selectChoose(const Match &match, Inst &inst);
bool selectConvert(const Match &match, Inst &inst);
bool selectPack(const Match &match, Inst &inst);
bool selectMove(const Match &match, Inst &inst);
bool selectAddress(const Match &match, Inst &inst);
Handler moveHandler(unsigned bits);
Handler complementHandler();

// LoadStore.cpp, Atomic.cpp, Order.cpp, Async.cpp, Mbarrier.cpp, TensorCopy.cpp
bool selectLoad(const Match &match, Inst &inst);
bool selectStore(const Match &match, Inst &inst);
bool selectAtomic(const Match &match, Inst &inst);
bool selectFence(const Match &match, Inst &inst);
bool selectAsync(const Match &match, Inst &inst);
/// All cp.async of these lanes so far are there from now on.
void landAll(Warp &warp, const Inst &inst, uint32_t mask);
bool selectMbarrier(const Match &match, Inst &inst);
bool selectTensorCopy(const Match &match, Inst &inst);

/// The state space that an instruction names, or that of the variable in its
/// address; else Generic.
Space spaceOf(const Match &match, const Inst &inst);

// WarpSync.cpp
bool selectShuffle(const Match &match, Inst &inst);
bool selectVote(const Match &match, Inst &inst);
bool selectReduce(const Match &match, Inst &inst);
bool selectBarrier(const Match &match, Inst &inst);
bool selectNothing(const Match &match, Inst &inst);

// Mma.cpp, Tiles.cpp, Wmma.cpp, Wgmma.cpp, Proxy.cpp
bool selectMma(const Match &match, Inst &inst);
bool selectTiles(const Match &match, Inst &inst);
bool selectWmma(const Match &match, Inst &inst);
bool selectWgmma(const Match &match, Inst &inst);
/// Reports the products that nobody waited for, and warps that multiplied
/// without the others of their four.
void checkProducts(Block &block);
bool selectProxyFence(const Match &match, Inst &inst);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_FAMILIES_H
