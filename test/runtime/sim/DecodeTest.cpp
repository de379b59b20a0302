// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Forms.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;

static std::string refusal(const std::string &body) {
  return refusalOf(kernelText("", body), "k");
}

TEST(Decode, NeverSkipsWhatItDoesNotKnow) {
  EXPECT_EQ(refusal("tex.2d.v4.f32.f32 %f1;"),
            "k.ptx:10: the simulator does not know the instruction "
            "'tex.2d.v4.f32.f32'");
  EXPECT_EQ(refusal("\nadd.odd.s32 %r1, %r1, %r1;"),
            "k.ptx:11: the simulator knows no such form of this instruction: "
            "'add.odd.s32'");
  EXPECT_EQ(refusal("cvt.u32.f32 %r1, %f1;"),
            "k.ptx:10: there is no such combination of modifiers: "
            "'cvt.u32.f32'");
  EXPECT_EQ(refusal("setp.lo.f64.extra %p1, %fd1, %fd2;"),
            "k.ptx:10: the simulator knows no such form of this instruction: "
            "'setp.lo.f64.extra'");
  EXPECT_EQ(refusalOf(kernelText("", ""), "other"),
            "k.ptx: there is no kernel 'other'");
}

TEST(Decode, ChecksOperands) {
  EXPECT_EQ(refusal("add.s32 %r1, %r1;"),
            "k.ptx:10: 'add.s32' needs more operands");
  EXPECT_EQ(refusal("add.s32 %r1, %r1, %r1, %r1;"),
            "k.ptx:10: 'add.s32' has too many operands");
  EXPECT_EQ(refusal("add.s32 %r1, %rd1, %r1;"),
            "k.ptx:10: register '%rd1' has 64 bits, the instruction needs 32");
  EXPECT_EQ(refusal("add.s32 %r99, %r1, %r1;"),
            "k.ptx:10: '%r99' is not a register that is declared");
  EXPECT_EQ(refusal("add.s64 %rd1, %rd1, %tid.x;"),
            "k.ptx:10: '%tid.x' has 32 bits, the instruction needs 64");
  EXPECT_EQ(refusal("add.s32 %r1, nobody, %r1;"),
            "k.ptx:10: 'nobody' is not declared");
  EXPECT_EQ(refusal("ld.global.b32 %r1, [nobody];"),
            "k.ptx:10: 'nobody' is not declared");
  EXPECT_EQ(refusal("add.f32 %f1, %f1, 5;"),
            "k.ptx:10: this number does not fit the type of the instruction");
  EXPECT_EQ(refusal("add.s32 %r1, {%r1}, %r1;"),
            "k.ptx:10: expected a register or a number as operand");
  EXPECT_EQ(refusal("ld.global.b32 %r1, %rd1;"),
            "k.ptx:10: this operand has to be an address in brackets");
  EXPECT_EQ(refusal("ld.global.b32 %r1, [%rs1];"),
            "k.ptx:10: an address needs a register of 32 or 64 bits");
  EXPECT_EQ(refusal("lop3.b32 %r1, %r1, %r1, %r1, %r1;"),
            "k.ptx:10: this operand has to be a number");
  EXPECT_EQ(refusal("mov.b16 %rs1, sh;"),
            "k.ptx:10: an address does not fit into 16 bits");
  EXPECT_EQ(refusal("@%r1 add.s32 %r1, %r1, %r1;"),
            "k.ptx:10: '%r1' is not a predicate register");
  EXPECT_EQ(refusal("ld.global.v2.b32 %r1, [%rd1];"),
            "k.ptx:10: there is no such combination of modifiers: "
            "'ld.global.v2.b32'");
  EXPECT_EQ(refusal("cp.async.ca.shared.global [sh], [%r1], 4;"),
            "k.ptx:10: this address needs a register of 64 bits");
  EXPECT_EQ(refusal("st.global.v2.u8 [%rd1], {%r1, %rs1};"),
            "k.ptx:10: register '%rs1' has 16 bits, the instruction needs 32");
  // What would be taken as something else, or not be looked at.
  for (const char *body :
       {"bar.red.popc.u32 %r1, 0, %r2", "min.abs.f32 %f1, %f1, %f1",
        "max.xorsign.f16 %rs1, %rs1, %rs1", "cvt.bf16.f16 %rs1, %rs1",
        "cvt.relu.s32.s32 %r1, %r1", "cvt.pack.sat.u8.s32 %r1, %r1, %r1",
        "cp.async.cg.shared.global [sh], [%rd1], 16, %rd2"})
    EXPECT_NE(refusal(std::string(body) + ";").find("there is no such"),
              std::string::npos)
        << body;
}

