// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A kernel that takes the map of a tensor and more shared memory than a block
// has without asking, through either driver.
#include "runtime/device/gpu/CudaDriver.h"
#include "runtime/device/gpu/SimDriver.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace gan;
using namespace gan::runtime;

// p[i] = the i-th element of the box of q that begins at (16, 1): 32 elements
// of two rows; what lies behind its 40 x 3 is 0.
static constexpr std::string_view kText = R"(.version 8.0
.target sm_90a
.address_size 64
.extern .shared .align 1024 .b8 sh[];
.visible .entry k(.param .u64 p, .param .u64 q, .param .align 64 .b8 m[128])
{
.reg .b32 %r<9>; .reg .b64 %rd<9>; .reg .pred %p<3>; .shared .align 8 .b64 full;
mov.u32 %r1, %tid.x; ld.param.u64 %rd1, [p]; mov.b64 %rd2, m;
cvta.param.u64 %rd3, %rd2; setp.ne.u32 %p1, %r1, 0; @%p1 bra A;
mbarrier.init.shared::cta.b64 [full], 1; fence.proxy.async;
mbarrier.arrive.expect_tx.shared::cta.b64 _, [full], 256;
cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [sh], [%rd3, {16, 1}], [full];
A: bar.sync 0;
W: mbarrier.try_wait.parity.shared::cta.b64 %p2, [full], 0;
@!%p2 bra W;
shl.b32 %r2, %r1, 2; shr.u32 %r3, %r2, 7; and.b32 %r3, %r3, 7; shl.b32 %r3, %r3, 4; xor.b32 %r3, %r3, %r2;
mov.u32 %r4, sh; add.u32 %r4, %r4, %r3; ld.shared.u32 %r5, [%r4];
mad.wide.u32 %rd4, %r1, 4, %rd1; st.global.u32 [%rd4], %r5;
ret;
}
)";

static std::vector<uint8_t> packEntry() {
  format::GpuEntryT entry;
  entry.name = "k";
  entry.shared_bytes = 64 * 1024;
  auto map = std::make_unique<format::TensorMapT>();
  map->argument = 1;
  map->element = format::ElementType::F32;
  map->row_bytes = 128;
  map->axes = {{40, 4, 32, 1}, {3, 160, 2, 1}};
  entry.maps.push_back(std::move(map));
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(format::GpuEntry::Pack(builder, &entry));
  return {builder.GetBufferPointer(),
          builder.GetBufferPointer() + builder.GetSize()};
}

// What p has behind a launch.
static Result<std::vector<uint32_t>> run(GpuDriver &driver) {
  std::vector<uint8_t> packed = packEntry();
  EXPECT_TRUE(
      driver.load({nullptr, std::as_bytes(std::span(kText)), "k.ptx"}).ok());
  std::vector<uint32_t> q(40 * 3), p(64);
  for (uint32_t i = 0; i < q.size(); ++i)
    q[i] = i + 1;
  GpuAddress into = *driver.allocate(4 * p.size());
  GpuAddress from = *driver.allocate(4 * q.size());
  EXPECT_TRUE(driver.write(from, std::as_bytes(std::span(q))).ok());
  GpuNode node;
  node.kernel = "k";
  node.threads = 64;
  node.arguments = {{into, 4 * p.size(), true}, {from, 4 * q.size(), false}};
  node.takes = flatbuffers::GetRoot<format::GpuEntry>(packed.data());
  Result<std::unique_ptr<GpuGraph>> graph = driver.makeGraph({&node, 1}, false);
  if (!graph.ok())
    return graph.status();
  GpuSlot *slot = *driver.makeSlot(64);
  if (Status launched = driver.launch(**graph, *slot, 0); !launched.ok())
    return launched;
  if (Status read = driver.read(into, std::as_writable_bytes(std::span(p)));
      !read.ok())
    return read;
  Status done = driver.wait();
  return done.ok() ? Result<std::vector<uint32_t>>(p) : done;
}

static void expectBox(GpuDriver &driver) {
  Result<std::vector<uint32_t>> p = run(driver);
  ASSERT_TRUE(p.ok()) << p.status().text();
  for (uint32_t i = 0; i < 64; ++i) {
    uint32_t column = 16 + i % 32, row = 1 + i / 32;
    EXPECT_EQ((*p)[i], column < 40 ? 40 * row + column + 1 : 0) << i;
  }
}

TEST(TensorMaps, AreTakenByTheSimulator) { expectBox(*makeSimDriver({}, 90)); }

TEST(TensorMaps, AreTakenByCuda) {
  expectBox(*makeCudaDriver(GAN_FAKE_CUDA_LIBRARY).take());
}

TEST(TensorMaps, AreRefusedWithTheDriversWords) {
  struct Case {
    const char *what, *text;
  };
  for (auto [what, text] :
       {Case{"map", "cuda: the GPU failed in taking a tensor of kernel 'k': an "
                    "error (CUDA_ERROR)"},
        Case{"shared", "cuda: the GPU failed in giving kernel 'k' its shared "
                       "memory: an error (CUDA_ERROR)"}}) {
    setenv("GAN_FAKE_CUDA", what, /*overwrite=*/1);
    EXPECT_EQ(
        run(*makeCudaDriver(GAN_FAKE_CUDA_LIBRARY).take()).status().text(),
        text);
    unsetenv("GAN_FAKE_CUDA");
  }
}
