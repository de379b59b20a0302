// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Order.h"
#include "test/reference/Random.h"

#include "llvm/ADT/Twine.h"

using namespace gan::reference;

// One pass of the network over i = left * side + right.
static uint64_t feistel(const Stream &order, uint64_t side, uint64_t i) {
  uint64_t left = i / side, right = i % side;
  for (uint32_t round = 0; round < 8; ++round) {
    uint64_t mixed =
        left ^ (order.at(static_cast<uint32_t>(right), round)[0] % side);
    left = right;
    right = mixed;
  }
  return left * side + right;
}

uint64_t gan::reference::recordAt(llvm::StringRef data, uint64_t seed,
                                  uint64_t count, uint64_t position) {
  uint64_t side = 1;
  while (side * side < count)
    side *= 2;
  Stream order(("order/" + data).str(), seed, /*move=*/position / count);
  uint64_t record = position % count;
  do
    record = feistel(order, side, record);
  while (record >= count);
  return record;
}
