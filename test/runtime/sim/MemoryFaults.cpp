// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
static constexpr PlantedFault kPlanted[] = {
    {"read one past the end", Fault::OutOfBounds, 2, 64, R"(
+ld.global.u32 %r7, [%rd4];
-ld.global.u32 %r7, [%rd4+4];
st.global.u32 [%rd3], %r7;)"},
    {"guard lets one too many through", Fault::OutOfBounds, 1, 64, R"(
add.u32 %r7, %r1, 1; mad.wide.u32 %rd6, %r7, 4, %rd1;
+setp.ge.u32 %p1, %r7, 64;
-setp.gt.u32 %p1, %r7, 64;
@%p1 bra E;
st.global.u32 [%rd6], %r1;
E:)"},
    {"negative index", Fault::OutOfBounds, 1, 64, R"(
+add.s32 %r7, %r1, 0;
-sub.s32 %r7, %r1, 1;
mul.wide.s32 %rd6, %r7, 4; add.s64 %rd6, %rd6, %rd1;
st.global.u32 [%rd6], %r1;)"},
    {"wrong scale of the index", Fault::OutOfBounds, 1, 64, R"(
+mad.wide.u32 %rd6, %r1, 4, %rd2;
-mad.wide.u32 %rd6, %r1, 8, %rd2;
ld.global.u32 %r7, [%rd6]; st.global.u32 [%rd3], %r7;)"},
    {"null pointer", Fault::OutOfBounds, 1, 32, R"(
+mov.u64 %rd6, %rd3;
-mov.u64 %rd6, 0;
st.global.u32 [%rd6], %r1;)"},
    {"freed pointer, far away", Fault::OutOfBounds, 1, 32, R"(
mov.u64 %rd6, %rd3;
-add.s64 %rd6, %rd6, 1099511627776;
st.global.u32 [%rd6], %r1;)"},
    {"vector reaches beyond the end", Fault::OutOfBounds, 1, 32, R"(
setp.lt.u32 %p1, %r1, 8; mad.wide.u32 %rd6, %r1, 16, %rd2;
+@%p1 ld.global.v4.u32 {%r7, %r8, %r9, %r10}, [%rd6];
-@%p1 ld.global.v4.u32 {%r7, %r8, %r9, %r10}, [%rd6+16];
@%p1 st.global.u32 [%rd3], %r7;)"},
    {"shared index past the end", Fault::OutOfBounds, 1, 32, R"(
+st.shared.u32 [%r5+1020], %r1;
-st.shared.u32 [%r5+1280], %r1;
st.global.u32 [%rd3], %r1;)"},
    {"shared index before the start", Fault::OutOfBounds, 1, 32, R"(
+st.shared.u32 [%r5], %r1;
-st.shared.u32 [%r5+-4], %r1;
st.global.u32 [%rd3], %r1;)"},
    {"generic shared address past the end", Fault::OutOfBounds, 1, 32, R"(
mov.u64 %rd6, sh; cvta.shared.u64 %rd6, %rd6;
+st.u32 [%rd6+1276], 1;
-st.u32 [%rd6+1280], 1;)"},
    {"local array overrun", Fault::OutOfBounds, 1, 32, R"(
.local .align 4 .b8 l[16]; mov.u64 %rd6, l;
+st.local.u32 [%rd6+12], %r1;
-st.local.u32 [%rd6+16], %r1;
st.global.u32 [%rd3], %r1;)"},
    {"parameter that is not there", Fault::OutOfBounds, 1, 32, R"(
+ld.param.u64 %rd6, [q+8];
-ld.param.u64 %rd6, [m+128];
st.global.u32 [%rd3], %r1;)"},
    {"constant array overrun", Fault::OutOfBounds, 1, 32, R"(
mov.u64 %rd6, %rd2; and.b32 %r7, %r1, 31;
+mad.wide.u32 %rd6, %r7, 4, %rd6;
-mad.wide.u32 %rd6, %r7, 12, %rd6;
ld.global.nc.u32 %r8, [%rd6]; st.global.u32 [%rd3], %r8;)"},
    {"atomic past the end", Fault::OutOfBounds, 1, 32, R"(
+atom.global.add.u32 %r7, [%rd5+252], 1;
-atom.global.add.u32 %r7, [%rd5+256], 1;)"},
    {"source of cp.async past the end", Fault::OutOfBounds, 1, 32, R"(
mov.u32 %r7, 16; setp.lt.u32 %p1, %r1, 8; mad.wide.u32 %rd6, %r1, 16, %rd2;
shl.b32 %r8, %r1, 4; add.u32 %r8, %r8, %r4;
+@%p1 cp.async.cg.shared.global [%r8], [%rd6], 16;
-@%p1 cp.async.cg.shared.global [%r8], [%rd6+16], 16;
cp.async.wait_all;)"},
    {"cp.async zero fill with the wrong size", Fault::OutOfBounds, 1, 33, R"(
setp.eq.u32 %p1, %r1, 32;
+mov.u32 %r7, 4;
-mov.u32 %r7, 16;
@%p1 cp.async.cg.shared.global [sh], [%rd2+128], 16, %r7;
cp.async.wait_all;)"},
    {"vector load off its alignment", Fault::Misaligned, 1, 32, R"(
and.b32 %r7, %r1, 3; mad.wide.u32 %rd6, %r7, 16, %rd2;
+ld.global.v4.u32 {%r7, %r8, %r9, %r10}, [%rd6];
-ld.global.v4.u32 {%r7, %r8, %r9, %r10}, [%rd6+4];
st.global.u32 [%rd3], %r7;)"},
    {"eight bytes at four", Fault::Misaligned, 1, 32, R"(
+ld.global.u64 %rd6, [%rd2+8];
-ld.global.u64 %rd6, [%rd2+12];
st.global.u32 [%rd3], %r1;)"},
    {"odd half", Fault::Misaligned, 1, 32, R"(
shl.b32 %r7, %r1, 1; add.u32 %r7, %r7, %r4; mov.b16 %rs1, 5;
+st.shared.u16 [%r7], %rs1;
-st.shared.u16 [%r7+1], %rs1;)"},
    {"cp.async to an odd place", Fault::Misaligned, 1, 32, R"(
shl.b32 %r8, %r1, 4; add.u32 %r8, %r8, %r4; and.b32 %r9, %r1, 7; mad.wide.u32 %rd6, %r9, 16, %rd2;
+cp.async.cg.shared.global [%r8], [%rd6], 16;
-cp.async.cg.shared.global [%r8+8], [%rd6], 16;
cp.async.wait_all;)"},
    {"atomic off its alignment", Fault::Misaligned, 1, 32, R"(
+red.global.add.u64 [%rd5+8], 1;
-red.global.add.u64 [%rd5+12], 1;)"},
    {"write to an input", Fault::ReadOnlyWrite, 1, 32, R"(
+st.global.u32 [%rd3], %r1;
-st.global.u32 [%rd4], %r1;)"},
    {"atomic on an input", Fault::ReadOnlyWrite, 1, 32, R"(
+red.global.add.u32 [%rd5], %r1;
-red.global.add.u32 [%rd2], %r1;)"},
    {"write to a parameter", Fault::ReadOnlyWrite, 1, 32, R"(
mov.b64 %rd6, p; cvta.param.u64 %rd6, %rd6;
+st.u32 [%rd3], %r1;
-st.u32 [%rd6], %r1;)"},
};
// clang-format on

std::span<const PlantedFault> gan::sim::memoryFaults() { return kPlanted; }
