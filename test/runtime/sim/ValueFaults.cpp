// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Faults.h"

using namespace gan::sim;

// clang-format off
static constexpr PlantedFault kPlanted[] = {
    {"register that was never set", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 1;
st.global.u32 [%rd3], %r7;)"},
    {"sum with a register never set", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 1;
add.u32 %r8, %r7, %r1; mul.lo.u32 %r8, %r8, 3; st.global.u32 [%rd3], %r8;)"},
    {"set in one branch only", Fault::Uninitialised, 1, 32, R"(
setp.lt.u32 %p1, %r1, 9;
+mov.u32 %r7, 0;
@%p1 mov.u32 %r7, 1;
st.global.u32 [%rd3], %r7;)"},
    {"shared word that nobody wrote", Fault::Uninitialised, 1, 32, R"(
+st.shared.u32 [%r5], %r1;
ld.shared.u32 %r7, [%r5]; st.global.u32 [%rd3], %r7;)"},
    {"last shared row not loaded", Fault::Uninitialised, 1, 64, R"(
+setp.lt.u32 %p1, %r1, 64;
-setp.lt.u32 %p1, %r1, 63;
@%p1 st.shared.u32 [%r5], %r1;
bar.sync 0; ld.shared.u32 %r7, [%r5]; st.global.u32 [%rd3], %r7;)"},
    {"output read before it is written", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 0;
-ld.global.u32 %r7, [%rd3];
add.u32 %r7, %r7, 1; st.global.u32 [%rd3], %r7;)"},
    {"half a word written", Fault::Uninitialised, 1, 32, R"(
mov.b16 %rs1, 7; st.shared.u16 [%r5], %rs1;
+st.shared.u16 [%r5+2], %rs1;
ld.shared.u32 %r7, [%r5]; st.global.u32 [%rd3], %r7;)"},
    {"branch on a value never set", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 1;
setp.eq.u32 %p1, %r7, 0; @%p1 bra E; st.global.u32 [%rd3], %r1;
E:)"},
    {"address from a value never set", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 1;
mad.wide.u32 %rd6, %r7, 4, %rd2; ld.global.u32 %r8, [%rd6];)"},
    {"local variable never set", Fault::Uninitialised, 1, 32, R"(
.local .b32 l[4];
+st.local.u32 [l+4], %r1;
ld.local.u32 %r7, [l+4]; st.global.u32 [%rd3], %r7;)"},
    {"shuffle from a lane that is not there", Fault::Uninitialised, 1, 32, R"(
setp.gt.u32 %p1, %r1, 15; @%p1 bra E;
+shfl.sync.bfly.b32 %r7, %r1, 8, 31, 65535;
-shfl.sync.bfly.b32 %r7, %r1, 16, 31, 65535;
st.global.u32 [%rd3], %r7;
E:)"},
    {"atomic on memory never set", Fault::Uninitialised, 1, 32, R"(
+red.global.add.u32 [%rd5], 1;
-red.global.add.u32 [%rd1], 1;)"},
    {"atomic with a value never set", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 1;
red.global.add.u32 [%rd5], %r7;)"},
    {"one lane of a reduction never set", Fault::Uninitialised, 1, 32, R"(
+mov.u32 %r7, 0;
setp.ne.u32 %p1, %r1, 17; @%p1 mov.u32 %r7, 1;
redux.sync.add.u32 %r8, %r7, -1; st.global.u32 [%rd3], %r8;)"},
    {"carry that nobody set", Fault::Uninitialised, 1, 32, R"(
+add.cc.u32 %r7, %r1, %r1;
addc.u32 %r8, %r1, 0; st.global.u32 [%rd3], %r8;)"},
    {"floating sums by atomics", Fault::FloatAtomic, 1, 32, R"(
mov.f32 %f1, 0f3F800000;
+red.global.add.u32 [%rd5], 1;
-red.global.add.f32 [%rd5], %f1;)"},
    {"floating sums in shared memory", Fault::FloatAtomic, 1, 32, R"(
mov.f32 %f1, 0f3F800000; mov.f32 %f2, 0f00000000; st.shared.f32 [%r5], %f2; bar.sync 0;
+st.shared.f32 [%r5], %f1;
-atom.shared.add.f32 %f3, [%r5], %f1;)"},
};
// clang-format on

std::span<const PlantedFault> gan::sim::valueFaults() { return kPlanted; }
