// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Boxes of tensors, and pixels under a filter, in shared memory: each element
// against the one that plain loops find.
#include "runtime/device/sim/TensorMap.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

#include <functional>

using namespace gan::sim;

namespace {
constexpr unsigned kBytes = 1024; // of `sh`

struct Copy {
  TensorMap map; // without base and strides
  std::vector<int> coordinates, offsets;
};
} // namespace

static std::string listOf(const std::vector<int> &numbers) {
  std::string text;
  for (int number : numbers)
    text += (text.empty() ? "" : ", ") + std::to_string(number);
  return text;
}

// Thread 0 asks for the copy, all wait for it and store what came.
static std::string textOf(const Copy &copy) {
  unsigned bytes = copy.map.elementBytes * copy.map.box[0];
  for (unsigned axis = 1; axis < copy.map.rank; ++axis)
    bytes *= !copy.map.isIm2col ? copy.map.taken(axis)
             : axis == 1        ? copy.map.box[1]
                                : 1;
  std::string words = std::to_string(bytes / 4);
  std::string copied =
      "cp.async.bulk.tensor." + std::to_string(copy.map.rank) +
      "d.shared::cluster.global" + (copy.map.isIm2col ? ".im2col" : ".tile") +
      ".mbarrier::complete_tx::bytes [sh], [%rd3, {" +
      listOf(copy.coordinates) + "}], [full]" +
      (copy.map.isIm2col ? ", {" + listOf(copy.offsets) + "}" : "") + ";\n";
  return kernelText(
      ".param .u64 p, .param .u64 q, .param .align 128 .b8 m[128]",
      ".shared .align 8 .b64 full; mov.u32 %r1, %tid.x; ld.param.u64 %rd1, "
      "[p];\nmov.b64 %rd2, m; cvta.param.u64 %rd3, %rd2;\n"
      "setp.ne.u32 %p1, %r1, 0; @%p1 bra A;\n"
      "mbarrier.init.shared::cta.b64 [full], 1; fence.proxy.async;\n"
      "mbarrier.arrive.expect_tx.shared::cta.b64 %rd4, [full], " +
          std::to_string(bytes) + ";\n" + copied +
          "A: bar.sync 0;\n"
          "W: mbarrier.try_wait.parity.shared::cta.b64 %p2, [full], 0;\n"
          "@!%p2 bra W; mov.u32 %r2, sh;\n"
          "L: setp.ge.u32 %p3, %r1, " +
          words +
          "; @%p3 bra E; shl.b32 %r3, %r1, 2;\n"
          "add.u32 %r3, %r3, %r2; ld.shared.u32 %r4, [%r3];\n"
          "mad.wide.u32 %rd5, %r1, 4, %rd1; st.global.u32 [%rd5], %r4;\n"
          "add.u32 %r1, %r1, 32; bra L;\nE:");
}

// What shared memory has behind the copy, in units of elements; the tensor
// counts its elements from 1.
static std::vector<uint32_t> run(Copy copy, AsyncMode async) {
  Kernel kernel(textOf(copy), "k");
  size_t count = 1;
  for (unsigned axis = 0; axis < copy.map.rank; ++axis) {
    if (axis > 0)
      copy.map.strides[axis - 1] = count * copy.map.elementBytes;
    count *= copy.map.extents[axis];
  }
  kernel.out<std::byte>(kBytes);
  if (copy.map.elementBytes == 2) {
    std::vector<uint16_t> values(count);
    for (size_t i = 0; i < count; ++i)
      values[i] = uint16_t(i + 1);
    kernel.in(values);
  } else {
    std::vector<uint32_t> values(count);
    for (size_t i = 0; i < count; ++i)
      values[i] = uint32_t(i + 1);
    kernel.in(values);
  }
  std::memcpy(&copy.map.base, kernel.shape.parameters.data() + 8, 8);
  kernel.scalar(*encodeTensorMap(copy.map));
  kernel.options.async = async;
  kernel.options.mostInstructions = 100000;
  EXPECT_EQ(summary(kernel.run()), "");
  std::vector<uint32_t> got;
  if (copy.map.elementBytes == 4)
    return kernel.read<uint32_t>(0);
  for (uint16_t value : kernel.read<uint16_t>(0))
    got.push_back(value);
  return got;
}

// Element (0 where there is none) at these coordinates.
static uint32_t valueAt(const TensorMap &map, const std::vector<int> &at) {
  uint32_t number = 0;
  for (unsigned axis = map.rank; axis-- > 0;) {
    if (at[axis] < 0 || at[axis] >= int(map.extents[axis]))
      return 0;
    number = number * map.extents[axis] + uint32_t(at[axis]);
  }
  return number + 1;
}

static void
expectRows(const Copy &copy, unsigned rows,
           const std::function<std::vector<int>(unsigned row)> &placeOf) {
  for (AsyncMode async : {AsyncMode::Eager, AsyncMode::OnWait}) {
    std::vector<uint32_t> got = run(copy, async);
    unsigned size = copy.map.elementBytes, width = copy.map.box[0];
    for (unsigned row = 0; row < rows; ++row)
      for (unsigned i = 0; i < width; ++i) {
        std::vector<int> at = placeOf(row);
        at[0] += int(i);
        unsigned byte = (row * width + i) * size;
        // As the manual's pictures have it: rows of 64 bytes by pairs.
        if (copy.map.chunks == 4)
          byte ^= byte / 128 % 4 * 16;
        if (copy.map.chunks == 8)
          byte ^= byte / 128 % 8 * 16;
        EXPECT_EQ(got[byte / size], valueAt(copy.map, at))
            << "row " << row << ", element " << i;
      }
  }
}

