// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Plain loops over memory. On a CPU a matrix is a tile.
#include "passes/codegen/MatrixEmitter.h"
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
  Elimination(KernelBuilder &k, MatrixTeam &team, RankedTensorType type)
      : k(k), team(team), reals{k}, size(type.getShape().back()),
        work{k, team.scratch(type.getElementTypeBitWidth() / 8 * size * size),
             type.getElementType(), size} {}

  void copyIn(Value matrix) const;
  Value choosePivot(Value column) const;
  void swapRows(const Rows &rows, Value a, Value b) const;

  KernelBuilder &k;
  MatrixTeam &team;
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
  team.each(zero(), k.constant(size * size), [&](Value i) {
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
  team.meet();
  return best[1];
}

void Elimination::swapRows(const Rows &rows, Value a, Value b) const {
  team.each(zero(), end(), [&](Value column) {
    Value ofA = rows.load(a, column), ofB = rows.load(b, column);
    rows.store(ofB, a, column);
    rows.store(ofA, b, column);
  });
}

// Gauss-Jordan: what makes `work` the identity makes the identity the inverse.
static void emitInverse(KernelBuilder &k, MatrixTeam &team,
                        RankedTensorType type, Value number) {
  Elimination e(k, team, type);
  const Reals &r = e.reals;
  e.copyIn(number);
  Rows y = matrixAt(k, k.outputs[0], number, e.work.real, e.size, e.size);
  team.each(e.zero(), k.constant(e.size * e.size),
            [&](Value i) { k.store(k.number(y.real, 0), y.pointer, i); });
  team.each(e.zero(), e.end(),
            [&](Value i) { y.store(k.number(y.real, 1), i, i); });
  k.loop(e.zero(), e.end(), 1, [&](Value c) {
    Value pivot = e.choosePivot(c);
    e.swapRows(e.work, c, pivot);
    e.swapRows(y, c, pivot);
    Value divisor = e.work.load(c, c);
    team.meet();
    team.each(e.zero(), e.end(), [&](Value j) {
      for (const Rows &rows : {e.work, y})
        rows.store(r.div(rows.load(c, j), divisor), c, j);
    });
    k.loop(e.zero(), e.end(), 1, [&](Value row) {
      Value isOther =
          arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::ne, row, c);
      k.when(isOther, [&] {
        Value factor = e.work.load(row, c);
        team.meet();
        team.each(e.zero(), e.end(), [&](Value j) {
          for (const Rows &rows : {e.work, y})
            rows.store(r.sub(rows.load(row, j), r.mul(factor, rows.load(c, j))),
                       row, j);
        });
      });
    });
  });
}

// Of matrix `number`, in every member of the team.
static Value logdetOf(KernelBuilder &k, MatrixTeam &team, RankedTensorType type,
                      Value number) {
  Elimination e(k, team, type);
  const Reals &r = e.reals;
  e.copyIn(number);
  return k.reduce(
      e.zero(), e.end(), 1, k.number(e.work.real, 0),
      [&](Value c, ValueRange old) -> SmallVector<Value> {
        e.swapRows(e.work, c, e.choosePivot(c));
        Value pivot = e.work.load(c, c);
        k.loop(e.after(c), e.end(), 1, [&](Value row) {
          Value factor = r.div(e.work.load(row, c), pivot);
          team.each(e.after(c), e.end(), [&](Value j) {
            e.work.store(
                r.sub(e.work.load(row, j), r.mul(factor, e.work.load(c, j))),
                row, j);
          });
        });
        return {r.add(old[0], Polynomials{k.b, k.loc}.log(r.abs(pivot)))};
      })[0];
}

// ---- rows made orthonormal

namespace {
// The rows of the result, where they are made.
struct Frame {
  KernelBuilder &k;
  MatrixTeam &team;
  Reals r;
  Rows y;

  Value dot(Value a, Value b) const;
};
} // namespace

