// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The order of records, by the rules of runtime/data/ORDER.md, written a second
// time on purpose.
#ifndef GAN_TEST_REFERENCE_ORDER_H
#define GAN_TEST_REFERENCE_ORDER_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace gan::reference {

// The record at `position` of the order of data `data`, which has `count`
// records.
uint64_t recordAt(llvm::StringRef data, uint64_t seed, uint64_t count,
                  uint64_t position);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_ORDER_H
