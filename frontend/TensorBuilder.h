// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Emits tensor ops under the rules of the language: item shapes, an invisible
// batch, broadcasting without alignment. Every function reports a misuse at the
// site and returns nothing; operands that are not real become real where reals
// are wanted.
#ifndef GAN_FRONTEND_TENSORBUILDER_H
#define GAN_FRONTEND_TENSORBUILDER_H

#include "dialect/GanOps.h"
#include "frontend/Site.h"
#include "frontend/Value.h"

#include "mlir/IR/Builders.h"

namespace gan::frontend {

// Which axes a reduction removes: item axes in increasing order, and perhaps
// the batch.
struct Axes {
  llvm::SmallVector<int64_t> item;
  bool batch = false;
};

struct ConvolutionGeometry {
  llvm::SmallVector<int64_t> strides;            // of both axes
  llvm::SmallVector<int64_t> padding;            // top, bottom, left, right
  llvm::SmallVector<int64_t> dilations = {1, 1}; // of both axes
  int64_t groups = 1;
};

// What stands around an item that is padded.
enum class PadMode { Zeros, Constant, Reflect, Replicate };

class TensorBuilder {
public:
  TensorBuilder(mlir::OpBuilder &builder, const Site &site)
      : builder(builder), site(site), loc(site.getOpLocation()) {}

  using Result = std::optional<Tensor>;

  Tensor constant(double number, llvm::ArrayRef<int64_t> shape = {});
  // A tensor of the numbers of a list, nested lists being rows.
  Result constant(const List &list);
  Tensor toReal(Tensor x);

  // False after a report: such a tensor would have too many elements.
  static bool fits(llvm::ArrayRef<int64_t> shape, const Site &site);
  bool fits(llvm::ArrayRef<int64_t> shape) { return fits(shape, site); }

  // Brings all to one item shape and batch: equal ranks stretch 1, [] meets any
  // shape, plain meets batched.
  bool align(llvm::MutableArrayRef<Tensor> operands);
  Result broadcast(Tensor x, llvm::ArrayRef<int64_t> itemShape,
                   std::optional<int64_t> batch);

  template <typename Op> Tensor unary(Tensor x) {
    x = toReal(x);
    return {Op::create(builder, loc, x.value), x.batched};
  }
  template <typename Op> Result binary(Tensor a, Tensor b) {
    Tensor operands[] = {toReal(a), toReal(b)};
    if (!align(operands))
      return std::nullopt;
    return Tensor{
        Op::create(builder, loc, operands[0].value, operands[1].value),
        operands[0].batched};
  }
  Result compare(ComparePredicate predicate, Tensor a, Tensor b);
  Result select(Tensor condition, Tensor a, Tensor b);
  Result power(Tensor base, Tensor exponent);
  Tensor power(Tensor base, int64_t exponent);

  Tensor sum(Tensor x, const Axes &axes, bool keep);
  Tensor mean(Tensor x, const Axes &axes, bool keep);
  Tensor variance(Tensor x, const Axes &axes, bool keep);
  // The row-major position along these dimensions of the type: an int.
  Tensor position(llvm::ArrayRef<int64_t> shape, bool batched,
                  llvm::ArrayRef<int64_t> dims);
  // Where the first of the largest elements stands, counted row-major along the
  // axes: an int.
  Tensor argmax(Tensor x, const Axes &axes, bool keep);
  // That element itself; its gradient goes to it alone.
  Tensor maximum(Tensor x, const Axes &axes, bool keep);
  // x - m, with m = maximum(x, keep) bounded and constant to gradients: whose
  // exponentials neither overflow nor all vanish. m goes to `shift`.
  Tensor belowMaximum(Tensor x, const Axes &axes, Tensor &shift);
  // `x`, with the item axes of a reduction still there in extent 1, without
  // them.
  Tensor dropAxes(Tensor x, const Axes &axes);
  // How many elements of `x` one element of the reduction is made of.
  static int64_t count(const Tensor &x, const Axes &axes);

  // `shape` may hold one -1.
  Result reshape(Tensor x, llvm::ArrayRef<int64_t> shape);
  Tensor reshapeWhole(Tensor x, llvm::ArrayRef<int64_t> shape, bool batched);
  Tensor permute(Tensor x, llvm::ArrayRef<int64_t> permutation);
  // A box along one axis of the type (the batch counts).
  Tensor slice(Tensor x, int64_t axis, int64_t offset, int64_t extent);
  // Every `step`-th element of such a box.
  Tensor stridedSlice(Tensor x, int64_t axis, int64_t offset, int64_t extent,
                      int64_t step);
  Result concat(llvm::ArrayRef<Tensor> xs, int64_t axis, bool overBatch);
  // Axes of the type, the batch counts, from the last element to the first.
  Tensor flip(Tensor x, llvm::ArrayRef<int64_t> dims);
  // What surrounds an item: numbers per item axis, before and after it.
  struct Padding {
    llvm::SmallVector<int64_t> low, high;
  };
  // `value` is that of PadMode::Constant.
  Result pad(Tensor x, const Padding &padding, PadMode mode = PadMode::Zeros,
             double value = 0);

  Result matmul(Tensor a, Tensor b);
  // x [c, h, w] and w [o, c / groups, kh, kw] to [o, p, q].
  Result convolve(Tensor x, Tensor w, const ConvolutionGeometry &geometry);
  // x [c, h, w] and w [c, o / groups, kh, kw] to [o, size...].
  Result convolveTranspose(Tensor x, Tensor w,
                           const ConvolutionGeometry &geometry,
                           llvm::ArrayRef<int64_t> size);
  Result oneHot(Tensor classes, int64_t n);

  mlir::OpBuilder &getBuilder() { return builder; }
  mlir::Location getLoc() const { return loc; }
  const Site &getSite() const { return site; }

private:
  // The dimensions of the type that a reduction removes, and what is left.
  struct Reduced {
    llvm::SmallVector<int64_t> dims;
    llvm::SmallVector<int64_t> shape; // what the op gives
    llvm::SmallVector<int64_t> kept;  // the same with 1 for each item axis
    bool batched = false;
  };
  static Reduced reduce(const Tensor &x, const Axes &axes);
  Result padByZeros(Tensor x, const Padding &padding);
  Result padByValue(Tensor x, const Padding &padding, double value);
  Result padByReflection(Tensor x, const Padding &padding);
  Result padByReplication(Tensor x, const Padding &padding);
  Tensor multiply(Tensor a, Tensor b, bool transposeB);
  bool divideGroups(const ConvolutionGeometry &geometry, Tensor x,
                    int64_t outputs);
  mlir::RankedTensorType typeLike(Tensor x, llvm::ArrayRef<int64_t> shape);

  mlir::OpBuilder &builder;
  const Site &site;
  mlir::Location loc;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_TENSORBUILDER_H
