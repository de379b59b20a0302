// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Value.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <charconv>

using namespace gan::frontend;
using llvm::formatv;

mlir::RankedTensorType Tensor::getType() const {
  return llvm::cast<mlir::RankedTensorType>(value.getType());
}

llvm::ArrayRef<int64_t> Tensor::getItemShape() const {
  return getShape().drop_front(batched ? 1 : 0);
}

std::optional<int64_t> Tensor::getBatch() const {
  if (!batched)
    return std::nullopt;
  return getShape().front();
}

bool Tensor::isReal() const {
  return llvm::isa<mlir::FloatType>(getType().getElementType());
}

bool Tensor::isBool() const { return getType().getElementType().isInteger(1); }

std::optional<double> Value::getNumber() const {
  if (const auto *number = getIf<int64_t>())
    return static_cast<double>(*number);
  if (const auto *number = getIf<double>())
    return *number;
  return std::nullopt;
}

bool Value::isConst() const {
  if (const auto *list = getIf<const List *>())
    return llvm::all_of((*list)->items,
                        [](const Value &item) { return item.isConst(); });
  return !is<Tensor>() && !is<Clock>() && !isPoison();
}

std::string gan::frontend::describeShape(llvm::ArrayRef<int64_t> shape) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << '[';
  llvm::interleaveComma(shape, os);
  os << ']';
  return text;
}

static std::string describeTensor(const Tensor &tensor) {
  std::string item = describeShape(tensor.getItemShape());
  if (std::optional<int64_t> batch = tensor.getBatch())
    return formatv("{0} x {1}", *batch, item).str();
  return item;
}

namespace {

struct Describer {
  std::string operator()(Poison) const { return "an error"; }
  std::string operator()(Absent) const { return "nothing"; }
  std::string operator()(int64_t) const { return "an int"; }
  std::string operator()(double) const { return "a float"; }
  std::string operator()(bool) const { return "a bool"; }
  std::string operator()(llvm::StringRef) const { return "a string"; }
  std::string operator()(const List *) const { return "a list"; }
  std::string operator()(Axis) const { return "an axis"; }
  std::string operator()(const Callable *) const { return "a function"; }
  std::string operator()(Network *) const { return "a network"; }
  std::string operator()(Distribution) const { return "a distribution"; }
  std::string operator()(Player *) const { return "a player"; }
  std::string operator()(const Group *) const {
    return "a group of parameters";
  }
  std::string operator()(Clock) const { return "a number of the clock"; }
  std::string operator()(Tensor tensor) const { return describeTensor(tensor); }
};

// Numbers are written so that different ones differ; whatever else has identity
// is written as its address.
struct Speller {
  std::string operator()(int64_t number) const {
    return std::to_string(number);
  }
  // The shortest digits that read back as the same float; never those of an
  // int.
  std::string operator()(double number) const {
    char digits[32];
    std::to_chars_result end =
        std::to_chars(std::begin(digits), std::end(digits), number);
    std::string text(digits, end.ptr);
    bool isInt = text.find_first_of(".en") == std::string::npos;
    return isInt ? text + ".0" : text;
  }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(llvm::StringRef text) const {
    return formatv("\"{0}\"", text).str();
  }
  std::string operator()(const List *list) const {
    std::string text = "[";
    for (const auto &[index, item] : llvm::enumerate(list->items))
      text += (index ? ", " : "") + spell(item);
    return text + "]";
  }
  std::string operator()(Clock clock) const {
    std::string text;
    llvm::raw_string_ostream os(text);
    clock.expression.print(os);
    return text;
  }
  std::string operator()(Tensor tensor) const { return describeTensor(tensor); }
  std::string operator()(Axis axis) const {
    return axis == Axis::Batch ? "batch" : "item";
  }
  std::string operator()(Distribution d) const {
    return formatv("{0}({1}, {2}, {3}, {4})", static_cast<int>(d.kind),
                   (*this)(d.a), (*this)(d.b), (*this)(d.c),
                   d.centres ? (*this)(d.centres) : "")
        .str();
  }
  std::string operator()(Poison) const { return "error"; }
  std::string operator()(Absent) const { return "none"; }
  template <typename T> std::string operator()(T *pointer) const {
    return formatv("{0}", static_cast<const void *>(pointer)).str();
  }
};

} // namespace

std::string gan::frontend::describe(const Value &value) {
  return std::visit(Describer{}, value.getVariant());
}

std::string gan::frontend::spell(const Value &value) {
  return std::visit(Speller{}, value.getVariant());
}

Value ValuePool::list(std::vector<Value> items) {
  lists.push_back({std::move(items)});
  return static_cast<const List *>(&lists.back());
}

Value ValuePool::shape(llvm::ArrayRef<int64_t> extents) {
  return list(std::vector<Value>(extents.begin(), extents.end()));
}

Value ValuePool::string(llvm::StringRef text) {
  return llvm::StringRef(strings.emplace_back(text));
}

Value ValuePool::group(Group part) {
  return static_cast<const Group *>(&groups.emplace_back(std::move(part)));
}
