// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ExplainPlan.h"

#include "passes/codegen/executable/KernelCost.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;
using llvm::formatv;

static double mebibytes(uint64_t bytes) { return bytes / 1048576.0; }

static void explainMemory(ModelOp model, llvm::raw_ostream &os) {
  uint64_t byKind[3] = {};
  for (StorageOp storage : model.getOps<StorageOp>())
    byKind[static_cast<unsigned>(storage.getKind())] +=
        bytesOf(storage.getType());
  uint64_t arena =
      model->getAttrOfType<IntegerAttr>("gan.arena_bytes").getInt();
  uint64_t stored = byKind[0] + byKind[1] + byKind[2];
  os << "\nmemory, allocated once and nothing after it\n";
  auto line = [&](StringRef what, uint64_t bytes) {
    os << formatv("  {0,-32} {1,12:f1} MiB\n", what, mebibytes(bytes));
  };
  line("parameters", byKind[0]);
  line("states of networks", byKind[1]);
  line("states of optimizers", byKind[2]);
  line("batches and activations", arena - std::min(arena, stored));
  line("in all", arena);
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
    if (kernels != 0)
      os << formatv("{0,-20} {1,10} {2,14:f3} {3,14:f1}\n", entry.getSymName(),
                    kernels, flops * 1e-9, mebibytes(bytes));
  }
}

void gan::explainPlan(ModelOp model, llvm::raw_ostream &os) {
  explainMemory(model, os);
  explainEntries(model, os);
}
