// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuRounded.h"
#include "dialect/Arithmetic.h"
#include "passes/codegen/nvptx/StageLoop.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;

// Where all is copied, as many as the largest tile has room for without asking
// for more memory; with copies in bulk one more.
static constexpr int64_t mostStages = 3;
// Slices fill a stage, as the largest tile does.
static constexpr TileShape shapesOfRounded[] = {{128}, {64, 2}, {32, 4}};

RoundedTile::RoundedTile(GpuTile &t, RealFormat format, ArrayRef<int64_t> turns)
    : t(t), k(t.k), isTf32(format == RealFormat::TF32), turns(turns) {
  a.operand = t.p.a;
  b.operand = t.p.b;
  prepare(a, t.p.rows, t.firstRow);
  prepare(b, t.p.columns, t.firstColumn);
  stages = chooseStages();
  for (Side *side : {&a, &b})
    side->memory = t.g.share(stages * stageBytes());
  if (a.bulk || b.bulk)
    barriers.emplace(t.g, stages);
}

int64_t RoundedTile::chooseStages() const {
  bool isAsync = !a.goesByRegisters() && !b.goesByRegisters();
  if (a.bulk || b.bulk)
    return mostStages + isAsync;
  return isAsync ? std::min(mostStages, mostShared / (2 * stageBytes())) : 2;
}

// What is multiplied is rounded where it enters shared memory.
void RoundedTile::prepare(Side &side, const Space &space, Value first) {
  side.operand.tensor = beforeRounding(side.operand.tensor);
  side.staging.emplace(t, side.operand, space, first, depth(),
                       /*pack=*/4 / elementBytes());
  BlockArgument halves = side.staging->heldInHalves();
  if (!isTf32 && halves && k.target.hasTma && prefersWgmma(t))
    side.bulk =
        BulkOperand::find(t, side.operand, halves, space, first, depth());
  if (side.bulk)
    side.bulk->takeMap(t);
  side.isCopied = !side.bulk && !isTf32 && side.staging->canCopyHalves();
}

Value RoundedTile::chunkOf(Value row, Value chunk) {
  Value turned = chunk;
  for (int64_t turn : turns)
    turned =
        arith::XOrIOp::create(k.b, k.loc, turned, k.rem(k.div(row, turn), 4));
  return k.add(k.mul(row, rowBytes), k.mul(turned, chunkBytes));
}

Value RoundedTile::placeOf(Value row, Value byte) {
  return k.add(chunkOf(row, k.div(byte, chunkBytes)), k.rem(byte, chunkBytes));
}

// Rounded, as the words that ldmatrix moves.
SmallVector<Value> RoundedTile::pack(ArrayRef<Value> values) {
  SmallVector<Value> words;
  Type i32 = k.b.getI32Type();
  auto call = [&](StringRef name, Type type, ValueRange operands) {
    return LLVM::CallIntrinsicOp::create(k.b, k.loc, type,
                                         k.b.getStringAttr(name), operands)
        .getResult(0);
  };
  for (size_t i = 0; i < values.size(); i += 4 / elementBytes()) {
    if (isTf32) {
      words.push_back(call("llvm.nvvm.f2tf32.rna", i32, values[i]));
      continue;
    }
    // The first operand becomes the upper half.
    Value both =
        call("llvm.nvvm.ff2bf16x2.rn", VectorType::get(2, k.b.getBF16Type()),
             {values[i + 1], values[i]});
    words.push_back(LLVM::BitcastOp::create(k.b, k.loc, i32, both));
  }
  return words;
}

void RoundedTile::put(Side &side, ArrayRef<Value> words, Value stage) {
  if (!side.goesByRegisters())
    return;
  GpuStaging &staging = *side.staging;
  size_t count = staging.deep * elementBytes() / 4;
  Value memory = k.advance(side.memory, {}, stage);
  for (const StagedUnit &unit : staging.units)
    for (Value member : unit.members) {
      Value byte = k.mul(unit.ahead, elementBytes());
      k.store(k.assemble(words.take_front(count)),
              k.advance(memory, {}, placeOf(member, byte)), k.constant(0),
              /*aligned=*/true);
      words = words.drop_front(count);
    }
}

