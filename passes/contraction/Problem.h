// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every contraction in one form: c[row, column] = sum_k a[row, k] * b[k,
// column], where rows, columns and k are numbers in mixed radix and every
// coordinate of every tensor is an affine function of their digits.
#ifndef GAN_PASSES_CONTRACTION_PROBLEM_H
#define GAN_PASSES_CONTRACTION_PROBLEM_H

#include "dialect/GanOps.h"

#include <array>
#include <string>

namespace gan {

/// The rows, the columns or k: a row-major number whose digits are `leading`,
/// then `run`. Blocks are cut along runs.
struct Space {
  llvm::SmallVector<int, 3> leading; // digits of the problem
  int run;
};

/// One axis of an operand: sum of digit * factor, less `before`; where that is
/// not in [0, extent), an operand is zero and a result is not stored.
struct Coordinate {
  struct Term {
    int digit;
    int64_t factor;
  };
  int64_t extent;
  llvm::SmallVector<Term, 3> terms;
  int64_t before = 0;
};

struct Operand {
  mlir::Value tensor;                    // of the kernel's region
  llvm::SmallVector<Coordinate, 4> axes; // of some reshape of it

  /// Elements from one value of `digit` to the next.
  int64_t stride(int digit) const;
};

/// A strided input gradient is one problem per residue of the position: digit
/// `residue` is fixed per tile, and two more follow from it.
struct Phase {
  int residue, quotient, tap;
  llvm::SmallVector<int64_t> quotients, taps; // by residue
};

/// A constant matrix, row by row, and what it is called.
struct SmallMatrix {
  std::string name;
  int64_t rows, columns;
  llvm::SmallVector<double> numbers;

  double at(int64_t row, int64_t column) const {
    return numbers[row * columns + column];
  }
};

/// Square patches of an operand or of the result, numbered by two digits:
/// a patch X becomes M X M^T, for `matrix` M.
struct Patches {
  std::array<int, 2> digits;
  SmallMatrix matrix;

  int64_t count() const { return matrix.columns * matrix.columns; }
  int64_t transformed() const { return matrix.rows * matrix.rows; }
};

/// Winograd's minimal filtering: what is multiplied are patches of `a` and `b`,
/// transformed, number by number; what is stored are patches of `c`, made of
/// the sums.
struct Filtering {
  Patches a, b, c;
  int64_t products() const { return a.transformed(); }
};

/// Products of several rows and columns are parts of one element of the result.
/// Those of a group of rows fall into a window, lines of elements, and are
/// added there; some of it is then stored, at digits of its own.
struct Overlap {
  int64_t runs; // of rows, in a group
  int64_t pace; // members of a run that are so far apart do not meet
  std::array<Coordinate, 2> product, stored; // where they are in the window
  Space results; // of a group: lines, and elements for the run

  int64_t size() const { return product[0].extent * product[1].extent; }
};

struct Problem {
  llvm::SmallVector<int64_t> extents; // of the digits
  int batch = 0; // the digit of a matrix among many, or of a group: a problem
                 // for each of its values, fixed per tile
  Space rows, columns, k;
  llvm::SmallVector<Phase, 2> phases;
  Operand a, b, c;
  /// Whether a run of rows and a run of k lie inside or outside the tensor
  /// together, so that what is outside is skipped instead of multiplied.
  bool skips = false;
  std::optional<Filtering> filtering; // of a convolution marked `winograd`
  std::optional<Overlap> overlap;     // of one marked `col2im`
  int64_t splits = 1;                 // of #gan.order

  /// The problem of a contraction op; c and o count within a group.
  ///   matmul:             rows m,       columns n, k = k
  ///   conv2d:             rows n, p, q, columns o, k = i, j, c
  ///   conv2d_input_grad:  rows n, u, v, columns c, k = s, t, o per phase
  ///   conv2d_weight_grad: rows i, j, c, columns o, k = n, p, q, or p, q, n
  ///                       where `skips`
  ///   the same, `col2im`: rows n, block, p, q, columns i, (j, c), k = o
  /// This is the order in which k is summed; rows may stand in another. With
  /// `filtering` positions are tiles, and taps, but for their phase, patches.
  static Problem of(mlir::Operation *op);

  int64_t runs(const Space &space) const; // how many runs there are
  int64_t count(const Space &space) const {
    return runs(space) * extents[space.run];
  }
  int64_t fixedCount() const; // values of all digits that are fixed per tile
  /// Whether some digits lead outside [0, extent).
  bool mayLeave(const Coordinate &coordinate) const;
  bool mayLeave(const Operand &operand) const;
  /// Whether neighbours in a run of `space` are neighbours in memory.
  bool isAlong(const Operand &operand, const Space &space) const;
  /// Whether the border may run through a run of `space`.
  bool isCut(const Operand &operand, const Space &space) const;
  /// Elements of k in one part of the order.
  int64_t part() const;

  /// A new digit.
  int digit(int64_t extent);

private:
  void splitRun(int64_t length);
  void exchange();
};

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_PROBLEM_H