TEST(Decode, ChecksNames) {
  EXPECT_EQ(refusal(".reg .b32 %r<2>;"), "k.ptx:10: '%r' is declared twice");
  EXPECT_EQ(refusal("{ .reg .b32 x; }\nmov.b32 x, 1;"),
            "k.ptx:11: 'x' is not a register that is declared");
  EXPECT_EQ(refusal("bra nowhere;"), "k.ptx:10: there is no label 'nowhere'");
  EXPECT_EQ(refusal("bra 5;"), "k.ptx:10: this operand has to be a label");
  EXPECT_EQ(refusal("L: L: ret;"), "k.ptx:10: label 'L' is defined twice");
  EXPECT_EQ(refusal("brx.idx %r1, ts;"),
            "k.ptx:10: there is no .branchtargets 'ts' before this line");
  EXPECT_EQ(refusal(".global .b32 g;"),
            "k.ptx:10: a variable of this space belongs outside of functions");
  std::string many;
  for (char c = 'a'; c < 's'; ++c)
    many += std::string(".reg .b64 ") + c + "<1000000>;\n";
  EXPECT_NE(refusal(many).find("the kernel has too many registers"),
            std::string::npos);
  std::string vector = "%r1";
  for (int i = 0; i < 300; ++i)
    vector += ", %r1";
  EXPECT_EQ(refusal("mov.b64 {" + vector + "}, %rd1;"),
            "k.ptx:10: this vector has too many elements");
}

static std::string callRefusal(const std::string &function,
                               const std::string &body) {
  std::string text = kernelText("", body);
  text.insert(text.find(".visible"), function);
  return refusalOf(text, "k");
}

TEST(Decode, ChecksCalls) {
  EXPECT_EQ(callRefusal("", "call vprintf;"),
            "k.ptx:10: the function 'vprintf' that is called has no body here");
  EXPECT_EQ(callRefusal(".func f() { call f; ret; }", "call f;"),
            "k.ptx:4: 'f' calls itself, which the simulator cannot do");
  EXPECT_EQ(callRefusal(".func f(.reg .b32 a) { ret; }", "call f;"),
            "k.ptx:10: 'f' takes 1 arguments and returns 0, the call says "
            "otherwise");
  EXPECT_EQ(callRefusal(".func f(.param .b32 a) { ret; }", "call f, (x);"),
            "k.ptx:10: 'x' is not declared");
  // Each level calls the next one twice.
  std::string deep = ".func f0() { .reg .b32 a; mov.b32 a, 1; ret; }\n";
  for (int i = 1; i < 24; ++i)
    deep += ".func f" + std::to_string(i) + "() { call f" +
            std::to_string(i - 1) + "; call f" + std::to_string(i - 1) +
            "; ret; }\n";
  EXPECT_NE(callRefusal(deep, "call f23;")
                .find("the kernel is too long once its calls are inlined"),
            std::string::npos);
}

// Every line of the list can be matched by an opcode made of its first choices.
TEST(Forms, MatchThemselves) {
  for (const Form &form : forms()) {
    std::string word(form.opcode);
    std::string_view groups = form.modifiers;
    while (!groups.empty()) {
      size_t end = std::min(groups.find(' '), groups.size());
      std::string_view group = groups.substr(0, end);
      groups.remove_prefix(std::min(end + 1, groups.size()));
      if (group.ends_with('?'))
        continue;
      std::string_view first = group.substr(0, group.find('|'));
      if (first.starts_with('@')) {
        first = typeSet(first);
        first = first.substr(0, first.find('|'));
      }
      word += first;
    }
    bool known = false;
    Match match = matchForm(word, known);
    EXPECT_TRUE(known) << word;
    EXPECT_NE(match.form, nullptr) << word;
  }
}
