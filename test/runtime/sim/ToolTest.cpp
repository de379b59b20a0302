// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/tool/Tool.h"
#include "runtime/device/sim/tool/Npy.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;
using namespace gan::runtime;
using gan::test::ScratchFolder;

static std::string optionRefusal(const std::vector<std::string> &words) {
  return parseToolOptions(words).status().text();
}

TEST(Tool, RefusesOptions) {
  EXPECT_EQ(optionRefusal({"a.ptx"}),
            "gan-sim: a PTX file and --entry are needed");
  EXPECT_EQ(optionRefusal({"a.ptx", "b.ptx"}),
            "gan-sim: one PTX file, not 'a.ptx' and 'b.ptx'");
  EXPECT_EQ(optionRefusal({"--entry"}),
            "gan-sim: option '--entry' needs a value or is not known");
  EXPECT_EQ(optionRefusal({"--fast", "1"}),
            "gan-sim: there is no option '--fast'");
  EXPECT_EQ(optionRefusal({"--grid", "1,2,3,4"}),
            "gan-sim: '1,2,3,4' is no value for --grid");
  EXPECT_EQ(optionRefusal({"--threads", "100000"}),
            "gan-sim: '100000' is no value for --threads");
  EXPECT_EQ(optionRefusal({"--schedule", "odd"}),
            "gan-sim: 'odd' is no value for --schedule");
  EXPECT_EQ(optionRefusal({"--arg", "out:f33:2"}),
            "gan-sim: --arg out:f33:2: expected a type and a shape like "
            "f32:2x3");
  EXPECT_EQ(optionRefusal({"--arg", "foo:2"}),
            "gan-sim: --arg foo:2: expected TYPE:VALUE, in:, inout:, out: or "
            "zeros:");
}

static std::string npyRefusal(const std::string &text) {
  ScratchFolder folder;
  std::string path = (folder / "a.npy");
  EXPECT_TRUE(writeFile(path, bytesOf(text)).ok());
  return readNpy(path).status().sentence();
}

static std::string npy(const std::string &header, const std::string &content) {
  return std::string("\x93NUMPY\x01\x00", 8) + char(header.size()) + '\0' +
         header + content;
}

TEST(Npy, RefusesDamage) {
  EXPECT_EQ(npyRefusal("hello, world"), "this is not an .npy file");
  EXPECT_EQ(npyRefusal(npy("{}", "").substr(0, 11)),
            "the header of the .npy file is cut off");
  EXPECT_EQ(npyRefusal(npy("{'descr': '>f4', ", "")),
            "elements of type '>f4' are not known");
  EXPECT_EQ(npyRefusal(npy("{'descr': '<f4', 'fortran_order': True, ", "")),
            "the array is not in C order");
  std::string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
  EXPECT_EQ(npyRefusal(npy(head + "x,), }", "")),
            "the shape of the array cannot be read");
  EXPECT_EQ(npyRefusal(npy(head + "2,), }", "1234")),
            "the file has 4 bytes of elements, its shape says otherwise");
}

TEST(Npy, ReadsWhatItWrote) {
  ScratchFolder folder;
  Array array{"<i2", {2, 3}, FileBytes(12, std::byte{7})};
  ASSERT_TRUE(writeNpy((folder / "a.npy"), array).ok());
  Result<Array> back = readNpy((folder / "a.npy"));
  ASSERT_TRUE(back.ok()) << back.status().text();
  EXPECT_EQ(back->type, "<i2");
  EXPECT_EQ(back->shape, array.shape);
  EXPECT_EQ(back->content, array.content);
}

namespace {
/// A folder with k.ptx: out[tid] = in[tid] + add.
struct ToolRun {
  ToolRun() {
    std::string text = kernelText(
        ".param .u64 p, .param .u64 q, .param .u32 add",
        "mov.u32 %r1, %tid.x; ld.param.u64 %rd1, [p]; ld.param.u64 %rd2, [q];\n"
        "ld.param.u32 %r4, [add]; mad.wide.u32 %rd1, %r1, 4, %rd1;\n"
        "mad.wide.u32 %rd2, %r1, 4, %rd2; ld.global.u32 %r2, [%rd1];\n"
        "add.u32 %r2, %r2, %r4; st.global.u32 [%rd2], %r2;");
    EXPECT_TRUE(writeFile((folder / "k.ptx"), bytesOf(text)).ok());
    Array array{"<u4", {32}, FileBytes(128, std::byte{0})};
    EXPECT_TRUE(writeNpy((folder / "a.npy"), array).ok());
  }
  Result<int> operator()(std::vector<std::string> arguments,
                         const std::string &entry = "k") {
    std::vector<std::string> words = {(folder / "k.ptx"), "--entry", entry,
                                      "--block", "32"};
    for (const std::string &argument : arguments) {
      words.push_back("--arg");
      words.push_back(argument);
    }
    return runTool(*parseToolOptions(words));
  }
  ScratchFolder folder;
};
} // namespace

