// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;

static const std::string kHead = ".version 8.0\n.target sm_80\n";

static std::string refusalOfModule(const std::string &rest) {
  return refusalOf(kHead + rest, "k");
}

TEST(Parser, ReadsDeclarations) {
  Result<Module> module = parseModule(
      kHead + ".address_size 64\n.file 1 \"net.gan\"\n"
              ".const .align 4 .b8 t[4] = {1, 0x2, 03, 0b100};\n"
              ".global .align 8 .u64 p[2] = {generic(t), t+2};\n"
              ".global .f32 half = 0.5;\n.extern .shared .align 16 .b8 s[];\n"
              ".visible .entry k(.param .u64 .ptr .global .align 16 a, "
              ".param .align 8 .b8 b[12])\n.maxntid 128, 1, 1\n"
              "{ .reg .b32 %r<3>; .loc 1 7 2\n L: mov.b32 %r1, -5; ret; }\n",
      "m.ptx");
  ASSERT_TRUE(module.ok()) << module.status().text();
  EXPECT_EQ(module->target, "sm_80");
  EXPECT_EQ(module->sourceFiles[1], "net.gan");
  ASSERT_EQ(module->variables.size(), 4u);
  EXPECT_EQ(module->variables[0].content[3], std::byte{4});
  EXPECT_EQ(module->variables[1].relocations[1].addend, 2);
  EXPECT_EQ(module->variables[3].bytes, 0u);
  const Function &k = *module->find("k");
  EXPECT_EQ(k.parameters[1].bytes, 12u);
  EXPECT_EQ(k.maxThreads.x, 128u);
  EXPECT_EQ(k.statements[2].source.line, 7u);
}

TEST(Parser, ReadsOperandsOfEveryKind) {
  Result<Module> module = parseModule(
      kHead + ".entry k() { .reg .f32 %f<3>; /* two\nlines */\n"
              "@!%p1 shfl.sync.idx.b32 %r1|%p2, %r2, 0, 31, -1;\n"
              "st.v2.f32 [%rd1+-8], {%f1, 0f3F800000};\n"
              "call (r), f, (a, b); mov.f64 %fd1, 0d3FF0000000000000;\n"
              "mov.b64 {_, %r1}, %rd1; .pragma \"nounroll\"; }\n",
      "m.ptx");
  ASSERT_TRUE(module.ok()) << module.status().text();
  const std::vector<Statement> &s = module->find("k")->statements;
  EXPECT_TRUE(s[1].guardNegated);
  EXPECT_EQ(s[1].operands[0].kind, Operand::Kind::Pair);
  EXPECT_EQ(s[2].operands[0].value, -8);
  EXPECT_EQ(s[2].operands[1].elements[1].value, 0x3f800000);
  EXPECT_EQ(s[3].operands[2].elements.size(), 2u);
  EXPECT_EQ(s[5].operands[0].elements[0].kind, Operand::Kind::Sink);
}

TEST(Parser, RefusesWithTheLine) {
  EXPECT_EQ(refusalOf(".target sm_80", "k"),
            "k.ptx:1: PTX begins with .version, this with '.target'");
  EXPECT_EQ(refusalOfModule("/* no end"),
            "k.ptx:3: a comment begins here and never ends");
  EXPECT_EQ(refusalOfModule(".file 1 \"x"),
            "k.ptx:3: a string begins here and never ends");
  EXPECT_EQ(refusalOfModule("\n#"), "k.ptx:4: PTX has no character like '#'");
  EXPECT_EQ(refusalOfModule(".address_size 32"),
            "k.ptx:3: only addresses of 64 bits are known, not '32'");
  EXPECT_EQ(refusalOfModule(".entry"),
            "k.ptx:3: expected a name, found the end of the file");
  EXPECT_EQ(refusalOfModule(".entry k( { }"),
            "k.ptx:3: a parameter is a .param or a .reg");
  EXPECT_EQ(refusalOfModule(".entry k() ret;"),
            "k.ptx:3: expected '{', found 'ret'");
  EXPECT_EQ(refusalOfModule(".texref t;"),
            "k.ptx:3: unknown directive '.texref'");
  EXPECT_EQ(refusalOfModule(".entry k() .fast { }"),
            "k.ptx:3: unknown directive '.fast'");
  EXPECT_EQ(refusalOfModule(".entry k() {\n .fast; }"),
            "k.ptx:4: unknown directive '.fast'");
  EXPECT_EQ(refusalOfModule(".file 99999 \"x\""),
            "k.ptx:3: .file needs a number below 65536 and a name");
  EXPECT_EQ(refusalOfModule(".section .debug { .b8 1"),
            "k.ptx:3: a .section does not end");
  EXPECT_EQ(refusalOfModule(".entry k() {\nret;"),
            "k.ptx:4: the body of 'k' does not end");
}

