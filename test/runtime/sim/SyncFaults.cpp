// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
static constexpr PlantedFault kPlanted[] = {
    {"barrier in one branch", Fault::DivergentBarrier, 1, 32, R"(
setp.gt.u32 %p1, %r1, 9;
+bar.sync 0;
-@%p1 bra E; bar.sync 0; bra F; E: bar.warp.sync -1; F:
st.global.u32 [%rd3], %r1;)"},
    {"a barrier in each branch", Fault::DivergentBarrier, 1, 64, R"(
+setp.gt.u32 %p1, %r1, 31;
-setp.gt.u32 %p1, %r1, 40;
@%p1 bra E; bar.sync 0; bra F;
E: bar.sync 0;
F: st.global.u32 [%rd3], %r1;)"},
    {"barrier in a loop of different lengths", Fault::DivergentBarrier, 1, 32, R"(
and.b32 %r7, %r1, 1; setp.eq.u32 %p1, %r7, 0; mov.u32 %r8, 1;
-@%p1 mov.u32 %r8, 2;
L: bar.sync 0; add.s32 %r8, %r8, -1; setp.ne.u32 %p2, %r8, 0; @%p2 bra L;
bar.warp.sync -1;)"},
    {"guarded barrier", Fault::DivergentBarrier, 1, 32, R"(
setp.lt.u32 %p1, %r1, 16;
+bar.sync 0;
-@%p1 bar.sync 0;
bar.warp.sync -1;)"},
    {"one count forgets a warp", Fault::BarrierMismatch, 1, 128, R"(
setp.lt.u32 %p1, %r1, 32;
+mov.u32 %r7, 128;
-selp.u32 %r7, 64, 128, %p1;
bar.sync 1, %r7;)"},
    {"count that is no multiple of the warp", Fault::BarrierMismatch, 1, 64, R"(
+bar.sync 1, 64;
-bar.sync 1, 50;)"},
    {"barrier number 16", Fault::BarrierMismatch, 1, 64, R"(
+mov.u32 %r7, 15;
-mov.u32 %r7, 16;
bar.sync %r7;)"},
    {"count beyond the block", Fault::BarrierMismatch, 1, 64, R"(
+bar.sync 1, 64;
-bar.sync 1, 96;)"},
    {"a warp does not come to the barrier", Fault::Deadlock, 1, 64, R"(
setp.lt.u32 %p1, %r1, 32;
+bar.sync 1, 64;
-@%p1 bra E; bar.sync 1, 64; E:
st.global.u32 [%rd3], %r1;)"},
    {"two barriers crossed", Fault::Deadlock, 1, 64, R"(
setp.lt.u32 %p1, %r1, 32;
+mov.u32 %r7, 1;
-selp.u32 %r7, 1, 2, %p1;
bar.sync %r7, 64;)"},
    {"nobody arrives for the consumer", Fault::Deadlock, 1, 64, R"(
setp.lt.u32 %p1, %r1, 32; @%p1 bra C;
+bar.arrive 1, 64;
bra E;
C: bar.sync 1, 64;
E:)"},
    {"shuffle whose mask lacks the lane", Fault::WarpSync, 1, 32, R"(
+shfl.sync.idx.b32 %r7, %r1, 0, 31, -1;
-shfl.sync.idx.b32 %r7, %r1, 0, 31, 65535;)"},
    {"lanes pass different masks", Fault::WarpSync, 1, 32, R"(
+mov.u32 %r7, -1;
-setp.lt.u32 %p1, %r1, 31; selp.u32 %r7, -1, -65536, %p1;
vote.sync.ballot.b32 %r8, 1, %r7;)"},
    {"mask of lanes that went elsewhere", Fault::WarpSync, 1, 32, R"(
setp.lt.u32 %p1, %r1, 16;
+shfl.sync.idx.b32 %r7, %r1, 0, 31, -1;
-@%p1 bra E; shfl.sync.idx.b32 %r7, %r1, 0, 31, -1; E:
bar.warp.sync -1;)"},
    {"reduction over half a warp with a full mask", Fault::WarpSync, 1, 32, R"(
setp.lt.u32 %p1, %r1, 16; @!%p1 bra E;
+redux.sync.add.u32 %r7, %r1, 65535;
-redux.sync.add.u32 %r7, %r1, -1;
E: bar.warp.sync -1;)"},
    {"warp barrier that half the lanes skip", Fault::WarpSync, 1, 32, R"(
setp.lt.u32 %p1, %r1, 16; @!%p1 bra E;
+bar.warp.sync 65535;
-bar.warp.sync -1;
E: shfl.sync.idx.b32 %r7, %r1, 0, 31, -1;)"},
    {"trap", Fault::Trap, 1, 32, R"(
+setp.gt.u32 %p1, %r1, 31;
-setp.gt.u32 %p1, %r1, 30;
@%p1 trap;)"},
    {"loop that never ends", Fault::Timeout, 1, 32, R"(
mov.u32 %r7, 0;
+L: add.u32 %r7, %r7, 1;
-L: add.u32 %r7, %r7, 2;
setp.ne.u32 %p1, %r7, 77; @%p1 bra L;)"},
    {"flag that nobody sets", Fault::Timeout, 2, 1, R"(
setp.ne.u32 %p1, %r2, 0; @%p1 bra C;
+atom.release.gpu.global.exch.b32 %r7, [%rd5], 1;
bra E;
C: ld.acquire.gpu.global.u32 %r7, [%rd5]; setp.eq.u32 %p2, %r7, 0; @%p2 bra C;
E:)"},
    {"jump beyond the table", Fault::BadOperand, 1, 32, R"(
and.b32 %r7, %r1, 1;
-setp.eq.u32 %p1, %r1, 3; @%p1 mov.u32 %r7, 2;
ts: .branchtargets A, B;
brx.idx %r7, ts;
A: bra B;
B:)"},
};
// clang-format on

std::span<const PlantedFault> gan::sim::syncFaults() { return kPlanted; }
