// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Processors.h"

#include <gtest/gtest.h>

#include <sched.h>
#include <thread>

using namespace gan::runtime;

// On a thread of its own, which alone is bound.
TEST(Processors, AreThoseThatOneIsBoundTo) {
  unsigned found = 0;
  std::thread bound([&] {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(sched_getcpu(), &set);
    EXPECT_EQ(sched_setaffinity(0, sizeof(set), &set), 0);
    found = availableProcessors();
  });
  bound.join();
  EXPECT_EQ(found, 1u);
  EXPECT_GE(availableProcessors(), 1u);
}
