// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/onnx/Lowering.h"
#include "runtime/data/Elements.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::onnx;

Shape onnx::shapeOf(const format::GraphValue &value) {
  return {value.shape()->begin(), value.shape()->end()};
}

// ---- what an operation says of itself

static const format::Attribute *find(const format::GraphOp &op,
                                     std::string_view name) {
  if (op.attributes())
    for (const format::Attribute *attribute : *op.attributes())
      if (attribute->name()->string_view() == name)
        return attribute;
  return nullptr;
}

static Shape intsOf(const format::GraphOp &op, std::string_view name,
                    const Shape &otherwise = {}) {
  const format::Attribute *attribute = find(op, name);
  if (!attribute || !attribute->ints())
    return otherwise;
  return {attribute->ints()->begin(), attribute->ints()->end()};
}

const format::GraphValue &Lowering::operand(const format::GraphOp &op,
                                            unsigned index) const {
  return *network.values()->Get(op.operands()->Get(index));
}

const format::GraphValue &Lowering::result(const format::GraphOp &op) const {
  return *network.values()->Get(op.results()->Get(0));
}

std::string Lowering::nameOf(const format::GraphOp &op, unsigned index) const {
  return names[op.operands()->Get(index)];
}

std::string Lowering::resultName(const format::GraphOp &op) const {
  return names[op.results()->Get(0)];
}

std::vector<std::string>
Lowering::operandNames(const format::GraphOp &op) const {
  std::vector<std::string> list;
  for (unsigned i = 0; i < op.operands()->size(); ++i)
    list.push_back(nameOf(op, i));
  return list;
}

std::string Lowering::transposed(const std::string &name, const Shape &order) {
  std::string turned = writer.fresh();
  writer.node("Transpose", {name}, turned, {{"perm", order}});
  return turned;
}

// ---- shapes

Status Lowering::reshape(const format::GraphOp &op) {
  writer.node("Reshape",
              {nameOf(op, 0), writer.ints(onnx::shapeOf(result(op)))},
              resultName(op));
  return Status();
}

Status Lowering::transpose(const format::GraphOp &op) {
  writer.node("Transpose", {nameOf(op, 0)}, resultName(op),
              {{"perm", intsOf(op, "permutation")}});
  return Status();
}

// Axes of extent 1 where new ones come, then repetition.
Status Lowering::broadcast(const format::GraphOp &op) {
  Shape shape = onnx::shapeOf(result(op)), thin(shape.size(), 1);
  for (int64_t dim : intsOf(op, "dims"))
    thin[dim] = shape[dim];
  std::string name = writer.fresh();
  writer.node("Reshape", {nameOf(op, 0), writer.ints(thin)}, name);
  writer.node("Expand", {name, writer.ints(shape)}, resultName(op));
  return Status();
}

Status Lowering::slice(const format::GraphOp &op) {
  Shape starts = intsOf(op, "offsets"), ends = onnx::shapeOf(result(op));
  for (size_t i = 0; i < ends.size(); ++i)
    ends[i] += starts[i];
  writer.node("Slice", {nameOf(op, 0), writer.ints(starts), writer.ints(ends)},
              resultName(op));
  return Status();
}

// From the last element to the one before the first, which is INT64_MIN.
Status Lowering::flip(const format::GraphOp &op) {
  Shape dims = intsOf(op, "dims");
  writer.node("Slice",
              {nameOf(op, 0), writer.ints(Shape(dims.size(), -1)),
               writer.ints(Shape(dims.size(), INT64_MIN)), writer.ints(dims),
               writer.ints(Shape(dims.size(), -1))},
              resultName(op));
  return Status();
}

Status Lowering::pad(const format::GraphOp &op) {
  Shape pads = intsOf(op, "low");
  Shape outer = onnx::shapeOf(result(op)),
        inner = onnx::shapeOf(operand(op, 0));
  for (size_t i = 0, rank = outer.size(); i < rank; ++i)
    pads.push_back(outer[i] - inner[i] - pads[i]);
  writer.node("Pad", {nameOf(op, 0), writer.ints(pads)}, resultName(op));
  return Status();
}

Status Lowering::concat(const format::GraphOp &op) {
  writer.node("Concat", operandNames(op), resultName(op),
              {{"axis", intsOf(op, "dim"), /*isList=*/false}});
  return Status();
}

// ---- values

