// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
static constexpr PlantedFault kPlanted[] = {
    {"two blocks write one word", Fault::GlobalRace, 2, 32, R"(
+st.global.u32 [%rd3], %r2;
-mad.wide.u32 %rd6, %r1, 4, %rd1; st.global.u32 [%rd6], %r2;)"},
    {"blocks count without atomics", Fault::GlobalRace, 2, 32, R"(
setp.ne.u32 %p1, %r1, 0; @%p1 bra E;
+atom.global.add.u32 %r7, [%rd5], 1;
-ld.global.u32 %r7, [%rd5]; add.u32 %r7, %r7, 1; st.global.u32 [%rd5], %r7;
E:)"},
    {"threads of a block through global memory", Fault::GlobalRace, 1, 64, R"(
st.global.u32 [%rd3], %r1;
+bar.sync 0;
xor.b32 %r7, %r1, 32; mad.wide.u32 %rd6, %r7, 4, %rd1; ld.global.u32 %r8, [%rd6];)"},
    {"lanes of a warp through global memory", Fault::GlobalRace, 1, 32, R"(
st.global.u32 [%rd3], %r1;
+bar.warp.sync -1;
xor.b32 %r7, %r1, 1; mad.wide.u32 %rd6, %r7, 4, %rd1; ld.global.u32 %r8, [%rd6];)"},
    {"last block sums without a fence before its ticket", Fault::GlobalRace, 4, 32, R"(
setp.ne.u32 %p1, %r1, 0; @%p1 bra E; mad.wide.u32 %rd6, %r2, 4, %rd5;
st.global.u32 [%rd6+16], %r2;
+fence.acq_rel.gpu;
atom.global.inc.u32 %r7, [%rd5], 3; setp.ne.u32 %p2, %r7, 3; @%p2 bra E;
fence.acq_rel.gpu; ld.global.u32 %r8, [%rd5+16]; ld.global.u32 %r9, [%rd5+20];
add.u32 %r8, %r8, %r9;
E:)"},
    {"last block sums without a fence after its ticket", Fault::GlobalRace, 4, 32, R"(
setp.ne.u32 %p1, %r1, 0; @%p1 bra E; mad.wide.u32 %rd6, %r2, 4, %rd5;
st.global.u32 [%rd6+16], %r2; membar.gl;
atom.global.inc.u32 %r7, [%rd5], 3; setp.ne.u32 %p2, %r7, 3; @%p2 bra E;
+membar.gl;
ld.global.u32 %r8, [%rd5+16]; ld.global.u32 %r9, [%rd5+20]; add.u32 %r8, %r8, %r9;
E:)"},
    {"fence of the block between blocks", Fault::GlobalRace, 4, 32, R"(
setp.ne.u32 %p1, %r1, 0; @%p1 bra E; mad.wide.u32 %rd6, %r2, 4, %rd5;
st.global.u32 [%rd6+16], %r2;
+fence.acq_rel.gpu;
-fence.acq_rel.cta;
atom.global.inc.u32 %r7, [%rd5], 3; setp.ne.u32 %p2, %r7, 3; @%p2 bra E;
fence.acq_rel.gpu; ld.global.u32 %r8, [%rd5+16]; ld.global.u32 %r9, [%rd5+20];
add.u32 %r8, %r8, %r9;
E:)"},
    {"relaxed where a release is meant", Fault::GlobalRace, 2, 1, R"(
setp.ne.u32 %p1, %r2, 0; @%p1 bra C; st.global.u32 [%rd5+8], 5; mov.u32 %r7, 1;
+st.release.gpu.global.u32 [%rd5], %r7; bra E;
-st.relaxed.gpu.global.u32 [%rd5], %r7; bra E;
C: ld.acquire.gpu.global.u32 %r7, [%rd5]; setp.eq.u32 %p2, %r7, 0; @%p2 bra C;
ld.global.u32 %r8, [%rd5+8]; st.global.u32 [%rd3], %r8;
E:)"},
    {"relaxed where an acquire is meant", Fault::GlobalRace, 2, 1, R"(
setp.ne.u32 %p1, %r2, 0; @%p1 bra C; st.global.u32 [%rd5+8], 5; mov.u32 %r7, 1;
st.release.gpu.global.u32 [%rd5], %r7; bra E;
+C: ld.acquire.gpu.global.u32 %r7, [%rd5]; setp.eq.u32 %p2, %r7, 0; @%p2 bra C;
-C: ld.relaxed.gpu.global.u32 %r7, [%rd5]; setp.eq.u32 %p2, %r7, 0; @%p2 bra C;
ld.global.u32 %r8, [%rd5+8]; st.global.u32 [%rd3], %r8;
E:)"},
    {"plain flag between blocks", Fault::GlobalRace, 2, 1, R"(
setp.ne.u32 %p1, %r2, 0; @%p1 bra C; mov.u32 %r7, 1;
+st.release.gpu.global.u32 [%rd5], %r7; bra E;
-st.global.u32 [%rd5], %r7; bra E;
C: ld.acquire.gpu.global.u32 %r8, [%rd5];
E:)"},
};
// clang-format on

std::span<const PlantedFault> gan::sim::orderFaults() { return kPlanted; }