TEST(Tool, RunsAKernelOnFiles) {
  ToolRun run;
  std::string in = "in:" + (run.folder / "a.npy");
  std::string out = (run.folder / "b.npy");
  Result<int> status = run({in, "out:u32:4x8:" + out, "u32:5"});
  ASSERT_TRUE(status.ok()) << status.status().text();
  EXPECT_EQ(*status, 0);
  Result<Array> result = readNpy(out);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->content[4], std::byte{5});
  EXPECT_EQ(result->shape, (std::vector<uint64_t>{4, 8}));
  // Too short a buffer is a finding, and the exit status says so.
  EXPECT_EQ(*run({in, "out:u32:31", "u32:5"}), 1);
  EXPECT_EQ(*run({"zeros:u32:32", "in:" + out, "u32:5"}), 1);
}

TEST(Tool, RefusesArguments) {
  ToolRun run;
  std::string in = "in:" + (run.folder / "a.npy");
  EXPECT_EQ(run({in}).status().text(),
            "k: the kernel takes 3 arguments, not 1");
  EXPECT_EQ(run({in, "out:u32:32", "u64:5"}).status().sentence(),
            "parameter 'add' has 4 bytes, not 8");
  EXPECT_EQ(run({in, "out:u32:32", "u32:5x"}).status().sentence(),
            "'5x' is no u32");
  for (const char *scalar : {"u8:256", "s8:-129", "u32:-1", "u32:4294967296",
                             "s64:9223372036854775808", "f16:1x", "f32:x"}) {
    std::string text = scalar;
    size_t colon = text.find(':');
    EXPECT_EQ(run({in, "out:u32:32", text}).status().sentence(),
              "'" + text.substr(colon + 1) + "' is no " +
                  text.substr(0, colon));
  }
  EXPECT_EQ(run({in, "out:u32:99999x99999", "u32:5"}).status().sentence(),
            "an array of more than 2 GiB");
  EXPECT_EQ(run({}, "other").status().sentence(), "there is no kernel 'other'");
}

// Of each type the bits that stand for the number.
TEST(Tool, TakesScalarsOfEveryType) {
  ScratchFolder folder;
  std::string text = kernelText(
      ".param .u64 p, .param .b16 h, .param .b16 b, .param .s8 c, .param .f64 "
      "d",
      "ld.param.u64 %rd1, [p]; ld.param.u16 %rs1, [h]; ld.param.u16 %rs2, "
      "[b];\nld.param.u8 %rs3, [c]; ld.param.f64 %fd1, [d];\n"
      "cvt.f32.f16 %f1, %rs1; cvt.f32.bf16 %f2, %rs2;\n"
      "cvt.s32.s8 %r3, %rs3; cvt.rn.f32.s32 %f3, %r3; cvt.rn.f32.f64 %f4, "
      "%fd1;\n"
      "st.global.v4.f32 [%rd1], {%f1, %f2, %f3, %f4};");
  ASSERT_TRUE(writeFile((folder / "k.ptx"), bytesOf(text)).ok());
  std::string out = (folder / "b.npy");
  Result<int> status = runTool(*parseToolOptions(
      {(folder / "k.ptx"), "--entry", "k", "--block", "1", "--arg",
       "out:f32:4:" + out, "--arg", "f16:-1.5", "--arg", "bf16:3", "--arg",
       "s8:-7", "--arg", "f64:0.25"}));
  ASSERT_TRUE(status.ok()) << status.status().text();
  Result<Array> result = readNpy(out);
  ASSERT_TRUE(result.ok());
  float values[4];
  std::memcpy(values, result->content.data(), sizeof(values));
  EXPECT_EQ(std::vector<float>(values, values + 4),
            (std::vector<float>{-1.5f, 3, -7, 0.25f}));
}

TEST(Tool, ListsInstructions) {
  EXPECT_NE(instructionList().find("redux .sync"), std::string::npos);
}
