// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// wgmma on operands in every layout that a descriptor can name, against plain
// sums of small integers, which are exact.
#include "runtime/device/sim/Numbers.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;

namespace {
/// How an operand of `rows` x `k` elements lies in shared memory.
struct Layout {
  unsigned swizzle; // bytes: 0, 32, 64, 128
  bool acrossK;
};

struct Case {
  const char *type; // "bf16", "f16", "tf32"
  unsigned columns;
  Layout a, b;
};
} // namespace

static unsigned bytesOf(const Case &c) {
  return std::string_view(c.type) == "tf32" ? 4 : 2;
}

// Where byte `byte` of line `line` of a tile lies whose lines are as long as
// the swizzle: as the pictures of the PTX manual show it, by chunk and line.
static unsigned turned(unsigned swizzle, unsigned line, unsigned byte) {
  unsigned chunk = byte / 16;
  if (swizzle == 128)
    chunk ^= line % 8;
  else if (swizzle == 64)
    chunk ^= line / 2 % 4;
  else if (swizzle == 32)
    chunk ^= line / 4 % 2;
  return chunk * 16 + byte % 16;
}

// Byte offset of an element, and the distances that a descriptor has to name.
// Along k: tiles of 8 rows by `swizzle` bytes of k, one behind the other for
// rows, then for k. Across: tiles of `swizzle` bytes of rows by 8 steps.
static unsigned offsetOf(const Layout &layout, unsigned rows, unsigned size,
                         unsigned row, unsigned k) {
  unsigned width = std::max(16u, layout.swizzle);
  unsigned slow = layout.acrossK ? k : row, fast = layout.acrossK ? row : k;
  unsigned across = fast * size / width, down = slow / 8;
  unsigned lines = layout.acrossK ? 2 : rows / 8; // tiles one behind the other
  return (across * lines + down) * 8 * width + slow % 8 * width +
         turned(layout.swizzle, slow, fast * size % width);
}

static uint64_t descriptor(const Layout &layout, unsigned rows,
                           unsigned start) {
  uint64_t width = std::max(16u, layout.swizzle), tile = 8 * width;
  uint64_t down = tile, across = (layout.acrossK ? 2 : rows / 8) * tile;
  bool exchanged = layout.swizzle == 0 && layout.acrossK;
  uint64_t stride = exchanged ? across : down;
  uint64_t leading = exchanged ? down : across;
  uint64_t mode = layout.swizzle == 128  ? 1
                  : layout.swizzle == 64 ? 2
                  : layout.swizzle == 32 ? 3
                                         : 0;
  return start >> 4 | leading >> 4 << 16 | stride >> 4 << 32 | mode << 62;
}

static std::vector<int> numbers(size_t count, int seed) {
  std::vector<int> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] = int((i * 7919 + size_t(seed) * 104729) % 31) - 15;
  return values;
}

static uint32_t encoded(const Case &c, int value) {
  float real = float(value);
  if (bytesOf(c) == 4)
    return bitsOf(real);
  return std::string_view(c.type) == "f16" ? floatToHalf(real)
                                           : floatToBfloat(real);
}

static void put(std::vector<uint8_t> &memory, const Case &c,
                const Layout &layout, unsigned rows, unsigned k, unsigned start,
                const std::vector<int> &values) {
  for (unsigned row = 0; row < rows; ++row)
    for (unsigned i = 0; i < k; ++i) {
      uint32_t bits = encoded(c, values[row * k + i]);
      std::memcpy(&memory[start + offsetOf(layout, rows, bytesOf(c), row, i)],
                  &bits, bytesOf(c));
    }
}

static constexpr unsigned kShared = 32768, kStartB = 16384;

