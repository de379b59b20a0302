// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An ONNX model under construction, in the wire format of protocol buffers: the
// fields of onnx.proto (IR version 8) that are needed, and no others.
#ifndef GAN_RUNTIME_ONNX_MODELWRITER_H
#define GAN_RUNTIME_ONNX_MODELWRITER_H

#include "runtime/format/Executable_generated.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime::onnx {

/// A message of protocol buffers: a row of fields.
class Message {
public:
  Message &number(unsigned field, uint64_t value);
  Message &text(unsigned field, std::string_view value);
  Message &message(unsigned field, const Message &value) {
    return text(field, value.content);
  }
  const std::string &bytes() const { return content; }

private:
  void varint(uint64_t value);
  std::string content;
};

using Shape = std::vector<int64_t>;

/// An attribute of a node: integers, one of them or several.
struct NodeAttribute {
  std::string name;
  Shape ints;
  bool isList = true;
};

/// Names are unique, and nodes come after those that make their inputs: the
/// caller sees to both.
class ModelWriter {
public:
  void input(const std::string &name, format::ElementType type,
             const Shape &shape);
  void output(const std::string &name, format::ElementType type,
              const Shape &shape);
  /// `values` is row-major and little-endian.
  void initializer(const std::string &name, format::ElementType type,
                   const Shape &shape, std::span<const std::byte> values);
  void node(const std::string &kind, const std::vector<std::string> &inputs,
            const std::string &output,
            const std::vector<NodeAttribute> &attributes = {});

  /// A name that no other call gives: "t7".
  std::string fresh();
  /// The name of an initializer that holds these integers.
  std::string ints(const Shape &values);
  /// The number of a type in TensorProto.DataType.
  static int64_t typeOf(format::ElementType type);

  /// The bytes of the file.
  std::string finish(const std::string &graphName, const std::string &producer,
                     const std::string &version) const;
  uint64_t size() const { return graph.bytes().size(); }

private:
  Message graph;
  unsigned count = 0;
};

} // namespace gan::runtime::onnx

#endif // GAN_RUNTIME_ONNX_MODELWRITER_H
