// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Threads.h"

#include <gtest/gtest.h>

#include <atomic>

#include <sys/resource.h>
#include <unistd.h>

using namespace gan::runtime;

TEST(Threads, AreWaitedFor) {
  std::atomic<int> done = 0;
  {
    Threads threads;
    for (int i = 0; i < 20; ++i)
      ASSERT_TRUE(threads.begin([&] { ++done; }));
    EXPECT_EQ(threads.size(), 20u);
  }
  EXPECT_EQ(done, 20);
}

// The sanitizer needs room of its own for a thread.
static constexpr bool kIsSanitized = __has_feature(address_sanitizer);

// In a process of its own, whose stacks have no place.
static void beginWithoutMemory() {
  rlimit limit = {0, 0};
  setrlimit(RLIMIT_AS, &limit);
  Threads threads;
  bool isBegun = threads.begin([] {});
  threads.join();
  _exit(isBegun ? 1 : 0);
}

TEST(ThreadsDeathTest, AreFewerWhereTheSystemRefuses) {
  if (kIsSanitized)
    GTEST_SKIP() << "the sanitizer takes more address space";
  EXPECT_EXIT(beginWithoutMemory(), ::testing::ExitedWithCode(0), "");
}