// One number for all elements is spread by a node, not written many times.
Status Lowering::constant(const format::GraphOp &op) {
  const format::GraphValue &value = result(op);
  const format::Attribute *attribute = find(op, "value");
  std::vector<double> numbers;
  if (attribute && attribute->reals())
    numbers.assign(attribute->reals()->begin(), attribute->reals()->end());
  if (attribute && attribute->ints() && numbers.empty())
    numbers.assign(attribute->ints()->begin(), attribute->ints()->end());
  Shape shape = onnx::shapeOf(value);
  uint64_t count = elementCount(*value.shape());
  if (numbers.empty() || (numbers.size() != 1 && numbers.size() != count))
    return Status(Code::Damaged, "a constant has " +
                                     std::to_string(numbers.size()) +
                                     " numbers, not " + std::to_string(count));
  std::vector<std::byte> bytes(numbers.size() * elementBytes(value.element()));
  for (size_t i = 0; i < numbers.size(); ++i)
    storeElement(value.element(), bytes, i, numbers[i]);
  if (numbers.size() == count) {
    writer.initializer(resultName(op), value.element(), shape, bytes);
    return Status();
  }
  std::string single = writer.fresh();
  writer.initializer(single, value.element(), {}, bytes);
  writer.node("Expand", {single, writer.ints(shape)}, resultName(op));
  return Status();
}

// y[i] = the position of i along the axes, the last of them fastest.
Status Lowering::iota(const format::GraphOp &op) {
  const format::GraphValue &value = result(op);
  Shape shape = onnx::shapeOf(value), dims = intsOf(op, "dims");
  uint64_t count = elementCount(*value.shape());
  std::vector<std::byte> bytes(count * elementBytes(value.element()));
  Shape index(shape.size(), 0);
  for (uint64_t i = 0; i < count; ++i) {
    int64_t position = 0;
    for (int64_t dim : dims)
      position = position * shape[dim] + index[dim];
    storeElement(value.element(), bytes, i, static_cast<double>(position));
    for (size_t axis = shape.size();
         axis-- > 0 && ++index[axis] == shape[axis];)
      index[axis] = 0;
  }
  writer.initializer(resultName(op), value.element(), shape, bytes);
  return Status();
}

Status Lowering::rsqrt(const format::GraphOp &op) {
  std::string root = writer.fresh();
  writer.node("Sqrt", {nameOf(op, 0)}, root);
  writer.node("Reciprocal", {root}, resultName(op));
  return Status();
}

Status Lowering::compare(const format::GraphOp &op) {
  const format::Attribute *attribute = find(op, "predicate");
  std::string_view text =
      attribute && attribute->text() ? attribute->text()->string_view() : "";
  struct Kind {
    std::string_view word; // as in "#gan<predicate gt>"
    const char *node;
  };
  static constexpr Kind kKinds[] = {{" eq>", "Equal"},
                                    {" lt>", "Less"},
                                    {" le>", "LessOrEqual"},
                                    {" gt>", "Greater"},
                                    {" ge>", "GreaterOrEqual"}};
  for (const Kind &kind : kKinds)
    if (text.ends_with(kind.word)) {
      writer.node(kind.node, operandNames(op), resultName(op));
      return Status();
    }
  if (!text.ends_with(" ne>"))
    return Status(Code::Damaged,
                  "a comparison has no predicate '" + std::string(text) + "'");
  std::string equal = writer.fresh();
  writer.node("Equal", operandNames(op), equal);
  writer.node("Not", {equal}, resultName(op));
  return Status();
}

Status Lowering::cast(const format::GraphOp &op) {
  writer.node(
      "Cast", {nameOf(op, 0)}, resultName(op),
      {{"to", {ModelWriter::typeOf(result(op).element())}, /*isList=*/false}});
  return Status();
}

// ---- contractions and reductions

Status Lowering::matmul(const format::GraphOp &op) {
  Shape order(onnx::shapeOf(operand(op, 0)).size());
  std::iota(order.begin(), order.end(), 0);
  std::swap(order[order.size() - 2], order[order.size() - 1]);
  std::string a = nameOf(op, 0), b = nameOf(op, 1);
  if (find(op, "transpose_a"))
    a = transposed(a, order);
  if (find(op, "transpose_b"))
    b = transposed(b, order);
  writer.node("MatMul", {a, b}, resultName(op));
  return Status();
}

// From top, bottom, left, right to top, left, bottom, right.
Shape Lowering::padding(const format::GraphOp &op) const {
  Shape pads = intsOf(op, "padding");
  std::swap(pads[1], pads[2]);
  return pads;
}

// Images N, H, W, C and kernels H, W, I, O here; N, C, H, W and O, I, H, W
// there.
Status Lowering::convolve(const format::GraphOp &op) {
  std::string y = writer.fresh();
  writer.node("Conv",
              {transposed(nameOf(op, 0), {0, 3, 1, 2}),
               transposed(nameOf(op, 1), {3, 2, 0, 1})},
              y,
              {{"strides", intsOf(op, "strides")},
               {"dilations", intsOf(op, "dilations", {1, 1})},
               {"pads", padding(op)},
               {"group", intsOf(op, "groups", {1}), /*isList=*/false}});
  writer.node("Transpose", {y}, resultName(op), {{"perm", {0, 2, 3, 1}}});
  return Status();
}

