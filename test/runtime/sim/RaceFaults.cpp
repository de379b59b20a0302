// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
static constexpr PlantedFault kPlanted[] = {
    {"no barrier between write and read", Fault::SharedRace, 1, 64, R"(
st.shared.u32 [%r5], %r1;
+bar.sync 0;
xor.b32 %r7, %r1, 32; shl.b32 %r7, %r7, 2; add.u32 %r7, %r7, %r4;
ld.shared.u32 %r8, [%r7]; st.global.u32 [%rd3], %r8;)"},
    {"no barrier before the next round overwrites", Fault::SharedRace, 1, 64, R"(
mov.u32 %r9, 0; xor.b32 %r7, %r1, 32; shl.b32 %r7, %r7, 2; add.u32 %r7, %r7, %r4;
L: add.u32 %r10, %r1, %r9; st.shared.u32 [%r5], %r10; bar.sync 0;
ld.shared.u32 %r8, [%r7];
+bar.sync 0;
add.u32 %r9, %r9, 1; setp.lt.u32 %p1, %r9, 4; @%p1 bra L;
st.global.u32 [%rd3], %r8;)"},
    {"double buffer with the wrong half", Fault::SharedRace, 1, 64, R"(
mov.u32 %r9, 0; xor.b32 %r7, %r1, 32; shl.b32 %r7, %r7, 2; add.u32 %r7, %r7, %r4;
+L: and.b32 %r10, %r9, 1;
-L: mov.u32 %r10, 0;
shl.b32 %r10, %r10, 8; add.u32 %r11, %r5, %r10; add.u32 %r12, %r7, %r10;
st.shared.u32 [%r11], %r9; bar.sync 0; ld.shared.u32 %r8, [%r12];
add.u32 %r9, %r9, 1; setp.lt.u32 %p1, %r9, 4; @%p1 bra L;
st.global.u32 [%rd3], %r8;)"},
    {"tree without its barriers", Fault::SharedRace, 1, 128, R"(
st.shared.u32 [%r5], %r1; bar.sync 0; mov.u32 %r9, 64;
L: setp.ge.u32 %p1, %r1, %r9; @%p1 bra S;
shl.b32 %r7, %r9, 2; add.u32 %r7, %r7, %r5; ld.shared.u32 %r8, [%r7];
ld.shared.u32 %r10, [%r5]; add.u32 %r8, %r8, %r10; st.shared.u32 [%r5], %r8;
+S: bar.sync 0;
-S:
shr.u32 %r9, %r9, 1; setp.ne.u32 %p2, %r9, 0; @%p2 bra L;
ld.shared.u32 %r8, [sh]; st.global.u32 [%rd3], %r8;)"},
    {"last steps of a tree trust in lockstep", Fault::SharedRace, 1, 32, R"(
st.shared.u32 [%r5], %r1; bar.warp.sync -1; setp.lt.u32 %p1, %r1, 16;
@%p1 ld.shared.u32 %r7, [%r5+64]; add.u32 %r8, %r7, %r1;
@%p1 st.shared.u32 [%r5], %r8;
+bar.warp.sync -1;
setp.lt.u32 %p1, %r1, 8; @%p1 ld.shared.u32 %r7, [%r5+32];
@%p1 st.global.u32 [%rd3], %r7;)"},
    {"lanes that go past a warp barrier at which others wait", Fault::SharedRace, 1, 32, R"(
setp.lt.u32 %p1, %r1, 16; @%p1 st.shared.u32 [%r5], %r1;
+bar.warp.sync -1;
@%p1 bar.warp.sync -1;
@!%p1 ld.shared.u32 %r7, [%r5+-64];
@!%p1 bar.warp.sync -1;)"},
    {"everybody writes one word", Fault::SharedRace, 1, 32, R"(
setp.eq.u32 %p1, %r1, 0;
+@%p1 st.shared.u32 [sh], %r1;
-st.shared.u32 [sh], %r1;)"},
    {"two warps write different values", Fault::SharedRace, 1, 64, R"(
shr.u32 %r7, %r1, 5; setp.eq.u32 %p1, %r7, 0;
+@%p1 st.shared.u32 [sh], %r7;
-st.shared.u32 [sh], %r7;)"},
    {"histogram without atomics", Fault::SharedRace, 1, 64, R"(
mov.u32 %r7, 0; st.shared.u32 [%r5], %r7; bar.sync 0; and.b32 %r7, %r1, 7;
shl.b32 %r7, %r7, 2; add.u32 %r7, %r7, %r4;
+atom.shared.add.u32 %r8, [%r7], 1;
-ld.shared.u32 %r8, [%r7]; add.u32 %r8, %r8, 1; st.shared.u32 [%r7], %r8;
bar.sync 0; ld.shared.u32 %r8, [%r5]; st.global.u32 [%rd3], %r8;)"},
    {"neighbour's byte", Fault::SharedRace, 1, 64, R"(
cvt.u16.u32 %rs1, %r1; add.u32 %r7, %r4, %r1;
+st.shared.u8 [%r7], %rs1;
-st.shared.u16 [%r4], %rs1;
bar.sync 0;)"},
    {"vector write overlaps the next thread", Fault::SharedRace, 1, 64, R"(
and.b32 %r7, %r1, 31; shr.u32 %r8, %r1, 5;
+shl.b32 %r7, %r1, 3;
-shl.b32 %r7, %r7, 3; mad.lo.u32 %r7, %r8, 8, %r7;
add.u32 %r7, %r7, %r4; st.shared.v2.u32 [%r7], {%r1, %r1};)"},
    {"barrier of the wrong number", Fault::SharedRace, 1, 128, R"(
and.b32 %r9, %r1, 63; shr.u32 %r10, %r1, 6; st.shared.u32 [%r5], %r1;
+bar.sync 0;
-add.u32 %r10, %r10, 1; bar.sync %r10, 64;
xor.b32 %r7, %r1, 64; shl.b32 %r7, %r7, 2; add.u32 %r7, %r7, %r4;
ld.shared.u32 %r8, [%r7]; st.global.u32 [%rd3], %r8;)"},
    {"consumer does not wait for the producer", Fault::SharedRace, 1, 64, R"(
setp.lt.u32 %p1, %r1, 32; @%p1 bra C;
st.shared.u32 [%r5+-128], %r1; bar.arrive 1, 64; bra E;
+C: bar.sync 1, 64;
-C: bar.arrive 1, 64;
ld.shared.u32 %r7, [%r5]; st.global.u32 [%rd3], %r7;
E:)"},
    {"flag in shared memory without a fence", Fault::SharedRace, 1, 64, R"(
mov.u32 %r9, 0; setp.ne.u32 %p3, %r1, 0; @!%p3 st.shared.u32 [sh+512], %r9; bar.sync 0;
setp.lt.u32 %p1, %r1, 32; @%p1 bra C; st.shared.u32 [%r5+-128], %r1; bar.warp.sync -1;
+fence.acq_rel.cta;
mov.u32 %r9, 1; st.volatile.shared.u32 [sh+512], %r9; bra E;
C: ld.volatile.shared.u32 %r9, [sh+512]; setp.eq.u32 %p2, %r9, 0; @%p2 bra C;
fence.acq_rel.cta; ld.shared.u32 %r7, [%r5]; st.global.u32 [%rd3], %r7;
E:)"},
    {"read of what cp.async brings, without a wait", Fault::MissingWait, 1, 32, R"(
cp.async.ca.shared.global [%r5], [%rd4], 4; cp.async.commit_group;
+cp.async.wait_group 0;
ld.shared.u32 %r7, [%r5]; st.global.u32 [%rd3], 1;
-cp.async.wait_group 0;)"},
    {"wait leaves one group too many", Fault::MissingWait, 1, 32, R"(
cp.async.ca.shared.global [%r5], [%rd4], 4; cp.async.commit_group;
cp.async.ca.shared.global [%r5+128], [%rd4], 4; cp.async.commit_group;
+cp.async.wait_group 0;
-cp.async.wait_group 1;
ld.shared.u32 %r7, [%r5+128]; cp.async.wait_all; st.global.u32 [%rd3], 1;)"},
    {"group never committed", Fault::MissingWait, 1, 32, R"(
cp.async.ca.shared.global [%r5], [%rd4], 4;
+cp.async.commit_group;
cp.async.wait_group 0; ld.shared.u32 %r7, [%r5]; cp.async.wait_all;)"},
    {"waited for, but no barrier", Fault::SharedRace, 1, 64, R"(
cp.async.ca.shared.global [%r5], [%rd4], 4; cp.async.wait_all;
+bar.sync 0;
xor.b32 %r7, %r1, 32; shl.b32 %r7, %r7, 2; add.u32 %r7, %r7, %r4;
ld.shared.u32 %r8, [%r7];)"},
    {"next stage lands on what is still read", Fault::SharedRace, 1, 64, R"(
st.shared.u32 [%r5], %r1; bar.sync 0; xor.b32 %r7, %r1, 32; shl.b32 %r7, %r7, 2;
add.u32 %r7, %r7, %r4; ld.shared.u32 %r8, [%r7];
+bar.sync 0;
cp.async.ca.shared.global [%r5], [%rd4], 4; cp.async.wait_all; st.global.u32 [%rd3], %r8;)"},
    {"cp.async that nobody waits for", Fault::Leak, 1, 32, R"(
cp.async.ca.shared.global [%r5], [%rd4], 4;
+cp.async.wait_all;)"},
};
// clang-format on

std::span<const PlantedFault> gan::sim::raceFaults() { return kPlanted; }