// 128 threads copy the image of shared memory, multiply twice (the second time
// onto the first) and store their registers.
static std::string textOf(const Case &c) {
  std::string registers;
  for (unsigned i = 0; i < c.columns / 2; ++i)
    registers += (i ? ", %d" : "%d") + std::to_string(i);
  std::string shape = ".m64n" + std::to_string(c.columns) + "k" +
                      std::to_string(32 / bytesOf(c));
  std::string type = "." + std::string(c.type);
  std::string turns;
  if (bytesOf(c) == 2)
    turns = std::string(c.a.acrossK ? ", 1" : ", 0") +
            (c.b.acrossK ? ", 1" : ", 0");
  std::string product = "wgmma.mma_async.sync.aligned" + shape + ".f32" + type +
                        type + " {" + registers + "}, %rd10, %rd11, ";
  std::string text =
      ".version 8.0\n.target sm_90a\n.address_size 64\n"
      ".visible .entry k(.param .u64 p, .param .u64 z, .param .u64 a, "
      ".param .u64 b)\n{\n.reg .b32 %r<32>; .reg .b64 %rd<32>; .reg .pred "
      "%p<8>; .reg .f32 %d<128>;\n.shared .align 1024 .b8 sh[32768];\n"
      "mov.u32 %r1, %tid.x; ld.param.u64 %rd1, [p]; ld.param.u64 %rd2, [z];\n"
      "ld.param.u64 %rd10, [a]; ld.param.u64 %rd11, [b];\n"
      "shl.b32 %r2, %r1, 2; mov.u32 %r3, sh; add.u32 %r3, %r3, %r2;\n"
      "cvt.u64.u32 %rd3, %r2; add.u64 %rd1, %rd1, %rd3; mov.u32 %r4, 0;\n"
      "L: ld.global.u32 %r5, [%rd1]; st.shared.u32 [%r3], %r5;\n"
      "add.u64 %rd1, %rd1, 512; add.u32 %r3, %r3, 512; add.u32 %r4, %r4, 1;\n"
      "setp.lt.u32 %p1, %r4, 64; @%p1 bra L;\n"
      "fence.proxy.async.shared::cta; bar.sync 0;\n"
      "setp.ne.u32 %p2, %r1, %r1; setp.eq.u32 %p3, %r1, %r1;\n"
      "wgmma.fence.sync.aligned;\n" +
      product + "%p2, 1, 1" + turns + ";\n" + product + "%p3, -1, 1" + turns +
      ";\n" + product + "%p3, -1, -1" + turns +
      ";\nwgmma.commit_group.sync.aligned;\nwgmma.wait_group.sync.aligned 0;\n"
      "add.u64 %rd2, %rd2, %rd3;\n";
  for (unsigned i = 0; i < c.columns / 2; ++i)
    text += "st.global.f32 [%rd2+" + std::to_string(512 * i) + "], %d" +
            std::to_string(i) + ";\n";
  return text + "ret;\n}\n";
}

static void check(const Case &c) {
  SCOPED_TRACE(std::string(c.type) + " n" + std::to_string(c.columns) +
               " swizzles " + std::to_string(c.a.swizzle) + " " +
               std::to_string(c.b.swizzle));
  unsigned k = 32 / bytesOf(c);
  std::vector<int> a = numbers(64 * k, 1), b = numbers(c.columns * k, 2);
  std::vector<uint8_t> memory(kShared);
  put(memory, c, c.a, 64, k, 0, a);
  put(memory, c, c.b, c.columns, k, kStartB, b);
  for (AsyncMode mode : {AsyncMode::Eager, AsyncMode::OnWait}) {
    Kernel kernel(textOf(c), "k");
    kernel.options.async = mode;
    kernel.in(memory).out<float>(64 * c.columns).block({128, 1, 1});
    constexpr unsigned sh = 1024; // the first shared variable
    kernel.scalar(descriptor(c.a, 64, sh));
    kernel.scalar(descriptor(c.b, c.columns, sh + kStartB));
    EXPECT_EQ(summary(kernel.run()), "");
    std::vector<float> got = kernel.read<float>(1);
    for (unsigned row = 0; row < 64; ++row)
      for (unsigned column = 0; column < c.columns; ++column) {
        int sum = 0;
        for (unsigned i = 0; i < k; ++i)
          sum += a[row * k + i] * b[column * k + i];
        unsigned lane = row % 8 * 4 + column % 8 / 2;
        unsigned i = column / 8 * 4 + row / 8 % 2 * 2 + column % 2;
        // sum - sum + sum
        ASSERT_EQ(got[i * 128 + row / 16 * 32 + lane], float(sum))
            << row << " " << column;
      }
  }
}

