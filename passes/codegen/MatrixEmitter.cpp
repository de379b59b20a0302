// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Linear algebra on small matrices: plain loops over memory, one matrix a tile.
#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/Polynomials.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace gan;

namespace {

// Arithmetic on scalars or registers of reals.
struct Reals {
  KernelBuilder &k;
  Value sub(Value x, Value y) const {
    return arith::SubFOp::create(k.b, k.loc, x, y);
  }
  Value add(Value x, Value y) const {
    return arith::AddFOp::create(k.b, k.loc, x, y);
  }
  Value mul(Value x, Value y) const {
    return arith::MulFOp::create(k.b, k.loc, x, y);
  }
  Value div(Value x, Value y) const {
    return arith::DivFOp::create(k.b, k.loc, x, y);
  }
  Value abs(Value x) const { return math::AbsFOp::create(k.b, k.loc, x); }
};

// Rows of `columns` reals behind a pointer.
struct Rows {
  KernelBuilder &k;
  Value pointer;
  Type real;
  int64_t columns;

  Value place(Value row, Value column) const {
    return k.add(k.mul(row, columns), column);
  }
  Value load(Value row, Value column, int64_t lanes = 1) const {
    return k.load(pointer, real, place(row, column), lanes);
  }
  void store(Value value, Value row, Value column) const {
    k.store(value, pointer, place(row, column));
  }
};

// Elimination on a copy of the matrix in scratch.
struct Elimination {
  Elimination(KernelBuilder &k, RankedTensorType type)
      : k(k), reals{k}, size(type.getShape().back()),
        work{k, k.scratch, type.getElementType(), size} {
    k.scratchBytes = size * size * 8;
  }

  void copyIn(Value matrix) const;
  Value choosePivot(Value column) const;
  void swapRows(const Rows &rows, Value a, Value b) const;

  KernelBuilder &k;
  Reals reals;
  int64_t size;
  Rows work;

  Value zero() const { return k.constant(0); }
  Value end() const { return k.constant(size); }
  Value after(Value i) const { return k.add(i, k.constant(1)); }
};

} // namespace

static Rows matrixAt(KernelBuilder &k, Value pointer, Value number, Type real,
                     int64_t rows, int64_t columns) {
  return {k, k.advance(pointer, real, k.mul(number, rows * columns)), real,
          columns};
}

void Elimination::copyIn(Value number) const {
  Rows x = matrixAt(k, k.inputs[0], number, work.real, size, size);
  k.loop(zero(), k.constant(size * size), 1, [&](Value i) {
    k.store(k.load(x.pointer, x.real, i), work.pointer, i);
  });
}

// The row from `column` on with the largest element in that column, the first
// of equals.
Value Elimination::choosePivot(Value column) const {
  SmallVector<Value> best = k.reduce(
      after(column), end(), 1, {reals.abs(work.load(column, column)), column},
      [&](Value row, ValueRange old) -> SmallVector<Value> {
        Value size = reals.abs(work.load(row, column));
        Value isLarger = arith::CmpFOp::create(
            k.b, k.loc, arith::CmpFPredicate::OGT, size, old[0]);
        return {arith::SelectOp::create(k.b, k.loc, isLarger, size, old[0]),
                arith::SelectOp::create(k.b, k.loc, isLarger, row, old[1])};
      });
  return best[1];
}

void Elimination::swapRows(const Rows &rows, Value a, Value b) const {
  k.loop(zero(), end(), 1, [&](Value column) {
    Value ofA = rows.load(a, column), ofB = rows.load(b, column);
    rows.store(ofB, a, column);
    rows.store(ofA, b, column);
  });
}

// Gauss-Jordan: what makes `work` the identity makes the identity the inverse.
static void emitInverse(KernelBuilder &k, RankedTensorType type, Value number) {
  Elimination e(k, type);
  const Reals &r = e.reals;
  e.copyIn(number);
  Rows y = matrixAt(k, k.outputs[0], number, e.work.real, e.size, e.size);
  k.loop(e.zero(), k.constant(e.size * e.size), 1,
         [&](Value i) { k.store(k.number(y.real, 0), y.pointer, i); });
  k.loop(e.zero(), e.end(), 1,
         [&](Value i) { y.store(k.number(y.real, 1), i, i); });
  k.loop(e.zero(), e.end(), 1, [&](Value c) {
    Value pivot = e.choosePivot(c);
    e.swapRows(e.work, c, pivot);
    e.swapRows(y, c, pivot);
    Value divisor = e.work.load(c, c);
    k.loop(e.zero(), e.end(), 1, [&](Value j) {
      for (const Rows &rows : {e.work, y})
        rows.store(r.div(rows.load(c, j), divisor), c, j);
    });
    k.loop(e.zero(), e.end(), 1, [&](Value row) {
      Value isOther =
          arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::ne, row, c);
      k.when(isOther, [&] {
        Value factor = e.work.load(row, c);
        k.loop(e.zero(), e.end(), 1, [&](Value j) {
          for (const Rows &rows : {e.work, y})
            rows.store(r.sub(rows.load(row, j), r.mul(factor, rows.load(c, j))),
                       row, j);
        });
      });
    });
  });
}

