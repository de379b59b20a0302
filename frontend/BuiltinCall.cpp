// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Builtin.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

std::array<ArrayRef<Builtin>, 7> getBuiltinFamilies() {
  return {getElementwiseBuiltins(), getReductionBuiltins(), getShapeBuiltins(),
          getContractionBuiltins(), getMatrixBuiltins(),    getConstBuiltins(),
          getGradientBuiltins()};
}

Value BuiltinCall::fail(const Twine &message) {
  site.error(message);
  return Poison();
}

void BuiltinCall::mismatch(const Value &value, StringRef wanted,
                           StringRef what) {
  if (value.isPoison())
    return;
  site.error("'") << callee << "' needs " << wanted << " as " << what
                  << ", but found " << describe(value);
}

static bool holdsTensors(const List &list) {
  return llvm::any_of(list.items,
                      [](const Value &item) { return item.is<Tensor>(); });
}

std::optional<Tensor> BuiltinCall::getTensor(const Value &value) {
  if (const auto *tensor = value.getIf<Tensor>())
    return *tensor;
  if (std::optional<double> number = value.getNumber())
    return tensors.constant(*number);
  if (const auto *truth = value.getIf<bool>()) {
    auto type = RankedTensorType::get({}, tensors.getBuilder().getI1Type());
    return Tensor{ConstantOp::create(tensors.getBuilder(), tensors.getLoc(),
                                     DenseElementsAttr::get(type, *truth))};
  }
  if (const auto *clock = value.getIf<Clock>())
    return host.readClock(*clock, site);
  if (const auto *list = value.getIf<const List *>();
      list && !holdsTensors(**list))
    return tensors.constant(**list);
  if (value.is<Network *>() || value.is<const Group *>())
    return host.readMember(value, site);
  mismatch(value, "a tensor", "an operand");
  return std::nullopt;
}

// Lengths, indices and paddings: what is larger could only overflow.
bool BuiltinCall::isInRange(int64_t number, StringRef what) {
  if (number >= -mostElements && number <= mostElements)
    return true;
  site.error("'") << callee << "' needs an int of at most " << mostElements
                  << " as " << what << ", but found " << number;
  return false;
}

std::optional<int64_t> BuiltinCall::getInt(size_t index, StringRef what) {
  if (const auto *number = arguments[index].getIf<int64_t>())
    return isInRange(*number, what) ? std::optional(*number) : std::nullopt;
  mismatch(arguments[index], "an int", what);
  return std::nullopt;
}

std::optional<double> BuiltinCall::getNumber(size_t index, StringRef what) {
  std::optional<double> number = arguments[index].getNumber();
  if (!number)
    mismatch(arguments[index], "a number known when compiling", what);
  return number;
}

std::optional<bool> BuiltinCall::getBool(size_t index, StringRef what) {
  if (const auto *truth = arguments[index].getIf<bool>())
    return *truth;
  mismatch(arguments[index], "true or false", what);
  return std::nullopt;
}

std::optional<SmallVector<int64_t>> BuiltinCall::getInts(const Value &value,
                                                         StringRef what) {
  if (const auto *number = value.getIf<int64_t>())
    return isInRange(*number, what)
               ? std::optional(SmallVector<int64_t>{*number})
               : std::nullopt;
  const auto *list = value.getIf<const List *>();
  SmallVector<int64_t> numbers;
  if (list)
    for (const Value &item : (*list)->items)
      if (const auto *number = item.getIf<int64_t>()) {
        if (!isInRange(*number, what))
          return std::nullopt;
        numbers.push_back(*number);
      }
  if (list && numbers.size() == (*list)->items.size())
    return numbers;
  mismatch(value, "a list of ints", what);
  return std::nullopt;
}

std::optional<SmallVector<int64_t>> BuiltinCall::getInts(size_t index,
                                                         StringRef what) {
  return getInts(arguments[index], what);
}

std::optional<int64_t> BuiltinCall::getAxis(const Value &value,
                                            const Tensor &x) {
  const auto *axis = value.getIf<int64_t>();
  if (!axis) {
    mismatch(value, "an int, batch or item", "an axis");
    return std::nullopt;
  }
  int64_t rank = x.getItemRank();
  if (*axis < -rank || *axis >= rank) {
    site.error("axis ") << *axis << " is not one of " << describe(Value(x))
                        << ", which has " << rank
                        << (rank == 1 ? " axis" : " axes") << " per sample";
    return std::nullopt;
  }
  return *axis < 0 ? *axis + rank : *axis;
}

std::optional<PadMode> BuiltinCall::getPadMode(size_t index) {
  const auto *word = arguments[index].getIf<StringRef>();
  std::optional<PadMode> mode;
  if (word)
    mode = llvm::StringSwitch<std::optional<PadMode>>(*word)
               .Case("zeros", PadMode::Zeros)
               .Case("constant", PadMode::Constant)
               .Case("reflect", PadMode::Reflect)
               .Case("replicate", PadMode::Replicate)
               .Default(std::nullopt);
  if (!mode && !arguments[index].isPoison())
    site.error("'") << callee
                    << "' pads by \"zeros\", \"constant\", \"reflect\" or "
                       "\"replicate\", but found "
                    << spell(arguments[index]);
  return mode;
}

std::optional<Axes> BuiltinCall::getAxes(size_t index, const Tensor &x) {
  const Value &value = arguments[index];
  Axes axes;
  llvm::SmallBitVector chosen(x.getItemRank());
  SmallVector<Value> parts;
  if (value.isAbsent()) {
    axes.batch = x.batched;
    chosen.set();
  } else if (const auto *list = value.getIf<const List *>()) {
    parts.assign((*list)->items.begin(), (*list)->items.end());
  } else {
    parts.push_back(value);
  }
  for (const Value &part : parts) {
    const auto *named = part.getIf<Axis>();
    if (named && *named == Axis::Item) {
      chosen.set();
    } else if (named) {
      if (!x.batched) {
        site.error("'") << callee
                        << "' over the batch needs a batched tensor, but "
                        << describe(Value(x)) << " is the same for all samples";
        return std::nullopt;
      }
      axes.batch = true;
    } else if (std::optional<int64_t> axis = getAxis(part, x)) {
      chosen.set(*axis);
    } else {
      return std::nullopt;
    }
  }
  for (unsigned axis : chosen.set_bits())
    axes.item.push_back(axis);
  return axes;
}

} // namespace gan::frontend