TEST(Parser, RefusesDeclarations) {
  EXPECT_EQ(refusalOfModule(".global .align 3 .b8 x;"),
            "k.ptx:3: an alignment is a power of two up to 1024");
  EXPECT_EQ(refusalOfModule(".global .odd .b8 x;"),
            "k.ptx:3: unknown directive '.odd' in a declaration");
  EXPECT_EQ(refusalOfModule(".global x;"),
            "k.ptx:3: a declaration needs a type");
  EXPECT_EQ(refusalOfModule(".global .b8 x[5000000000];"),
            "k.ptx:3: a variable of more than 4 GiB");
  EXPECT_EQ(refusalOfModule(".global .b8 x[4294967296][4294967296];"),
            "k.ptx:3: a variable of more than 4 GiB");
  EXPECT_EQ(refusalOfModule(".shared .b8 x[4294967296];"),
            "k.ptx:3: a variable of more than 512 KiB outside of global "
            "memory");
  EXPECT_EQ(refusalOfModule(".entry k() { .local .b8 x[400000];\n"
                            ".local .b8 y[400000]; }"),
            "k.ptx:4: a thread has at most 512 KiB of local memory");
  EXPECT_EQ(refusalOfModule(".shared .b8 x[40000];\n.entry k() {\n"
                            ".shared .b8 y[9153]; st.shared.u32 [x], 1; }"),
            "k.ptx:4: a kernel has at most 49152 bytes of variables in shared "
            "memory, found 49153; what is more is an extern array");
  EXPECT_EQ(refusalOfModule(".shared .b8 x[40000];\n.entry k() {\n"
                            ".shared .b8 y[9152]; st.shared.u32 [x], 1; }"),
            "ok");
  EXPECT_EQ(refusalOfModule(".global .b8 x[1] = {1, 2};"),
            "k.ptx:3: more initial values than 'x' has room for");
  EXPECT_EQ(refusalOfModule(".global .u32 x = k;"),
            "k.ptx:3: an address needs 8 bytes");
  EXPECT_EQ(refusalOfModule(".global .u64 x = y;"),
            "k.ptx:3: 'y' is no variable whose address is known");
  EXPECT_EQ(refusalOfModule(".extern .global .u64 x;"),
            "k.ptx:3: variable 'x' is defined in another module");
  EXPECT_EQ(refusalOfModule(".entry k() { .reg .v4 .f32 x; }"),
            "k.ptx:3: a register needs a scalar type that is known");
  EXPECT_EQ(refusalOfModule(".entry k() { .reg .f32 x<2000000>; }"),
            "k.ptx:3: more than a million registers");
}

TEST(Parser, RefusesOperands) {
  auto refusal = [](const std::string &body) {
    return refusalOfModule(".entry k() { " + body + " }");
  };
  EXPECT_EQ(refusal("mov.b32 a, {{{{1}}}};"),
            "k.ptx:3: operands are nested too deeply");
  EXPECT_EQ(refusal("mov.b32 a, ];"),
            "k.ptx:3: expected an operand, found ']'");
  EXPECT_EQ(refusal("ld.b32 a, [b+1.5];"), "k.ptx:3: expected a whole number");
  EXPECT_EQ(refusal("mov.b32 a, 0x12zz;"),
            "k.ptx:3: '0x12zz' is no number of PTX");
  EXPECT_EQ(refusal("mov.f32 a, 0f12;"), "k.ptx:3: '0f12' is no number of PTX");
  EXPECT_EQ(refusal(".loc 1 2 3, other;"),
            "k.ptx:3: expected 'function_name' in .loc");
}
