// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// wgmma with A in registers, a B of 8 columns in `sh`.
#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
#define GAN_PREPARE R"(
st.shared.u32 [%r5], %r1; mov.b32 %r7, 0x3f803f80;
setp.ne.u32 %p1, %r1, %r1;
cvt.u64.u32 %rd7, %r4; shr.u64 %rd7, %rd7, 4; mov.b64 %rd8, 0x800080000; or.b64 %rd6, %rd7, %rd8;
)"
#define GAN_MULTIPLY "wgmma.mma_async.sync.aligned.m64n8k16.f32.bf16.bf16 {%f0, %f1, %f2, %f3}, {%r7, %r7, %r7, %r7}, %rd6, %p1, 1, 1, 0;\n"
#define GAN_WAIT "wgmma.commit_group.sync.aligned; wgmma.wait_group.sync.aligned 0;\n"
#define GAN_STORE "st.global.f32 [%rd3], %f0;\n"

static constexpr PlantedFault kPlanted[] = {
    {"no wgmma.fence", Fault::MissingFence, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0;
+wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"no wgmma.fence after a wait", Fault::MissingFence, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT R"(add.f32 %f0, %f0, %f0;
+wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"no fence between proxies", Fault::MissingFence, 1, 128, GAN_PREPARE R"(
+fence.proxy.async;
bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"fence between proxies of other memory", Fault::MissingFence, 1, 128, GAN_PREPARE R"(
+bar.sync 0; fence.proxy.async.shared::cta;
-bar.sync 0; fence.proxy.async.global;
wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"fence between proxies before the write", Fault::MissingFence, 1, 128, GAN_PREPARE R"(
-fence.proxy.async; st.shared.u32 [%r5], %r7;
+st.shared.u32 [%r5], %r7; fence.proxy.async;
bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"no barrier before wgmma", Fault::SharedRace, 1, 128, GAN_PREPARE R"(
fence.proxy.async;
+bar.sync 0;
-bar.warp.sync -1;
wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"result of wgmma before the wait", Fault::Uninitialised, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY "-" GAN_STORE GAN_WAIT "+" GAN_STORE},
    {"wait for all but the last group of wgmma", Fault::Uninitialised, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY R"(wgmma.commit_group.sync.aligned;
+wgmma.wait_group.sync.aligned 0;
-wgmma.wait_group.sync.aligned 1;
)" GAN_STORE "wgmma.wait_group.sync.aligned 0;\n"},
    {"result of wgmma overwritten before the wait", Fault::MissingWait, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY "-mov.f32 %f0, 0f00000000;\n" GAN_WAIT GAN_STORE},
    {"operand of wgmma overwritten before the wait", Fault::MissingWait, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY "-mov.b32 %r7, 0;\n" GAN_WAIT GAN_STORE},
    {"another shape into registers under way", Fault::MissingWait, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY R"(
-wgmma.mma_async.sync.aligned.m64n8k8.f32.tf32.tf32 {%f0, %f1, %f2, %f3}, {%r7, %r7, %r7, %r7}, %rd6, %p1, 1, 1;
+wgmma.mma_async.sync.aligned.m64n8k8.f32.tf32.tf32 {%f4, %f5, %f6, %f7}, {%r7, %r7, %r7, %r7}, %rd6, %p1, 1, 1;
)" GAN_WAIT GAN_STORE},
    {"shared memory overwritten before the wait", Fault::SharedRace, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY "-bar.sync 0; st.shared.u32 [%r5], %r7;\n" GAN_WAIT
     "bar.sync 0; st.shared.u32 [%r5], %r7;\n" GAN_STORE},
    {"wgmma never waited for", Fault::Leak, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY R"(wgmma.commit_group.sync.aligned;
+wgmma.wait_group.sync.aligned 0;
st.global.u32 [%rd3], %r7;)"},
    {"three warps of four multiply", Fault::DivergentBarrier, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned; mov.u32 %r7, 0;
setp.ge.u32 %p2, %r1, 96;
-@%p2 bra E;
)" GAN_MULTIPLY GAN_WAIT "E: st.global.u32 [%rd3], %r7;\n"},
    {"descriptor beyond shared memory", Fault::OutOfBounds, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
-mov.b64 %rd8, 0x100000; add.u64 %rd6, %rd6, 0x1000;
)" GAN_MULTIPLY GAN_WAIT "st.global.u32 [%rd3], %r7;\n"},
    {"descriptor with a base offset", Fault::BadOperand, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
-mov.b64 %rd8, 0x2000000000000; or.b64 %rd6, %rd6, %rd8;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"descriptor from a register without a value", Fault::Uninitialised, 1, 128, GAN_PREPARE R"(
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned; mov.b64 %rd9, 0;
-and.b64 %rd6, %rd10, 0; add.u64 %rd6, %rd6, 64;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
    {"wgmma of what nobody wrote", Fault::Uninitialised, 1, 128, R"(
+st.shared.u32 [%r5], %r1;
mov.b32 %r7, 0x3f803f80; setp.ne.u32 %p1, %r1, %r1;
cvt.u64.u32 %rd7, %r4; shr.u64 %rd7, %rd7, 4; mov.b64 %rd8, 0x800080000; or.b64 %rd6, %rd7, %rd8;
fence.proxy.async; bar.sync 0; wgmma.fence.sync.aligned;
)" GAN_MULTIPLY GAN_WAIT GAN_STORE},
};
// clang-format on

std::span<const PlantedFault> gan::sim::productFaults() { return kPlanted; }
