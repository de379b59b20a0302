// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The bytes of messages against those that the wire format prescribes, and what
// the table of operations refuses. That onnxruntime computes what is written is
// a matter of test/models/onnx_check.py.
#include "runtime/onnx/Lowering.h"

#include <gtest/gtest.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::onnx;

static std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (int value : values)
    text += static_cast<char>(value);
  return text;
}

// Examples of the encoding guide of protocol buffers, and a negative integer,
// which takes ten bytes.
TEST(Message, IsTheWireFormat) {
  EXPECT_EQ(Message().number(1, 150).bytes(), bytes({0x08, 0x96, 0x01}));
  EXPECT_EQ(Message().text(2, "testing").bytes(),
            bytes({0x12, 0x07}) + "testing");
  EXPECT_EQ(Message().message(3, Message().number(1, 150)).bytes(),
            bytes({0x1a, 0x03, 0x08, 0x96, 0x01}));
  EXPECT_EQ(Message().number(20, 2).bytes(), bytes({0xa0, 0x01, 0x02}));
  EXPECT_EQ(Message().number(8, static_cast<uint64_t>(-1)).bytes(),
            bytes({0x40, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                   0x01}));
}

namespace {
// One operation on two values of shape [2, 3], of which the second is its
// result.
class OneOp {
public:
  OneOp(const char *name, const char *attribute, std::vector<int64_t> ints = {},
        const char *text = "") {
    format::NetworkT network;
    network.name = "G";
    for (int i = 0; i < 2; ++i) {
      network.values.push_back(std::make_unique<format::GraphValueT>());
      network.values.back()->shape = {2, 3};
    }
    network.inputs = {0};
    network.outputs = {1};
    network.ops.push_back(std::make_unique<format::GraphOpT>());
    format::GraphOpT &op = *network.ops.back();
    op.name = name;
    op.operands = {0, 0};
    op.results = {1};
    op.attributes.push_back(std::make_unique<format::AttributeT>());
    op.attributes.back()->name = attribute;
    op.attributes.back()->ints = std::move(ints);
    op.attributes.back()->text = text;
    builder.Finish(format::Network::Pack(builder, &network));
  }

  Status lower() {
    const format::Network &network =
        *flatbuffers::GetRoot<format::Network>(builder.GetBufferPointer());
    Lowering lowering(network, writer, {"input", "v1"});
    return lowering.lower(*network.ops()->Get(0));
  }

  std::string written() { return writer.finish("G", "ganc", "1"); }

private:
  flatbuffers::FlatBufferBuilder builder;
  ModelWriter writer;
};
} // namespace

// NodeProto of Less: inputs, output, kind.
TEST(Lowering, NamesInputsOutputAndKind) {
  OneOp op("compare", "predicate", {}, "#gan<predicate lt>");
  ASSERT_TRUE(op.lower().ok());
  EXPECT_NE(op.written().find(bytes({0x0a, 5}) + "input" + bytes({0x0a, 5}) +
                              "input" + bytes({0x12, 2}) + "v1" +
                              bytes({0x22, 4}) + "Less"),
            std::string::npos);
}

TEST(Lowering, RefusesWhatItDoesNotKnow) {
  Status unknown = OneOp("inverse", "none").lower();
  EXPECT_EQ(unknown.code(), Code::Unsupported);
  EXPECT_EQ(unknown.text(),
            "ONNX has no operation for 'inverse', which the network uses");
  EXPECT_EQ(
      OneOp("compare", "predicate", {}, "#gan<predicate about>").lower().text(),
      "a comparison has no predicate '#gan<predicate about>'");
  EXPECT_EQ(OneOp("constant", "value", {1, 2}).lower().text(),
            "a constant has 2 numbers, not 6");
  EXPECT_TRUE(OneOp("constant", "value", {1, 2, 3, 4, 5, 6}).lower().ok());
  EXPECT_TRUE(OneOp("constant", "value", {7}).lower().ok());
}
