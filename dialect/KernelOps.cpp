// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

// The kind of loop nest that an op brings to its kernel; nothing for what is
// only computed along.
static std::optional<HeroKind> heroOf(Operation &op) {
  return TypeSwitch<Operation &, std::optional<HeroKind>>(op)
      .Case<MatmulOp, Conv2dOp, Conv2dInputGradOp, Conv2dWeightGradOp>(
          [](auto) { return HeroKind::Contraction; })
      .Case<SumOp, ArgmaxOp>([](auto) { return HeroKind::Reduction; })
      .Case<InverseOp, LogdetOp, OrthonormalOp>(
          [](auto) { return HeroKind::Matrix; })
      .Default([](Operation &) { return std::nullopt; });
}

static LogicalResult verifyHero(KernelOp kernel) {
  Operation *hero = nullptr;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    std::optional<HeroKind> kind = heroOf(op);
    if (!kind)
      continue;
    if (hero && isa<SumOp>(op) && kernel.getHero() == HeroKind::Contraction)
      continue;                    // where tiles are stored
    if (*kind != kernel.getHero()) // (C3)
      return op.emitOpError()
             << "needs a kernel with hero(" << stringifyHeroKind(*kind)
             << "), found hero(" << stringifyHeroKind(kernel.getHero()) << ")";
    if (hero && *kind == HeroKind::Contraction) { // (C3)
      InFlightDiagnostic error = op.emitOpError()
                                 << "is the second contraction of its kernel";
      error.attachNote(hero->getLoc()) << "the first is here";
      return error;
    }
    hero = &op;
  }
  return success();
}

LogicalResult KernelOp::verifyRegions() {
  Block &block = getBody().front();
  if (block.getArgumentTypes() != getInputs().getTypes()) // (C1)
    return emitOpError() << "needs block arguments of the types of its "
                         << getInputs().size() << " operands, found "
                         << block.getNumArguments() << " or other types";
  Operation *yield = block.getTerminator();
  if (yield->getOperandTypes() != getOutputs().getTypes()) // (C1)
    return emitOpError() << "needs yielded values of the types of its "
                         << getOutputs().size() << " results, found "
                         << yield->getNumOperands() << " or other types";
  for (Operation &op : block.without_terminator()) {
    bool isTensorLevel = isa<GanDialect>(op.getDialect()) && isPure(&op) &&
                         op.getNumRegions() == 0 && !isa<GradOp>(op);
    if (!isTensorLevel) // (C2)
      return op.emitOpError() << "cannot stand in a kernel";
  }
  return verifyHero(*this);
}