static void emitLogdet(KernelBuilder &k, RankedTensorType type, Value number) {
  Elimination e(k, type);
  const Reals &r = e.reals;
  e.copyIn(number);
  SmallVector<Value> sum = k.reduce(
      e.zero(), e.end(), 1, k.number(e.work.real, 0),
      [&](Value c, ValueRange old) -> SmallVector<Value> {
        e.swapRows(e.work, c, e.choosePivot(c));
        Value pivot = e.work.load(c, c);
        k.loop(e.after(c), e.end(), 1, [&](Value row) {
          Value factor = r.div(e.work.load(row, c), pivot);
          k.loop(e.after(c), e.end(), 1, [&](Value j) {
            e.work.store(
                r.sub(e.work.load(row, j), r.mul(factor, e.work.load(c, j))),
                row, j);
          });
        });
        return {r.add(old[0], Polynomials{k.b, k.loc}.log(r.abs(pivot)))};
      });
  k.store(sum[0], k.outputs[0], number);
}

// ---- rows made orthonormal

// Lanes of a sum over a row, for every target the same.
static constexpr int64_t rowLanes = 16;

namespace {
// The rows of the result, where they are made.
struct Frame {
  KernelBuilder &k;
  Reals r;
  Rows y;

  // for j: body(j, lanes), whole registers first.
  void alongRow(function_ref<void(Value, int64_t)> body) const;
  Value dot(Value a, Value b) const;
};
} // namespace

void Frame::alongRow(function_ref<void(Value, int64_t)> body) const {
  int64_t whole = y.columns / rowLanes * rowLanes;
  k.loop(k.constant(0), k.constant(whole), rowLanes,
         [&](Value j) { body(j, rowLanes); });
  k.loop(k.constant(whole), k.constant(y.columns), 1,
         [&](Value j) { body(j, 1); });
}

// In 16 lanes, which join by halving; then what does not fill them, in order.
Value Frame::dot(Value a, Value b) const {
  auto sum = [&](int64_t from, int64_t to, int64_t lanes, Value start) {
    return k.reduce(k.constant(from), k.constant(to), lanes, start,
                    [&](Value j, ValueRange old) -> SmallVector<Value> {
                      return {r.add(old[0], r.mul(y.load(a, j, lanes),
                                                  y.load(b, j, lanes)))};
                    })[0];
  };
  int64_t whole = y.columns / rowLanes * rowLanes;
  Value total = k.number(y.real, 0);
  if (whole > 0) {
    Value lanes = sum(0, whole, rowLanes, k.number(y.real, 0, rowLanes));
    SmallVector<Value> each;
    for (int64_t i = 0; i < rowLanes; ++i)
      each.push_back(k.extract(lanes, i));
    for (size_t half = rowLanes / 2; half > 0; half /= 2)
      for (size_t i = 0; i < half; ++i)
        each[i] = r.add(each[i], each[i + half]);
    total = each[0];
  }
  return sum(whole, y.columns, 1, total);
}

static void emitOrthonormal(KernelBuilder &k, RankedTensorType type) {
  int64_t rows = type.getDimSize(0), columns = type.getDimSize(1);
  Type real = type.getElementType();
  Frame f{k, {k}, {k, k.outputs[0], real, columns}};
  k.loop(k.constant(0), k.constant(rows * columns), 1, [&](Value i) {
    k.store(k.load(k.inputs[0], real, i), f.y.pointer, i);
  });
  k.loop(k.constant(0), k.constant(rows), 1, [&](Value row) {
    k.loop(k.constant(0), k.constant(2), 1, [&](Value) {
      k.loop(k.constant(0), row, 1, [&](Value before) {
        Value share = f.dot(row, before);
        f.alongRow([&](Value j, int64_t lanes) {
          Value part =
              f.r.mul(k.splat(share, lanes), f.y.load(before, j, lanes));
          f.y.store(f.r.sub(f.y.load(row, j, lanes), part), row, j);
        });
      });
    });
    Value length = math::SqrtOp::create(k.b, k.loc, f.dot(row, row));
    f.alongRow([&](Value j, int64_t lanes) {
      f.y.store(f.r.div(f.y.load(row, j, lanes), k.splat(length, lanes)), row,
                j);
    });
  });
}

// The kernel holds the op alone: its operand is an input, its result the
// output, and neither lies where the other does.
LogicalResult gan::emitMatrix(KernelBuilder &k) {
  Operation &op = k.body().front();
  auto type = cast<RankedTensorType>(op.getOperand(0).getType());
  if (isa<OrthonormalOp>(op)) {
    k.when(arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt, k.begin,
                                 k.end),
           [&] { emitOrthonormal(k, type); });
    return success();
  }
  k.tiles = type.getRank() == 3 ? type.getDimSize(0) : 1;
  k.loop(k.begin, k.end, 1, [&](Value number) {
    isa<InverseOp>(op) ? emitInverse(k, type, number)
                       : emitLogdet(k, type, number);
  });
  return success();
}
