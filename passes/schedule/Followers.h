// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which kernel may run in the blocks of another, after it.
#ifndef GAN_PASSES_SCHEDULE_FOLLOWERS_H
#define GAN_PASSES_SCHEDULE_FOLLOWERS_H

#include "dialect/GanOps.h"

namespace gan::schedule {

/// Whether each block of `follower` needs of the results of `first` only those
/// that the same block of `first` has computed. Both are sums, over one nest in
/// one order and equally many, so that their blocks have the same outputs; and
/// `follower` reads the results of `first` at the index of its own outputs: a
/// variance after its mean.
bool canFollow(KernelOp first, KernelOp follower);

} // namespace gan::schedule

#endif // GAN_PASSES_SCHEDULE_FOLLOWERS_H
