// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Arithmetic.h"
#include "dialect/Entries.h"
#include "passes/fusion/Passes.h"
#include "passes/fusion/SampleAxes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_STOREROUNDEDPASS
#include "passes/fusion/Passes.h.inc"
} // namespace gan

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static RankedTensorType roundedType(Value value) {
  return typeOf(value).clone(BFloat16Type::get(value.getContext()));
}

// ---- who reads a value

// What reads `value`, views of it seen through.
static SmallVector<OpOperand *> readersOf(Value value) {
  SmallVector<OpOperand *> readers;
  for (OpOperand &use : value.getUses()) {
    if (auto view = dyn_cast<ReshapeOp>(use.getOwner()))
      readers.append(readersOf(view.getY()));
    else
      readers.push_back(&use);
  }
  return readers;
}

static BlockArgument argumentOf(OpOperand &use) {
  auto kernel = cast<KernelOp>(use.getOwner());
  return kernel.getBody().getArgument(use.getOperandNumber());
}

// Whether it could as well read bf16, which it makes f32: not one op on whole
// matrices, nor what is no kernel.
static bool canExtend(OpOperand *use) {
  auto kernel = dyn_cast<KernelOp>(use->getOwner());
  return kernel && kernel.getHero() != HeroKind::Matrix;
}

static bool isRounding(Operation *op) {
  auto round = dyn_cast<RoundOp>(op);
  return round && round.getFormat() == RealFormat::BF16;
}

// Whether it reads nothing but the rounded value.
static bool roundsAnyway(OpOperand *use) {
  return canExtend(use) && !argumentOf(*use).use_empty() &&
         llvm::all_of(argumentOf(*use).getUsers(), isRounding);
}

// ---- policy

// Whether `value` adds over elements in its own kernel: statistics, gradients
// of parameters by sums, losses.
static bool isSumOfKernel(Value value) {
  llvm::SetVector<Operation *> behind;
  behind.insert(value.getDefiningOp());
  for (size_t i = 0; i < behind.size(); ++i) {
    if (isa_and_nonnull<SumOp>(behind[i]))
      return true;
    if (behind[i])
      for (Value operand : behind[i]->getOperands())
        behind.insert(operand.getDefiningOp());
  }
  return false;
}

namespace {
struct StoreRoundedPass : gan::impl::StoreRoundedPassBase<StoreRoundedPass> {
  using StoreRoundedPassBase::StoreRoundedPassBase;

  void runOnOperation() override {
    if (to != "bf16" || !isEntry(getOperation()))
      return;
    axes = fusion::sampleAxesOf(getOperation());
    for (BlockArgument argument : getOperation().getArguments())
      if (isWorthwhile(argument, /*bytesToRound=*/6))
        readRounded(argument, roundArgument(argument));
    for (KernelOp kernel : llvm::to_vector(getOperation().getOps<KernelOp>()))
      visit(kernel);
    for (ReshapeOp view : llvm::to_vector(getOperation().getOps<ReshapeOp>()))
      if (view->use_empty())
        view->erase();
  }

private:
  bool isLarge(Value value) const {
    return typeOf(value).getElementType().isF32() &&
           typeOf(value).getNumElements() >= least;
  }
  bool isHeldRounded(Value result, Value yielded) const;
  bool isWorthwhile(Value value, int64_t bytesToRound) const;
  Value roundArgument(BlockArgument argument);
  void readRounded(Value value, Value rounded);
  void visit(KernelOp kernel);

  llvm::DenseMap<Value, int64_t> axes; // of samples
};
} // namespace

// All its readers are kernels, which round it anyway, or it has a part for each
// sample and is no statistic.
bool StoreRoundedPass::isHeldRounded(Value result, Value yielded) const {
  SmallVector<OpOperand *> readers = readersOf(result);
  if (!isLarge(result) || readers.empty() || !llvm::all_of(readers, canExtend))
    return false;
  return llvm::all_of(readers, roundsAnyway) ||
         (axes.contains(result) && !isSumOfKernel(yielded));
}

