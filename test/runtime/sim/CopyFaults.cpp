// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Bulk copies of 32 words into `sh`, counted by the mbarrier behind them.
#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
#define GAN_BARRIER R"(
.shared .align 8 .b64 full; setp.eq.u32 %p1, %r1, 0; mov.u64 %rd6, m; cvta.param.u64 %rd6, %rd6; mov.u32 %r7, 0;
st.shared.u32 [%r5], %r1; @%p1 mbarrier.init.shared.b64 [full], 1;
)"
#define GAN_FENCE "fence.proxy.async; bar.sync 0;\n"
#define GAN_EXPECT "@%p1 mbarrier.arrive.expect_tx.shared.b64 _, [full], 128;\n"
#define GAN_COPY "@%p1 cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [%r4], [%rd6, {%r7}], [full];\n"
#define GAN_WAIT "W: mbarrier.try_wait.parity.shared.b64 %p2, [full], 0; @!%p2 bra W;\n"
#define GAN_STORE "ld.shared.u32 %r8, [%r5]; st.global.u32 [%rd3], %r8;\n"

static constexpr PlantedFault kPlanted[] = {
    {"result of a bulk copy before the wait", Fault::MissingWait, 1, 32,
     GAN_BARRIER GAN_FENCE GAN_EXPECT GAN_COPY "+" GAN_WAIT GAN_STORE "-" GAN_WAIT},
    {"one warp waits for a bulk copy, another reads", Fault::SharedRace, 1, 64,
     GAN_BARRIER GAN_FENCE GAN_EXPECT GAN_COPY R"(
and.b32 %r9, %r1, 31; shl.b32 %r9, %r9, 2; add.u32 %r5, %r4, %r9;
-setp.ge.u32 %p3, %r1, 32; @%p3 bra L;
)" GAN_WAIT R"(
-bar.warp.sync -1; mov.u32 %r8, 1; atom.shared.exch.b32 %r10, [%r4+512], %r8; bra E;
-L: atom.shared.or.b32 %r8, [%r4+512], 0; setp.ne.u32 %p4, %r8, 1; @%p4 bra L;
E: )" GAN_STORE},
    {"mbarrier without a fence before the bulk copy", Fault::MissingFence, 1, 32, R"(
.shared .align 8 .b64 full; setp.eq.u32 %p1, %r1, 0; mov.u64 %rd6, m; cvta.param.u64 %rd6, %rd6; mov.u32 %r7, 0;
@%p1 mbarrier.init.shared.b64 [full], 1;
+fence.mbarrier_init.release.cluster;
bar.sync 0;
)" GAN_EXPECT GAN_COPY GAN_WAIT GAN_STORE},
    {"bulk copy onto stores without a fence", Fault::MissingFence, 1, 32, GAN_BARRIER R"(
fence.proxy.async; st.shared.u32 [%r5], %r1;
+fence.proxy.async;
bar.sync 0;
)" GAN_EXPECT GAN_COPY GAN_WAIT GAN_STORE},
    {"bulk copy onto what is still read", Fault::SharedRace, 1, 64, GAN_BARRIER GAN_FENCE R"(
xor.b32 %r9, %r5, 128; ld.shared.u32 %r8, [%r9]; st.global.u32 [%rd3], %r8;
+bar.sync 0;
)" GAN_EXPECT GAN_COPY GAN_WAIT},
    {"bulk copy that nobody waits for", Fault::Leak, 1, 32,
     GAN_BARRIER GAN_FENCE GAN_EXPECT GAN_COPY "+" GAN_WAIT "st.global.u32 [%rd3], %r1;\n"},
    {"fewer bytes come than are expected", Fault::Timeout, 1, 32, GAN_BARRIER GAN_FENCE R"(
+@%p1 mbarrier.arrive.expect_tx.shared.b64 _, [full], 128;
-@%p1 mbarrier.arrive.expect_tx.shared.b64 _, [full], 256;
)" GAN_COPY GAN_WAIT GAN_STORE},
    {"bulk copy counted by no mbarrier", Fault::BadOperand, 1, 32, GAN_BARRIER GAN_FENCE GAN_EXPECT R"(
-@%p1 cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [%r4], [%rd6, {%r7}], [full+8];
-st.global.u32 [%rd3], %r1; bra E;
)" GAN_COPY GAN_WAIT GAN_STORE "E:\n"},
    {"bulk copy to an address that is not aligned", Fault::BadOperand, 1, 32, GAN_BARRIER GAN_FENCE GAN_EXPECT R"(
-add.u32 %r4, %r4, 16; @%p1 cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [%r4], [%rd6, {%r7}], [full]; st.global.u32 [%rd3], %r1; bra E;
)" GAN_COPY GAN_WAIT GAN_STORE "E:\n"},
    {"bulk copy without a map", Fault::BadOperand, 1, 32, GAN_BARRIER GAN_FENCE GAN_EXPECT R"(
-mov.u64 %rd6, %rd2; @%p1 cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [%r4], [%rd6, {%r7}], [full]; st.global.u32 [%rd3], %r1; bra E;
)" GAN_COPY GAN_WAIT GAN_STORE "E:\n"},
    {"bulk copy of two axes with a map of one", Fault::BadOperand, 1, 32, GAN_BARRIER GAN_FENCE GAN_EXPECT R"(
-@%p1 cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [%r4], [%rd6, {%r7, %r7}], [full]; st.global.u32 [%rd3], %r1; bra E;
)" GAN_COPY GAN_WAIT GAN_STORE "E:\n"},
    {"bulk copy beyond shared memory", Fault::OutOfBounds, 1, 32, GAN_BARRIER GAN_FENCE GAN_EXPECT R"(
-add.u32 %r4, %r4, 4096; @%p1 cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [%r4], [%rd6, {%r7}], [full];
-st.global.u32 [%rd3], %r1; X: mbarrier.try_wait.parity.shared.b64 %p2, [full], 0; @!%p2 bra X; bra E;
)" GAN_COPY GAN_WAIT GAN_STORE "E:\n"},
    {"coordinate without a value", Fault::Uninitialised, 1, 32, GAN_BARRIER GAN_FENCE GAN_EXPECT R"(
-and.b32 %r7, %r11, 0;
)" GAN_COPY GAN_WAIT GAN_STORE},
};
// clang-format on

std::span<const PlantedFault> gan::sim::copyFaults() { return kPlanted; }
