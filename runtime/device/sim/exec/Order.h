// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Releases and acquires: how one warp learns what others did, other than by
// barriers. An access that is ordered (volatile, relaxed, atomic) after a fence
// carries what its warp knew at the fence; whoever reads it there knows that
// after a fence of its own.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_ORDER_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_ORDER_H

#include "runtime/device/sim/exec/Access.h"

namespace gan::sim {

/// An ordered write: leaves what the last fence released; with `releases` it is
/// a fence itself. An atomic `continues` what earlier releases left there, a
/// store ends that.
void publish(Warp &warp, const Access &access, bool releases, bool continues);
/// An ordered read: takes up what is there, for the next fence; with `acquires`
/// at once.
void observe(Warp &warp, const Access &access, bool acquires);
/// A fence: what was observed is known, what is known is released.
void fence(Warp &warp, bool blockOnly);
/// The warp's clock goes on, and what it knows now is what it releases.
void release(Warp &warp, bool blockOnly);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_ORDER_H
