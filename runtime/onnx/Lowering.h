// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The operations of a network, each as nodes of ONNX.
#ifndef GAN_RUNTIME_ONNX_LOWERING_H
#define GAN_RUNTIME_ONNX_LOWERING_H

#include "runtime/base/Status.h"
#include "runtime/executable/Executable.h"
#include "runtime/onnx/ModelWriter.h"

namespace gan::runtime::onnx {

/// Writes the operations of one network, whose values have names.
class Lowering {
public:
  Lowering(const format::Network &network, ModelWriter &writer,
           std::vector<std::string> names)
      : network(network), writer(writer), names(std::move(names)) {}

  /// `Unsupported` for an operation that ONNX does not have; `Damaged` for one
  /// that is not as the compiler writes it.
  Status lower(const format::GraphOp &op);

private:
  friend struct OpTable;
  using Method = Status (Lowering::*)(const format::GraphOp &op);
  Status reshape(const format::GraphOp &op);
  Status transpose(const format::GraphOp &op);
  Status broadcast(const format::GraphOp &op);
  Status constant(const format::GraphOp &op);
  Status rsqrt(const format::GraphOp &op);
  Status compare(const format::GraphOp &op);
  Status cast(const format::GraphOp &op);
  Status matmul(const format::GraphOp &op);
  Status convolve(const format::GraphOp &op);
  Status convolveTransposed(const format::GraphOp &op);
  Status sum(const format::GraphOp &op);
  Status slice(const format::GraphOp &op);
  Status flip(const format::GraphOp &op);
  Status pad(const format::GraphOp &op);
  Status concat(const format::GraphOp &op);
  Status iota(const format::GraphOp &op);
  Status argmax(const format::GraphOp &op);

  const format::GraphValue &operand(const format::GraphOp &op,
                                    unsigned index) const;
  const format::GraphValue &result(const format::GraphOp &op) const;
  std::string nameOf(const format::GraphOp &op, unsigned index) const;
  std::string resultName(const format::GraphOp &op) const;
  std::vector<std::string> operandNames(const format::GraphOp &op) const;
  std::string transposed(const std::string &name, const Shape &order);
  Shape padding(const format::GraphOp &op) const;

  const format::Network &network;
  ModelWriter &writer;
  std::vector<std::string> names; // of values
};

Shape shapeOf(const format::GraphValue &value);

} // namespace gan::runtime::onnx

#endif // GAN_RUNTIME_ONNX_LOWERING_H