void RoundedTile::copy(Side &side, Value step, Value to, Value stage) {
  if (!side.isCopied)
    return;
  Value memory = k.advance(side.memory, {}, stage);
  side.staging->copy(
      step, to, /*keepsSteps=*/true, [&](Value member, Value ahead) {
        return k.advance(memory, {},
                         placeOf(member, k.mul(ahead, elementBytes())));
      });
}

SmallVector<Value> RoundedTile::fetch(Side &side, Value step, Value to) {
  return side.goesByRegisters() ? pack(side.staging->fetch(step, to))
                                : SmallVector<Value>();
}

// One thread asks, for the stage as a whole.
void RoundedTile::copyBulk(Value step, Value to, Value stage) {
  auto compare = [&](arith::CmpIPredicate how, Value x, Value y) {
    return arith::CmpIOp::create(k.b, k.loc, how, x, y);
  };
  Value isAsked = arith::AndIOp::create(
      k.b, k.loc, compare(arith::CmpIPredicate::slt, step, to),
      compare(arith::CmpIPredicate::eq, t.g.thread(), k.constant(0)));
  k.when(isAsked, [&] {
    Value number = k.div(stage, stageBytes());
    barriers->expect(number,
                     (a.bulk.has_value() + b.bulk.has_value()) * stageBytes());
    for (Side *side : {&a, &b})
      if (side->bulk)
        side->bulk->copy(t, step, k.advance(side->memory, {}, stage),
                         barriers->at(number));
  });
}

SmallVector<Value> RoundedTile::sumPart(Value from, Value to) {
  auto fetch = [&](Value step) {
    return std::pair(this->fetch(a, step, to), this->fetch(b, step, to));
  };
  auto put = [&](const StageLoop::Fetched &fetched, Value stage) {
    this->put(a, fetched.first, stage);
    this->put(b, fetched.second, stage);
  };
  auto copyBoth = [&](Value step, Value stage) {
    copy(a, step, to, stage);
    copy(b, step, to, stage);
  };
  auto multiply = [&](Value stage, SmallVector<Value> sums) {
    multiplyStage(stage, sums);
    return sums;
  };
  auto settleAll = [&](SmallVector<Value> sums) {
    settle(sums);
    return sums;
  };
  auto publishAll = [&] { publish(); };
  StageLoop loop = {.depth = depth(),
                    .size = stageBytes(),
                    .stages = stages,
                    .fetch = fetch,
                    .put = put,
                    .multiply = multiply,
                    .settle = settleAll,
                    .publish = publishAll};
  if (a.isCopied || b.isCopied)
    loop.copy = copyBoth;
  auto copyCounted = [&](Value step, Value to, Value stage) {
    copyBulk(step, to, stage);
  };
  auto await = [&](Value stage) { barriers->wait(k.div(stage, stageBytes())); };
  if (barriers) {
    loop.copyCounted = copyCounted;
    loop.await = await;
  }
  return loop.emit(t, from, to, sumsOfThread()).sums;
}

void RoundedTile::emit() {
  auto finish = [&] {
    if (barriers)
      barriers->end();
  };
  t.emit(sumsOfThread(),
         {[&](Value from, Value to) { return sumPart(from, to); },
          [&](Value i, Value thread) { return place(i, thread); }, finish});
}

// Tensors of the operand's size that its prologue reads.
static int64_t tensorsBehind(const Operand &operand) {
  auto elements = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getNumElements();
  };
  llvm::SetVector<Value> behind;
  behind.insert(operand.tensor);
  for (size_t i = 0; i < behind.size(); ++i)
    if (Operation *op = behind[i].getDefiningOp())
      behind.insert(op->operand_begin(), op->operand_end());
  return llvm::count_if(behind, [&](Value value) {
    return isa<BlockArgument>(value) &&
           elements(value) == elements(operand.tensor);
  });
}

// The largest tile has no registers left for what a prologue of bf16 reads.
void gan::emitRoundedTile(GpuTile &t, RealFormat format) {
  bool isTf32 = format == RealFormat::TF32;
  ArrayRef<TileShape> shapes = shapesOfRounded;
  if (!isTf32 && tensorsBehind(t.p.a) + tensorsBehind(t.p.b) > 2)
    shapes = shapes.drop_front();
  t.open(t.chooseShape(shapes, /*free=*/true));
  prefersWgmma(t) ? emitWgmmaTile(t, format) : emitMmaTile(t, format);
}
