// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Forms.h"
#include "runtime/device/sim/exec/Families.h"

using namespace gan::sim;

using C = Class;
using F = Flow;

// clang-format off
static constexpr Form kForms[] = {
    // Integers.
    {"add", ".sat? @int", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"sub", ".sat? @int", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"add", ".u16x2|.s16x2", "d0 s0 s0", C::Integer, F::Plain, selectPacked},
    {"min", ".u16x2|.s16x2", "d0 s0 s0", C::Integer, F::Plain, selectPacked},
    {"max", ".u16x2|.s16x2", "d0 s0 s0", C::Integer, F::Plain, selectPacked},
    {"add", ".cc @wide", "d0 s0 s0", C::Integer, F::Plain, selectCarry},
    {"addc", ".cc? @wide", "d0 s0 s0", C::Integer, F::Plain, selectCarry},
    {"sub", ".cc @wide", "d0 s0 s0", C::Integer, F::Plain, selectCarry},
    {"subc", ".cc? @wide", "d0 s0 s0", C::Integer, F::Plain, selectCarry},
    {"mad", ".lo|.hi .cc @wide", "d0 s0 s0 s0", C::Integer, F::Plain, selectCarry},
    {"madc", ".lo|.hi .cc? @wide", "d0 s0 s0 s0", C::Integer, F::Plain, selectCarry},
    {"mul", ".lo|.hi @int", "d0 s0 s0", C::Integer, F::Plain, selectMultiply},
    {"mul", ".wide .u16|.s16|.u32|.s32", "dw0 s0 s0", C::Integer, F::Plain, selectMultiply},
    {"mad", ".lo|.hi @int", "d0 s0 s0 s0", C::Integer, F::Plain, selectMultiply},
    {"mad", ".hi .sat .s32", "d0 s0 s0 s0", C::Integer, F::Plain, selectMultiply},
    {"mad", ".wide .u16|.s16|.u32|.s32", "dw0 s0 s0 sw0", C::Integer, F::Plain, selectMultiply},
    {"mul24", ".lo|.hi .u32|.s32", "d0 s0 s0", C::Integer, F::Plain, selectMultiply},
    {"mad24", ".lo|.hi .u32|.s32", "d0 s0 s0 s0", C::Integer, F::Plain, selectMultiply},
    {"div", "@int", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"rem", "@int", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"abs", ".s16|.s32|.s64", "d0 s0", C::Integer, F::Plain, selectInteger},
    {"neg", ".s16|.s32|.s64", "d0 s0", C::Integer, F::Plain, selectInteger},
    {"min", ".relu? .s32", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"max", ".relu? .s32", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"min", "@int", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"max", "@int", "d0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"sad", "@int", "d0 s0 s0 s0", C::Integer, F::Plain, selectInteger},
    {"dp4a", ".u32|.s32 .u32|.s32", "du su su su", C::Integer, F::Plain, selectDot},
    {"dp2a", ".lo|.hi .u32|.s32 .u32|.s32", "du su su su", C::Integer, F::Plain, selectDot},
    {"popc", ".b32|.b64", "du s0", C::Integer, F::Plain, selectField},
    {"clz", ".b32|.b64", "du s0", C::Integer, F::Plain, selectField},
    {"brev", ".b32|.b64", "d0 s0", C::Integer, F::Plain, selectField},
    {"bfind", ".shiftamt? @wide", "du s0", C::Integer, F::Plain, selectField},
    {"bfe", "@wide", "d0 s0 su su", C::Integer, F::Plain, selectField},
    {"bfi", ".b32|.b64", "d0 s0 s0 su su", C::Integer, F::Plain, selectField},
    {"bmsk", ".clamp|.wrap .b32", "d0 su su", C::Integer, F::Plain, selectField},
    {"szext", ".clamp|.wrap .u32|.s32", "d0 s0 su", C::Integer, F::Plain, selectField},
    {"prmt", ".b32 .f4e|.b4e|.rc8|.ecl|.ecr|.rc16?", "du su su su", C::Integer, F::Plain, selectField},
    {"and", ".pred|@bits", "d0 s0 s0", C::Integer, F::Plain, selectLogic},
    {"or", ".pred|@bits", "d0 s0 s0", C::Integer, F::Plain, selectLogic},
    {"xor", ".pred|@bits", "d0 s0 s0", C::Integer, F::Plain, selectLogic},
    {"not", ".pred|@bits", "d0 s0", C::Integer, F::Plain, selectLogic},
    {"cnot", "@bits", "d0 s0", C::Integer, F::Plain, selectLogic},
    {"lop3", ".b32", "d0 s0 s0 s0 i*", C::Integer, F::Plain, selectLogic},
    {"shl", "@bits", "d0 s0 su", C::Integer, F::Plain, selectShift},
    {"shr", "@bits|@int", "d0 s0 su", C::Integer, F::Plain, selectShift},
    {"shf", ".l|.r .clamp|.wrap .b32", "du su su su", C::Integer, F::Plain, selectShift},

    // f32 and f64.
    {"add", "@round? .ftz? .sat? .f32", "d0 s0 s0", C::Float, F::Plain, selectFloat},
    {"sub", "@round? .ftz? .sat? .f32", "d0 s0 s0", C::Float, F::Plain, selectFloat},
    {"mul", "@round? .ftz? .sat? .f32", "d0 s0 s0", C::Float, F::Plain, selectFloat},
    {"fma", "@round .ftz? .sat? .f32", "d0 s0 s0 s0", C::Float, F::Plain, selectFloat},
    {"mad", "@round? .ftz? .sat? .f32", "d0 s0 s0 s0", C::Float, F::Plain, selectFloat},
    {"div", ".approx|.full|@round .ftz? .f32", "d0 s0 s0", C::Float, F::Plain, selectFloat},
    {"rcp", ".approx|@round .ftz? .f32", "d0 s0", C::Float, F::Plain, selectFloat},
    {"sqrt", ".approx|@round .ftz? .f32", "d0 s0", C::Float, F::Plain, selectFloat},
    {"add", "@round? .f64", "d0 s0 s0", C::Double, F::Plain, selectFloat},
    {"sub", "@round? .f64", "d0 s0 s0", C::Double, F::Plain, selectFloat},
    {"mul", "@round? .f64", "d0 s0 s0", C::Double, F::Plain, selectFloat},
    {"fma", "@round .f64", "d0 s0 s0 s0", C::Double, F::Plain, selectFloat},
    {"mad", "@round .f64", "d0 s0 s0 s0", C::Double, F::Plain, selectFloat},
    {"div", "@round .f64", "d0 s0 s0", C::Double, F::Plain, selectFloat},
    {"rcp", "@round .f64", "d0 s0", C::Double, F::Plain, selectFloat},
    {"sqrt", "@round .f64", "d0 s0", C::Double, F::Plain, selectFloat},
    {"rcp", ".approx .ftz .f64", "d0 s0", C::Double, F::Plain, selectApproximate},
    {"rsqrt", ".approx .ftz? .f32|.f64", "d0 s0", C::Float, F::Plain, selectApproximate},
    {"ex2", ".approx .ftz? .f32|@half", "d0 s0", C::Float, F::Plain, selectApproximate},
    {"lg2", ".approx .ftz? .f32", "d0 s0", C::Float, F::Plain, selectApproximate},
    {"sin", ".approx .ftz? .f32", "d0 s0", C::Float, F::Plain, selectApproximate},
    {"cos", ".approx .ftz? .f32", "d0 s0", C::Float, F::Plain, selectApproximate},
    {"tanh", ".approx .f32|@half", "d0 s0", C::Float, F::Plain, selectApproximate},
    {"min", ".ftz? .NaN? .xorsign? .abs? .f32", "d0 s0 s0", C::Float, F::Plain, selectMinMax},
    {"max", ".ftz? .NaN? .xorsign? .abs? .f32", "d0 s0 s0", C::Float, F::Plain, selectMinMax},
    {"min", ".f64", "d0 s0 s0", C::Double, F::Plain, selectMinMax},
    {"max", ".f64", "d0 s0 s0", C::Double, F::Plain, selectMinMax},
    {"abs", ".ftz? .f32", "d0 s0", C::Float, F::Plain, selectMinMax},
    {"neg", ".ftz? .f32", "d0 s0", C::Float, F::Plain, selectMinMax},
    {"abs", ".f64", "d0 s0", C::Double, F::Plain, selectMinMax},
    {"neg", ".f64", "d0 s0", C::Double, F::Plain, selectMinMax},
    {"copysign", ".f32|.f64", "d0 s0 s0", C::Float, F::Plain, selectMinMax},

    // f16 and bf16.
    {"add", ".rn? .ftz? .sat? @half", "d0 s0 s0", C::Half, F::Plain, selectHalf},
    {"sub", ".rn? .ftz? .sat? @half", "d0 s0 s0", C::Half, F::Plain, selectHalf},
    {"mul", ".rn? .ftz? .sat? @half", "d0 s0 s0", C::Half, F::Plain, selectHalf},
    {"fma", ".rn .ftz? .sat? .relu? @half", "d0 s0 s0 s0", C::Half, F::Plain, selectHalf},
    {"min", ".ftz? .NaN? .xorsign? .abs? @half", "d0 s0 s0", C::Half, F::Plain, selectHalf},
    {"max", ".ftz? .NaN? .xorsign? .abs? @half", "d0 s0 s0", C::Half, F::Plain, selectHalf},
    {"abs", ".ftz? @half", "d0 s0", C::Half, F::Plain, selectHalf},
    {"neg", ".ftz? @half", "d0 s0", C::Half, F::Plain, selectHalf},

    // Comparison and choice.
    {"setp", "@cmp .and|.or|.xor? .ftz? @any|@half", "Pp s0 s0 sp?", C::Compare, F::Plain, selectSetp},
    {"set", "@cmp .and|.or|.xor? .ftz? .u32|.s32|.f32|.f16|.bf16|.u16|.s16 @any|.f16|.bf16", "d0 s1 s1 sp?", C::Compare, F::Plain, selectSet},
    {"testp", ".finite|.infinite|.number|.notanumber|.normal|.subnormal .f32|.f64", "dp s0", C::Compare, F::Plain, selectChoose},
    {"selp", "@any", "d0 s0 s0 sp", C::Compare, F::Plain, selectChoose},
    {"slct", ".ftz? @any .s32|.f32", "d0 s0 s0 s1", C::Compare, F::Plain, selectChoose},

    // Moves and conversions.
    {"mov", ".pred|@any|.b128", "V* v*", C::Move, F::Plain, selectMove},
    {"cvta", ".to? .global|.shared|.shared::cta|.local|.const|.param|.param::entry .u64", "d0 s0", C::Move, F::Plain, selectAddress},
    {"isspacep", ".global|.shared|.shared::cta|.local|.param|.param::entry", "dp sq", C::Compare, F::Plain, selectAddress},
    {"cvt", ".rn|.rz .relu? .satfinite? .f16x2|.bf16x2 .f32", "d0 s1 s1", C::Convert, F::Plain, selectPack},
    {"cvt", ".rn|.rz|.rna .relu? .tf32 .f32", "d0 s1", C::Convert, F::Plain, selectPack},
    {"cvt", ".pack .sat .u8|.s8|.u16|.s16 .s32 .b32?", "du su su su?", C::Convert, F::Plain, selectPack},
    {"cvt", ".rni|.rzi|.rmi|.rpi|@round|.rna? .ftz? .relu? .sat? @cvt @cvt", "dr0 sr1", C::Convert, F::Plain, selectConvert},

    // Memory.
    {"ld", ".weak|.volatile? .global|.shared|.shared::cta|.local|.const|.param|.param::entry|.param::func? @evict? @evict? .L2::cache_hint? @prefetch? .ca|.cg|.cs|.lu|.cv? .v2|.v4|.v8? @mem", "Vr0 m*", C::Load, F::Plain, selectLoad},
    {"ld", ".relaxed|.acquire @scope @space? @evict? @prefetch? .v2|.v4? @mem", "Vr0 m*", C::Load, F::Plain, selectLoad},
    {"ld", ".global .ca|.cg|.cs? .nc @evict? @evict? @prefetch? .v2|.v4|.v8? @mem", "Vr0 m*", C::Load, F::Plain, selectLoad},
    {"ldu", ".global? .v2|.v4? @mem", "Vr0 m*", C::Load, F::Plain, selectLoad},
    {"st", ".weak|.volatile? .global|.shared|.shared::cta|.local|.param|.param::func? @evict? @evict? .wb|.cg|.cs|.wt? .v2|.v4|.v8? @mem", "m* vr0", C::Store, F::Plain, selectStore},
    {"st", ".relaxed|.release @scope @space? @evict? .v2|.v4? @mem", "m* vr0", C::Store, F::Plain, selectStore},
    {"atom", ".relaxed|.acquire|.release|.acq_rel? @scope? .global|.shared|.shared::cta? .add|.min|.max|.inc|.dec|.exch|.cas|.and|.or|.xor .noftz? .b16|.u32|.s32|.b32|.u64|.s64|.b64|.f32|.f64|@half", "d0 m* s0 s0?", C::Atomic, F::Plain, selectAtomic},
    {"red", ".relaxed|.release? @scope? .global|.shared|.shared::cta? .add|.min|.max|.inc|.dec|.and|.or|.xor .noftz? .u32|.s32|.b32|.u64|.s64|.b64|.f32|.f64|@half", "m* s0", C::Atomic, F::Plain, selectAtomic},
    {"fence", ".sc|.acq_rel? @scope", "", C::Control, F::Plain, selectFence},
    {"membar", ".cta|.gl|.sys", "", C::Control, F::Plain, selectFence},
    {"prefetch", ".global|.local? .L1|.L2|.L2::evict_last|.L2::evict_normal", "m*", C::Other, F::Plain, selectNothing},
    {"prefetchu", ".L1", "m*", C::Other, F::Plain, selectNothing},

    // Asynchronous copies.
    {"cp", ".async .ca|.cg .shared|.shared::cta .global .L2::cache_hint? @prefetch?", "m* n* i* s*?", C::Async, F::Plain, selectAsync},
    {"cp", ".async .commit_group|.wait_all", "", C::Async, F::Plain, selectAsync},
    {"cp", ".async .wait_group", "i*", C::Async, F::Plain, selectAsync},

    // Control.
    {"bra", ".uni?", "l*", C::Control, F::Branch, nullptr},
    {"brx", ".idx .uni?", "su l*", C::Control, F::BranchTable, nullptr},
    {"exit", "", "", C::Control, F::Exit, nullptr},
    {"trap", "", "", C::Control, F::Trap, nullptr},
    {"brkpt", "", "", C::Control, F::Trap, nullptr},
    {"nanosleep", ".u32", "su", C::Other, F::Plain, selectNothing},
    {"pmevent", "", "i*", C::Other, F::Plain, selectNothing},
    {"griddepcontrol", ".launch_dependents|.wait", "", C::Other, F::Plain, selectNothing},
    {"setmaxnreg", ".inc|.dec .sync .aligned .u32", "i*", C::Other, F::WarpSync, selectNothing},

    // The warp and the block.
    {"shfl", ".sync .up|.down|.bfly|.idx .b32", "P0 su su su su", C::WarpSync, F::WarpSync, selectShuffle},
    {"vote", ".sync .all|.any|.uni .pred", "d0 s0 su", C::WarpSync, F::WarpSync, selectVote},
    {"vote", ".sync .ballot .b32", "d0 sp su", C::WarpSync, F::WarpSync, selectVote},
    {"match", ".any .sync .b32|.b64", "du s0 su", C::WarpSync, F::WarpSync, selectVote},
    {"match", ".all .sync .b32|.b64", "Pu s0 su", C::WarpSync, F::WarpSync, selectVote},
    {"elect", ".sync", "Pu su", C::WarpSync, F::WarpSync, selectVote},
    {"activemask", ".b32", "d0", C::WarpSync, F::Plain, selectVote},
    {"redux", ".sync .add|.min|.max .u32|.s32", "d0 s0 su", C::WarpSync, F::WarpSync, selectReduce},
    {"redux", ".sync .and|.or|.xor .b32", "d0 s0 su", C::WarpSync, F::WarpSync, selectReduce},
    {"bar", ".warp .sync", "su", C::WarpSync, F::WarpSync, selectBarrier},
    {"bar", ".cta? .sync", "su su?", C::Barrier, F::BlockSync, selectBarrier},
    {"bar", ".cta? .arrive", "su su", C::Barrier, F::BlockSync, selectBarrier},
    {"bar", ".cta? .red .popc .u32", "d0 su s* sp?", C::Barrier, F::BlockSync, selectBarrier},
    {"bar", ".cta? .red .and|.or .pred", "d0 su s* sp?", C::Barrier, F::BlockSync, selectBarrier},
    {"barrier", ".cta? .sync .aligned?", "su su?", C::Barrier, F::BlockSync, selectBarrier},
    {"barrier", ".cta? .arrive .aligned?", "su su", C::Barrier, F::BlockSync, selectBarrier},
    {"barrier", ".cta? .red .popc .aligned? .u32", "d0 su s* sp?", C::Barrier, F::BlockSync, selectBarrier},
    {"barrier", ".cta? .red .and|.or .aligned? .pred", "d0 su s* sp?", C::Barrier, F::BlockSync, selectBarrier},

    // Tensor cores.
    {"mma", ".sync .aligned .m16n8k8|.m16n8k16 .row .col .f32|.f16 .f16|.bf16 .f16|.bf16 .f32|.f16", "V* v* v* v*", C::Matrix, F::WarpSync, selectMma},
    {"mma", ".sync .aligned .m16n8k4|.m16n8k8 .row .col .f32 .tf32 .tf32 .f32", "Vu vu vu vu", C::Matrix, F::WarpSync, selectMma},
    {"mma", ".sync .aligned .m8n8k4|.m16n8k4|.m16n8k8|.m16n8k16 .row .col .f64 .f64 .f64 .f64", "Vq vq vq vq", C::Matrix, F::WarpSync, selectMma},
    {"mma", ".sync .aligned .m16n8k16|.m16n8k32 .row .col .satfinite? .s32 .s8|.u8 .s8|.u8 .s32", "Vu vu vu vu", C::Matrix, F::WarpSync, selectMma},
    {"ldmatrix", ".sync .aligned .m8n8 .x1|.x2|.x4 .trans? .shared|.shared::cta? .b16", "Vu m*", C::Matrix, F::WarpSync, selectTiles},
    {"stmatrix", ".sync .aligned .m8n8 .x1|.x2|.x4 .trans? .shared|.shared::cta? .b16", "m* vu", C::Matrix, F::WarpSync, selectTiles},
    {"wmma", ".load .a|.b|.c .sync .aligned .row|.col .m16n16k16|.m32n8k16|.m8n32k16|.m16n16k8 .global|.shared|.shared::cta? .f16|.bf16|.tf32|.f32", "Vu m* su?", C::Matrix, F::WarpSync, selectWmma},
    {"wmma", ".store .d .sync .aligned .row|.col .m16n16k16|.m32n8k16|.m8n32k16|.m16n16k8 .global|.shared|.shared::cta? .f16|.f32", "m* vu su?", C::Matrix, F::WarpSync, selectWmma},
    {"wmma", ".mma .sync .aligned .row|.col .row|.col .m16n16k16|.m32n8k16|.m8n32k16 .f32|.f16 .f32|.f16", "Vu vu vu vu", C::Matrix, F::WarpSync, selectWmma},
    {"wmma", ".mma .sync .aligned .row|.col .row|.col .m16n16k16|.m32n8k16|.m8n32k16|.m16n16k8 .f32 .bf16|.tf32 .bf16|.tf32 .f32", "Vu vu vu vu", C::Matrix, F::WarpSync, selectWmma},

    // Decoded by DecodeCalls.cpp and Decode.cpp: calls are inlined.
    {"call", ".uni?", "", C::Control, F::Branch, nullptr},
    {"ret", ".uni?", "", C::Control, F::Exit, nullptr},
};
// clang-format on

std::span<const Form> gan::sim::forms() { return kForms; }