TEST(TensorCopy, TurnsRowsAndFillsBorders) {
  for (int first : {16, -8, 3}) {
    Copy copy;
    copy.map = {.rank = 2, .elementBytes = 2, .chunks = 4};
    copy.map.extents[0] = 40, copy.map.extents[1] = 6;
    copy.map.box[0] = 32, copy.map.box[1] = 8;
    copy.map.steps[0] = copy.map.steps[1] = 1;
    copy.coordinates = {first, -1};
    expectRows(copy, 8, [&](unsigned row) {
      return std::vector<int>{first, int(row) - 1};
    });
  }
}

// Every second pixel of a picture, from outside of it on.
TEST(TensorCopy, TakesSteps) {
  Copy copy;
  copy.map = {.rank = 4, .elementBytes = 4, .chunks = 8};
  const uint32_t extents[] = {32, 9, 7, 2};
  const uint16_t box[] = {32, 5, 3, 1};
  const uint8_t steps[] = {1, 2, 2, 1};
  for (unsigned axis = 0; axis < 4; ++axis) {
    copy.map.extents[axis] = extents[axis];
    copy.map.box[axis] = box[axis];
    copy.map.steps[axis] = steps[axis];
  }
  copy.coordinates = {0, -1, 5, 1};
  expectRows(copy, 6, [&](unsigned row) {
    return std::vector<int>{0, -1 + 2 * int(row % 3), 5 + 2 * int(row / 3), 1};
  });
}

// A filter of 3 x 3 with a border of 1 over pictures of 7 x 5, every second
// pixel: outputs of 4 x 3. Of them 12, from the second row of the first on.
TEST(TensorCopy, FollowsAFilter) {
  Copy copy;
  copy.map = {.rank = 4, .elementBytes = 4, .isIm2col = 1};
  const uint32_t extents[] = {8, 7, 5, 2};
  for (unsigned axis = 0; axis < 4; ++axis)
    copy.map.extents[axis] = extents[axis];
  copy.map.box[0] = 8, copy.map.box[1] = 12;
  const uint8_t steps[] = {1, 2, 2, 1};
  std::copy(std::begin(steps), std::end(steps), copy.map.steps);
  for (unsigned axis : {0, 1}) {
    copy.map.lower[axis] = -1;
    copy.map.upper[axis] = -1; // the border less the other taps
  }
  for (int tapX : {0, 2})
    for (int tapY : {0, 1}) {
      copy.coordinates = {0, -1, 1, 0};
      copy.offsets = {tapX, tapY};
      expectRows(copy, 12, [&](unsigned row) {
        int position = int(row) + 4; // in outputs
        return std::vector<int>{0, position % 4 * 2 - 1 + tapX,
                                position / 4 % 3 * 2 - 1 + tapY, position / 12};
      });
    }
}

TEST(TensorMap, RefusesWhatNoDeviceTakes) {
  TensorMap good = {.rank = 2, .elementBytes = 2, .chunks = 4};
  good.extents[0] = 40, good.extents[1] = 6, good.strides[0] = 80;
  good.box[0] = 32, good.box[1] = 8, good.steps[0] = good.steps[1] = 1;
  ASSERT_TRUE(encodeTensorMap(good).ok());
  EXPECT_EQ(decodeTensorMap(encodeTensorMap(good)->data())->strides[0], 80u);
  auto refusal = [&](auto change) {
    TensorMap map = good;
    change(map);
    return encodeTensorMap(map).status().sentence();
  };
  EXPECT_EQ(refusal([](TensorMap &map) { map.base = 8; }),
            "a map of a tensor has an address that is a multiple of 16, "
            "found 8");
  EXPECT_EQ(refusal([](TensorMap &map) { map.strides[0] = 72; }),
            "a map of a tensor has strides that are multiples of 16 bytes, "
            "found 72");
  EXPECT_EQ(refusal([](TensorMap &map) { map.box[1] = 257; }),
            "a map of a tensor has boxes of 1 to 256 elements, found 257");
  EXPECT_EQ(refusal([](TensorMap &map) { map.box[0] = 64; }),
            "a map of a tensor has rows of at most the 64 bytes that its "
            "swizzle spans, found 128");
  EXPECT_EQ(refusal([](TensorMap &map) { map.steps[0] = 2; }),
            "a map of a tensor has steps of 1 to 8, and of 1 along the "
            "innermost axis, found 2");
  EXPECT_EQ(refusal([](TensorMap &map) { map.extents[1] = 0; }),
            "a map of a tensor has extents of 1 or more, found 0");
  EXPECT_EQ(refusal([](TensorMap &map) { map.box[0] = 7; }),
            "a map of a tensor has rows of a multiple of 16 bytes, found 14");
  EXPECT_EQ(refusal([](TensorMap &map) { map.rank = 6; }),
            "a map of a tensor has 1 to 5 axes, found 6");
}
