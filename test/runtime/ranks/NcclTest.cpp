// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is said where NCCL is missing or fails; what it does is shown by
// test/models/ranks.py. The library is that of
// test/runtime/device/FakeNccl.cpp.
#include "runtime/device/gpu/Nccl.h"
#include "test/runtime/ranks/ThreadRanks.h"

#include <gtest/gtest.h>

using namespace gan::runtime;
using namespace gan::test;

static Result<std::unique_ptr<nccl::Ranks>> joinAlone(const char *library) {
  MeetingPoint point(1);
  ThreadRank alone(point, 0);
  return nccl::Ranks::join(alone, library);
}

TEST(Nccl, MissingOrUnknown) {
  EXPECT_EQ(joinAlone("libgan-no-nccl.so").status().text(),
            "cuda: several ranks train on GPUs through NCCL, which cannot be "
            "loaded (libgan-no-nccl.so: cannot open shared object file: No "
            "such file or directory)");
  EXPECT_EQ(joinAlone("libm.so.6").status().text(),
            "libm.so.6: the library has no ncclGetUniqueId, so it is not NCCL");
}

TEST(Nccl, FailuresAreTold) {
  Result<std::unique_ptr<nccl::Ranks>> ranks = joinAlone(GAN_FAKE_NCCL_LIBRARY);
  ASSERT_TRUE(ranks.ok()) << ranks.status().text();
  std::byte stream[64] = {}; // that does not record
  GpuNode node;
  node.exchanges = true;
  node.arguments = {{0, 4, false}, {0, 4, true}};
  EXPECT_EQ(
      (*ranks)->queue(node, reinterpret_cast<cuda::CuStream>(stream)).text(),
      "cuda: NCCL failed in gathering: invalid usage");
}
