// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/onnx/ModelWriter.h"

using namespace gan;
using namespace gan::runtime::onnx;

// The version of the standard operators whose meaning nodes have.
static constexpr uint64_t kOperators = 17;
static constexpr uint64_t kIrVersion = 8;

// ---- the wire format

void Message::varint(uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    content += static_cast<char>(value | 0x80);
  content += static_cast<char>(value);
}

Message &Message::number(unsigned field, uint64_t value) {
  varint(field << 3);
  varint(value);
  return *this;
}

Message &Message::text(unsigned field, std::string_view value) {
  varint(field << 3 | 2);
  varint(value.size());
  content += value;
  return *this;
}

// ---- the fields of onnx.proto

int64_t ModelWriter::typeOf(format::ElementType type) {
  switch (type) {
  case format::ElementType::F32:
    return 1;
  case format::ElementType::F64:
    return 11;
  case format::ElementType::I32:
    return 6;
  case format::ElementType::I64:
    return 7;
  case format::ElementType::Bool:
    return 9;
  case format::ElementType::BF16:
    return 16;
  }
  return 0;
}

// ValueInfoProto: name = 1, type = 2; TypeProto: tensor_type = 1; its Tensor:
// elem_type = 1, shape = 2; TensorShapeProto: dim = 1; its Dimension: dim_value
// = 1.
static Message valueInfo(const std::string &name, format::ElementType type,
                         const Shape &shape) {
  Message extents;
  for (int64_t extent : shape)
    extents.message(1, Message().number(1, extent));
  Message tensor;
  tensor.number(1, ModelWriter::typeOf(type)).message(2, extents);
  Message info;
  info.text(1, name).message(2, Message().message(1, tensor));
  return info;
}

// GraphProto: node = 1, name = 2, initializer = 5, input = 11, output = 12.
void ModelWriter::input(const std::string &name, format::ElementType type,
                        const Shape &shape) {
  graph.message(11, valueInfo(name, type, shape));
}

void ModelWriter::output(const std::string &name, format::ElementType type,
                         const Shape &shape) {
  graph.message(12, valueInfo(name, type, shape));
}

// TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9.
void ModelWriter::initializer(const std::string &name, format::ElementType type,
                              const Shape &shape,
                              std::span<const std::byte> values) {
  Message tensor;
  for (int64_t extent : shape)
    tensor.number(1, extent);
  tensor.number(2, typeOf(type)).text(8, name);
  tensor.text(9,
              {reinterpret_cast<const char *>(values.data()), values.size()});
  graph.message(5, tensor);
}

// NodeProto: input = 1, output = 2, op_type = 4, attribute = 5. AttributeProto:
// name = 1, i = 3, ints = 8, type = 20 (INT is 2, INTS is 7).
void ModelWriter::node(const std::string &kind,
                       const std::vector<std::string> &inputs,
                       const std::string &output,
                       const std::vector<NodeAttribute> &attributes) {
  Message node;
  for (const std::string &input : inputs)
    node.text(1, input);
  node.text(2, output).text(4, kind);
  for (const NodeAttribute &attribute : attributes) {
    Message message;
    message.text(1, attribute.name);
    for (int64_t value : attribute.ints)
      message.number(attribute.isList ? 8 : 3, value);
    message.number(20, attribute.isList ? 7 : 2);
    node.message(5, message);
  }
  graph.message(1, node);
}

std::string ModelWriter::fresh() { return "t" + std::to_string(count++); }

std::string ModelWriter::ints(const Shape &values) {
  std::string name = fresh();
  initializer(name, format::ElementType::I64,
              {static_cast<int64_t>(values.size())},
              std::as_bytes(std::span(values)));
  return name;
}

// ModelProto: ir_version = 1, producer_name = 2, producer_version = 3, graph =
// 7, opset_import = 8; OperatorSetIdProto: domain = 1, version = 2.
std::string ModelWriter::finish(const std::string &graphName,
                                const std::string &producer,
                                const std::string &version) const {
  Message named = graph;
  named.text(2, graphName);
  Message model;
  model.number(1, kIrVersion).text(2, producer).text(3, version);
  model.message(7, named);
  model.message(8, Message().text(1, "").number(2, kOperators));
  return model.bytes();
}