// What the size of the result has beyond what strides and kernel make of it is
// padding of the output at its end.
Status Lowering::convolveTransposed(const format::GraphOp &op) {
  Shape in = onnx::shapeOf(operand(op, 0)), out = onnx::shapeOf(result(op));
  Shape kernel = onnx::shapeOf(operand(op, 1)), pads = padding(op);
  Shape strides = intsOf(op, "strides");
  Shape dilations = intsOf(op, "dilations", {1, 1});
  Shape more(2);
  for (int i = 0; i < 2; ++i)
    more[i] = out[1 + i] - ((in[1 + i] - 1) * strides[i] - pads[i] -
                            pads[2 + i] + (kernel[i] - 1) * dilations[i] + 1);
  std::string y = writer.fresh();
  writer.node("ConvTranspose",
              {transposed(nameOf(op, 0), {0, 3, 1, 2}),
               transposed(nameOf(op, 1), {3, 2, 0, 1})},
              y,
              {{"strides", strides},
               {"dilations", dilations},
               {"pads", pads},
               {"output_padding", more},
               {"group", intsOf(op, "groups", {1}), /*isList=*/false}});
  writer.node("Transpose", {y}, resultName(op), {{"perm", {0, 2, 3, 1}}});
  return Status();
}

Status Lowering::sum(const format::GraphOp &op) {
  writer.node("ReduceSum", {nameOf(op, 0), writer.ints(intsOf(op, "dims"))},
              resultName(op), {{"keepdims", {0}, /*isList=*/false}});
  return Status();
}

// The axes are laid behind the others and made one.
Status Lowering::argmax(const format::GraphOp &op) {
  Shape dims = intsOf(op, "dims"), shape = onnx::shapeOf(operand(op, 0)), order;
  for (size_t axis = 0; axis < shape.size(); ++axis)
    if (std::ranges::find(dims, static_cast<int64_t>(axis)) == dims.end())
      order.push_back(static_cast<int64_t>(axis));
  Shape flat;
  for (int64_t axis : order)
    flat.push_back(shape[axis]);
  flat.push_back(-1);
  order.insert(order.end(), dims.begin(), dims.end());
  std::string joined = writer.fresh(), place = writer.fresh();
  writer.node("Reshape", {transposed(nameOf(op, 0), order), writer.ints(flat)},
              joined);
  writer.node(
      "ArgMax", {joined}, place,
      {{"axis", {-1}, /*isList=*/false}, {"keepdims", {0}, /*isList=*/false}});
  writer.node(
      "Cast", {place}, resultName(op),
      {{"to", {ModelWriter::typeOf(result(op).element())}, /*isList=*/false}});
  return Status();
}

// ---- which is which

namespace gan::runtime::onnx {
struct OpTable {
  struct Direct {
    std::string_view op;
    const char *node;
  };
  // The same operation under another name.
  static constexpr Direct kDirect[] = {
      {"add", "Add"},      {"sub", "Sub"},
      {"mul", "Mul"},      {"div", "Div"},
      {"pow", "Pow"},      {"max", "Max"},
      {"min", "Min"},      {"neg", "Neg"},
      {"exp", "Exp"},      {"log", "Log"},
      {"sqrt", "Sqrt"},    {"sin", "Sin"},
      {"cos", "Cos"},      {"tanh", "Tanh"},
      {"abs", "Abs"},      {"sigmoid", "Sigmoid"},
      {"sign", "Sign"},    {"softplus", "Softplus"},
      {"floor", "Floor"},  {"stop_gradient", "Identity"},
      {"select", "Where"}, {"variable", "Identity"},
  };
  struct Composed {
    std::string_view op;
    Lowering::Method method;
  };
  static constexpr Composed kComposed[] = {
      {"reshape", &Lowering::reshape},
      {"transpose", &Lowering::transpose},
      {"broadcast", &Lowering::broadcast},
      {"constant", &Lowering::constant},
      {"rsqrt", &Lowering::rsqrt},
      {"compare", &Lowering::compare},
      {"cast", &Lowering::cast},
      {"matmul", &Lowering::matmul},
      {"conv2d", &Lowering::convolve},
      {"conv2d_input_grad", &Lowering::convolveTransposed},
      {"sum", &Lowering::sum},
      {"slice", &Lowering::slice},
      {"flip", &Lowering::flip},
      {"pad", &Lowering::pad},
      {"concat", &Lowering::concat},
      {"iota", &Lowering::iota},
      {"argmax", &Lowering::argmax},
  };
};
} // namespace gan::runtime::onnx

Status Lowering::lower(const format::GraphOp &op) {
  std::string_view kind = op.name()->string_view();
  for (const OpTable::Direct &direct : OpTable::kDirect)
    if (kind == direct.op) {
      writer.node(direct.node, operandNames(op), resultName(op));
      return Status();
    }
  for (const OpTable::Composed &composed : OpTable::kComposed)
    if (kind == composed.op)
      return (this->*composed.method)(op);
  return Status(Code::Unsupported, "ONNX has no operation for '" +
                                       std::string(kind) +
                                       "', which the network uses");
}