// Whether a rounded copy of what must stay f32 saves more bytes of an element
// than it takes to make it.
bool StoreRoundedPass::isWorthwhile(Value value, int64_t bytesToRound) const {
  return isLarge(value) &&
         2 * llvm::count_if(readersOf(value), roundsAnyway) > bytesToRound;
}

// ---- rewriting

Value StoreRoundedPass::roundArgument(BlockArgument argument) {
  OpBuilder builder = OpBuilder::atBlockBegin(argument.getOwner());
  Location loc = (*readersOf(argument).begin())->getOwner()->getLoc();
  auto kernel = KernelOp::create(builder, loc, roundedType(argument),
                                 HeroKind::Elementwise, ValueRange(argument));
  Block &body = kernel.getBody().emplaceBlock();
  Value x = body.addArgument(argument.getType(), loc);
  builder.setInsertionPointToEnd(&body);
  Value rounded = CastOp::create(builder, loc, roundedType(argument), x);
  YieldOp::create(builder, loc, rounded);
  return kernel.getResult(0);
}

// Kernels that round `value` anyway, and all where it is not held otherwise,
// read `rounded`.
void StoreRoundedPass::readRounded(Value value, Value rounded) {
  for (OpOperand *use : readersOf(value)) {
    bool rounds = roundsAnyway(use);
    if (!rounds && value != rounded)
      continue;
    BlockArgument argument = argumentOf(*use);
    OpBuilder builder(use->getOwner());
    Value read = rounded;
    if (typeOf(use->get()).getShape() != typeOf(rounded).getShape())
      read = ReshapeOp::create(builder, use->getOwner()->getLoc(),
                               roundedType(use->get()), rounded);
    use->set(read);
    Type single = argument.getType();
    argument.setType(read.getType());
    builder.setInsertionPointToStart(argument.getOwner());
    auto extended =
        CastOp::create(builder, use->getOwner()->getLoc(), single, argument);
    argument.replaceAllUsesExcept(extended, extended);
    if (!rounds)
      continue;
    for (Operation *round : llvm::to_vector(extended->getUsers())) {
      round->replaceAllUsesWith(extended);
      round->erase();
    }
  }
}

// The kernel stores some results rounded, and copies of others.
void StoreRoundedPass::visit(KernelOp kernel) {
  if (kernel.getHero() == HeroKind::Matrix)
    return;
  auto yield = cast<YieldOp>(kernel.getBody().front().getTerminator());
  SmallVector<Value> stored(yield.getValues());
  SmallVector<Type> types(kernel.getResultTypes());
  SmallVector<unsigned> held, copied;
  OpBuilder builder(yield);
  auto round = [&](Value value) -> Value {
    Location loc = value.getDefiningOp() ? value.getDefiningOp()->getLoc()
                                         : kernel.getLoc();
    return CastOp::create(builder, loc, roundedType(value), value);
  };
  for (auto [i, result] : llvm::enumerate(kernel.getOutputs())) {
    if (isHeldRounded(result, stored[i])) {
      held.push_back(i);
      stored[i] = round(stored[i]);
      types[i] = stored[i].getType();
    } else if (isWorthwhile(result, /*bytesToRound=*/2)) {
      copied.push_back(i);
      stored.push_back(round(stored[i]));
      types.push_back(stored.back().getType());
    }
  }
  if (held.empty() && copied.empty())
    return;
  yield.getValuesMutable().assign(stored);
  builder.setInsertionPoint(kernel);
  auto wider = KernelOp::create(builder, kernel.getLoc(), types,
                                kernel.getHero(), kernel.getInputs());
  wider->setDiscardableAttrs(kernel->getDiscardableAttrDictionary());
  wider.getBody().takeBody(kernel.getBody());
  unsigned old = kernel.getNumResults();
  kernel->replaceAllUsesWith(wider.getOutputs().take_front(old));
  kernel->erase();
  for (unsigned i : held)
    readRounded(wider.getResult(i), wider.getResult(i));
  for (auto [i, number] : llvm::enumerate(copied))
    readRounded(wider.getResult(number), wider.getResult(old + i));
  numRounded += held.size() + copied.size();
}