// In lanes, which join by halving; then what does not fill them, in order.
Value Frame::dot(Value a, Value b) const {
  auto add = [&](Value j, int64_t width, Value sum) {
    return r.add(sum, r.mul(y.load(a, j, width), y.load(b, j, width)));
  };
  constexpr int64_t lanes = MatrixTeam::lanes;
  int64_t whole = y.columns / lanes * lanes;
  Value total = k.number(y.real, 0);
  if (whole > 0) {
    SmallVector<Value> each = team.laneSums(whole, y.real, add);
    for (size_t half = lanes / 2; half > 0; half /= 2)
      for (size_t i = 0; i < half; ++i)
        each[i] = r.add(each[i], each[i + half]);
    total = each[0];
  }
  total = k.reduce(k.constant(whole), k.constant(y.columns), 1, total,
                   [&](Value j, ValueRange old) -> SmallVector<Value> {
                     return {add(j, 1, old[0])};
                   })[0];
  team.meet();
  return total;
}

static void emitOrthonormal(KernelBuilder &k, MatrixTeam &team,
                            RankedTensorType type) {
  int64_t rows = type.getDimSize(0), columns = type.getDimSize(1);
  Type real = type.getElementType();
  Frame f{k, team, {k}, {k, k.outputs[0], real, columns}};
  team.each(k.constant(0), k.constant(rows * columns), [&](Value i) {
    k.store(k.load(k.inputs[0], real, i), f.y.pointer, i);
  });
  k.loop(k.constant(0), k.constant(rows), 1, [&](Value row) {
    k.loop(k.constant(0), k.constant(2), 1, [&](Value) {
      k.loop(k.constant(0), row, 1, [&](Value before) {
        Value share = f.dot(row, before);
        team.alongRow(columns, [&](Value j, int64_t width) {
          Value part =
              f.r.mul(k.splat(share, width), f.y.load(before, j, width));
          f.y.store(f.r.sub(f.y.load(row, j, width), part), row, j);
        });
      });
    });
    Value length = math::SqrtOp::create(k.b, k.loc, f.dot(row, row));
    team.alongRow(columns, [&](Value j, int64_t width) {
      f.y.store(f.r.div(f.y.load(row, j, width), k.splat(length, width)), row,
                j);
    });
  });
}

int64_t gan::countMatrices(KernelBuilder &k) {
  Operation &op = k.body().front();
  auto type = cast<RankedTensorType>(op.getOperand(0).getType());
  return type.getRank() == 3 ? type.getDimSize(0) : 1;
}

// The kernel holds the op alone: its operand is an input, its result the
// output, and neither lies where the other does.
void gan::emitMatrixOf(KernelBuilder &k, MatrixTeam &team, Value number) {
  Operation &op = k.body().front();
  auto type = cast<RankedTensorType>(op.getOperand(0).getType());
  if (isa<OrthonormalOp>(op))
    return emitOrthonormal(k, team, type);
  if (isa<InverseOp>(op))
    return emitInverse(k, team, type, number);
  Value sum = logdetOf(k, team, type, number);
  team.each(k.constant(0), k.constant(1),
            [&](Value) { k.store(sum, k.outputs[0], number); });
}

// ---- on a CPU

namespace {
class Alone : public MatrixTeam {
public:
  explicit Alone(KernelBuilder &k) : k(k) {}
  Value scratch(int64_t bytes) override {
    k.scratchBytes = bytes;
    return k.scratch;
  }
  void each(Value from, Value to, function_ref<void(Value)> body) override {
    k.loop(from, to, 1, body);
  }
  void meet() override {}

  // Whole registers first.
  void alongRow(int64_t columns,
                function_ref<void(Value, int64_t)> body) override {
    int64_t whole = columns / lanes * lanes;
    k.loop(k.constant(0), k.constant(whole), lanes,
           [&](Value j) { body(j, lanes); });
    k.loop(k.constant(whole), k.constant(columns), 1,
           [&](Value j) { body(j, 1); });
  }

  SmallVector<Value>
  laneSums(int64_t columns, Type real,
           function_ref<Value(Value, int64_t, Value)> add) override {
    Value all = k.reduce(k.constant(0), k.constant(columns), lanes,
                         k.number(real, 0, lanes),
                         [&](Value j, ValueRange old) -> SmallVector<Value> {
                           return {add(j, lanes, old[0])};
                         })[0];
    SmallVector<Value> sums;
    for (int64_t i = 0; i < lanes; ++i)
      sums.push_back(k.extract(all, i));
    return sums;
  }

private:
  KernelBuilder &k;
};
} // namespace

LogicalResult gan::emitMatrix(KernelBuilder &k) {
  Alone alone(k);
  k.tiles = countMatrices(k);
  k.loop(k.begin, k.end, 1,
         [&](Value number) { emitMatrixOf(k, alone, number); });
  return success();
}