TEST(Wgmma, ReadsEveryLayoutAlongK) {
  for (unsigned swizzle : {0u, 32u})
    for (const char *type : {"bf16", "f16", "tf32"})
      check({type, 64, {swizzle, false}, {swizzle, false}});
  check({"bf16", 8, {32, false}, {0, false}});
  check({"tf32", 256, {0, false}, {32, false}});
}

// A tile is 64 or 128 bytes of k wide, so that one step is a part of it.
TEST(Wgmma, ReadsPartsOfWideTiles) {
  for (unsigned swizzle : {64u, 128u})
    for (const char *type : {"bf16", "tf32"})
      check({type, 128, {swizzle, false}, {swizzle, false}});
}

TEST(Wgmma, ReadsEveryLayoutAcrossK) {
  for (unsigned swizzle : {0u, 32u, 64u, 128u}) {
    check({"bf16", 64, {swizzle, true}, {swizzle, true}});
    check({"f16", 128, {swizzle, true}, {swizzle, false}});
  }
}

static std::string refusal(const std::string &instruction) {
  std::string text = refusalOf(kernelText("", instruction + ";"), "k");
  return text.substr(0, text.find('\''));
}

TEST(Wgmma, RefusesWhatDoesNotExist) {
  std::string product = "wgmma.mma_async.sync.aligned.";
  std::string d = " {%f0, %f1, %f2, %f3}, ";
  std::string none = "k.ptx:10: there is no such combination of modifiers: ";
  std::string unknown =
      "k.ptx:10: the simulator knows no such form of this instruction: ";
  EXPECT_EQ(refusal(product + "m64n8k16.f32.bf16.bf16" + d +
                    "%rd1, %rd2, %p1, 1, 1, 0, 0"),
            "ok");
  EXPECT_EQ(refusal(product + "m64n8k8.f32.tf32.tf32" + d +
                    "{%r1, %r2, %r3, %r4}, %rd2, %p1, 1, 1"),
            "ok");
  EXPECT_EQ(refusal(product + "m64n8k8.f32.tf32.tf32" + d +
                    "%rd1, %rd2, %p1, 1, 1, 0, 0"),
            none);
  EXPECT_EQ(refusal(product + "m64n8k16.f32.bf16.bf16" + d +
                    "{%r1, %r2, %r3, %r4}, %rd2, %p1, 1, 1, 0, 0"),
            none);
  EXPECT_EQ(refusal(product + "m64n16k16.f32.bf16.bf16" + d +
                    "%rd1, %rd2, %p1, 1, 1, 0, 0"),
            none);
  EXPECT_EQ(refusal(product + "m64n8k16.f32.bf16.f16" + d +
                    "%rd1, %rd2, %p1, 1, 1, 0, 0"),
            none);
  EXPECT_EQ(refusal(product + "m64n12k16.f32.bf16.bf16" + d +
                    "%rd1, %rd2, %p1, 1, 1, 0, 0"),
            unknown);
  EXPECT_EQ(
      refusal(product + "m64n8k32.f32.e4m3.e4m3" + d + "%rd1, %rd2, %p1, 1, 1"),
      unknown);
}

TEST(Wgmma, NeedsWholeWarpgroups) {
  std::string text = kernelText(
      "", "mov.b32 %r1, 0; setp.eq.u32 %p1, %r1, 1; mov.b64 %rd1, 64;\n"
          "wgmma.fence.sync.aligned;\n"
          "wgmma.mma_async.sync.aligned.m64n8k16.f32.bf16.bf16 {%f0, %f1, "
          "%f2, %f3}, {%r1, %r1, %r1, %r1}, %rd1, %p1, 1, 1, 0;\n"
          "wgmma.commit_group.sync.aligned; wgmma.wait_group.sync.aligned 0;");
  Kernel kernel(text, "k");
  kernel.block({96, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "bad-operand 12\n");
}
