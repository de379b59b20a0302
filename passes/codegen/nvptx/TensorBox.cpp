// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/TensorBox.h"

using namespace mlir;
using namespace gan;

// What the hardware takes.
static constexpr int64_t mostAxes = 5, mostInBox = 256, mostStep = 8,
                         strideBytes = 16;

int64_t TensorMap::bytesOfBox() const {
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  for (const Axis &axis : axes)
    bytes *= llvm::divideCeil(axis.box, axis.step);
  return bytes;
}

namespace {
// A digit that takes `count` values in a box.
struct Part {
  int digit;
  int64_t count;
};
} // namespace

// The digits of `count` neighbours in `space`, the fastest first; nothing where
// they begin or end within one. Behind the last value of the slowest nobody
// looks.
static std::optional<SmallVector<Part>> cut(const Problem &p,
                                            const Space &space, int64_t count) {
  SmallVector<int> digits(space.leading.begin(), space.leading.end());
  digits.push_back(space.run);
  SmallVector<Part> parts;
  for (int digit : llvm::reverse(ArrayRef(digits).drop_front())) {
    int64_t own = std::min(count, p.extents[digit]);
    if (p.extents[digit] % own != 0 || count % own != 0)
      return std::nullopt;
    parts.push_back({digit, own});
    count /= own;
  }
  parts.push_back({digits.front(), count});
  return parts;
}

// The only axis that `digit` moves, and by how much; nothing where there are
// several.
static std::optional<std::pair<unsigned, int64_t>>
axisOf(const Operand &operand, int digit) {
  std::optional<std::pair<unsigned, int64_t>> found;
  for (auto [i, axis] : llvm::enumerate(operand.axes))
    for (Coordinate::Term term : axis.terms)
      if (term.digit == digit) {
        if (found)
          return std::nullopt;
        found = {static_cast<unsigned>(i), term.factor};
      }
  return found;
}

namespace {
class BoxFinder {
public:
  BoxFinder(const Operand &operand, Type element)
      : operand(operand), bytes(element.getIntOrFloatBitWidth() / 8) {
    found.map.element = element;
  }
  bool add(const Part &part);
  std::optional<TensorBox> finish();

private:
  bool take(unsigned axis, int64_t box, int64_t step);
  int64_t strideOf(unsigned axis) const {
    int64_t stride = bytes;
    for (const Coordinate &inner : ArrayRef(operand.axes).drop_front(axis + 1))
      stride *= inner.extent;
    return stride;
  }

  const Operand &operand;
  int64_t bytes; // of an element
  TensorBox found;
};
} // namespace

bool BoxFinder::take(unsigned axis, int64_t box, int64_t step) {
  int64_t stride = strideOf(axis);
  bool isInner = found.axes.empty();
  if (llvm::is_contained(found.axes, axis) || box > mostInBox ||
      step > mostStep || (isInner ? step != 1 : stride % strideBytes != 0))
    return false;
  found.axes.push_back(axis);
  found.map.axes.push_back({operand.axes[axis].extent, stride, box, step});
  return true;
}

bool BoxFinder::add(const Part &part) {
  if (part.count == 1 && !found.axes.empty())
    return true;
  auto axis = axisOf(operand, part.digit);
  return axis && axis->second > 0 &&
         take(axis->first, (part.count - 1) * axis->second + 1, axis->second);
}

std::optional<TensorBox> BoxFinder::finish() {
  for (unsigned axis = operand.axes.size(); axis-- > 0;)
    if (!llvm::is_contained(found.axes, axis) && !take(axis, 1, 1))
      return std::nullopt;
  if (found.axes.size() > mostAxes)
    return std::nullopt;
  found.map.rowBytes = found.map.axes.front().box * bytes;
  return found;
}

std::optional<TensorBox> gan::findBox(const Problem &problem,
                                      const Operand &operand, Type element,
                                      const Space &fast, int64_t wide,
                                      const Space &slow, int64_t count) {
  bool isWhole = fast.leading.empty() || problem.extents[fast.run] % wide == 0;
  if (!problem.isAlong(operand, fast) || !isWhole)
    return std::nullopt;
  std::optional<SmallVector<Part>> rows = cut(problem, slow, count);
  BoxFinder finder(operand, element);
  if (!rows || !finder.add({fast.run, wide}))
    return std::nullopt;
  for (const Part &part : *rows)
    if (!finder.add(part))
      return std::nullopt;
  return finder.finish();
}
