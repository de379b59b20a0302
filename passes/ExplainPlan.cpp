// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ExplainPlan.h"

#include "dialect/Arithmetic.h"
#include "passes/Places.h"
#include "passes/codegen/EmitKernels.h"
#include "passes/codegen/executable/KernelCost.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;
using llvm::formatv;

static double mebibytes(uint64_t bytes) { return bytes / 1048576.0; }

// What the runtime holds beside the arena: two batches of data in the making,
// and the largest stored tensor on its way to a file.
static uint64_t bytesBeside(ModelOp model) {
  uint64_t largest = 0, batches = 0;
  for (StorageOp storage : model.getOps<StorageOp>())
    largest = std::max(largest, bytesOf(storage.getType()));
  for (func::FuncOp entry : model.getOps<func::FuncOp>()) {
    uint64_t data = 0;
    for (unsigned i = 0; i < entry.getNumArguments(); ++i)
      if (entry.getArgAttr(i, "gan.data"))
        data += bytesOf(entry.getArgument(i).getType());
    batches = std::max(batches, data);
  }
  return largest + 2 * batches;
}

static LogicalResult explainMemory(ModelOp model, llvm::raw_ostream &os) {
  uint64_t byKind[3] = {};
  for (StorageOp storage : model.getOps<StorageOp>())
    byKind[static_cast<unsigned>(storage.getKind())] +=
        bytesOf(storage.getType());
  FailureOr<int64_t> scratch = scratchOfThread(model);
  if (failed(scratch))
    return failure();
  uint64_t arena =
      model->getAttrOfType<IntegerAttr>("gan.arena_bytes").getInt();
  uint64_t stored = byKind[0] + byKind[1] + byKind[2];
  uint64_t beside = bytesBeside(model);
  os << "\nmemory of a run, allocated before its first step\n";
  auto line = [&](StringRef what, uint64_t bytes) {
    os << formatv("  {0,-44} {1,10:f1} MiB\n", what, mebibytes(bytes));
  };
  line("parameters", byKind[0]);
  line("states of networks", byKind[1]);
  line("states of optimizers", byKind[2]);
  line("activations", arena - std::min(arena, stored));
  line("scratch of two threads", 2 * *scratch);
  line("batches read ahead, a tensor to be written", beside);
  line("a copy of what is stored, against nan", stored);
  line("in all", arena + 2 * *scratch + beside + stored);
  return success();
}

static void explainEntries(ModelOp model, llvm::raw_ostream &os) {
  os << formatv("\n{0,-20} {1,10} {2,14} {3,14}\n", "entry", "kernels",
                "GFLOP a run", "MiB moved");
  for (func::FuncOp entry : model.getOps<func::FuncOp>()) {
    uint64_t kernels = 0, flops = 0, bytes = 0;
    entry.walk([&](KernelOp kernel) {
      KernelCost cost = costOf(kernel);
      ++kernels;
      flops += cost.flops;
      bytes += cost.bytes;
    });
    entry.walk([&](CopyOp copy) { bytes += costOf(*copy).bytes; });
    if (kernels != 0)
      os << formatv("{0,-20} {1,10} {2,14:f3} {3,14:f1}\n", entry.getSymName(),
                    kernels, flops * 1e-9, mebibytes(bytes));
  }
}

// Every contraction, where some are rounded.
static void explainRounding(ModelOp model, llvm::raw_ostream &os) {
  bool rounds = model
                    .walk([](Operation *op) {
                      return formatOfProducts(op) ? WalkResult::interrupt()
                                                  : WalkResult::advance();
                    })
                    .wasInterrupted();
  if (!rounds)
    return;
  static constexpr char row[] = "{0,-20} {1,-20} {2,10} {3,14}  {4}\n";
  os << "\nwhat contractions multiply; sums are f32\n"
     << formatv(row, "entry", "contraction", "operands", "GFLOP", "line");
  for (func::FuncOp entry : model.getOps<func::FuncOp>())
    entry.walk([&](KernelOp kernel) {
      for (Operation &op : kernel.getBody().front()) {
        if (!isContraction(&op))
          continue;
        std::optional<RealFormat> format = formatOfProducts(&op);
        os << formatv(row, entry.getSymName(), op.getName().stripDialect(),
                      format ? stringifyRealFormat(*format) : "f32",
                      formatv("{0:f4}", costOf(op).flops * 1e-9).str(),
                      spellPlace(op.getLoc()));
      }
    });
}

static int64_t readers(Value value) {
  int64_t count = 0;
  for (Operation *user : value.getUsers())
    count += isa<ReshapeOp>(user) ? readers(user->getResult(0)) : 1;
  return count;
}

static std::string spellShape(RankedTensorType type) {
  auto extents = llvm::map_range(
      type.getShape(), [](int64_t extent) { return std::to_string(extent); });
  return llvm::join(extents, "x");
}

// Every tensor that memory holds in bf16 between kernels, and how often they
// read it.
static void explainHeld(ModelOp model, llvm::raw_ostream &os) {
  static constexpr char row[] = "{0,-20} {1,-24} {2,8} {3,14}  {4}\n";
  bool isFirst = true;
  auto explain = [&](func::FuncOp entry, Value held) {
    auto type = cast<RankedTensorType>(held.getType());
    if (isFirst)
      os << "\nwhat memory holds in bf16 between kernels; parameters, their "
            "gradients, states, statistics, losses and outputs are f32\n"
         << formatv(row, "entry", "tensor", "readers", "MiB", "line");
    isFirst = false;
    os << formatv(row, entry.getSymName(), spellShape(type), readers(held),
                  formatv("{0:f1}", mebibytes(bytesOf(type))).str(),
                  spellPlace(held.getLoc()));
  };
  for (func::FuncOp entry : model.getOps<func::FuncOp>())
    for (KernelOp kernel : entry.getOps<KernelOp>())
      for (Value result : kernel.getOutputs())
        if (getElementTypeOrSelf(result).isBF16())
          explain(entry, result);
}

LogicalResult gan::explainPlan(ModelOp model, llvm::raw_ostream &os) {
  if (failed(explainMemory(model, os)))
    return failure();
  explainEntries(model, os);
  explainRounding(model, os);
  explainHeld(model, os);
  return success();
}
