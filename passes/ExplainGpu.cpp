// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ExplainGpu.h"

#include "passes/Places.h"
#include "passes/codegen/executable/KernelCost.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;
using llvm::formatv;

namespace {
// Peaks without tensor cores, from NVIDIA's data sheets.
struct Gpu {
  const char *name;
  double f32, f64, bytes; // per second
};
} // namespace

static constexpr Gpu gpus[] = {{"A100", 19.5e12, 9.7e12, 2.039e12},
                               {"H100", 66.9e12, 33.5e12, 3.35e12},
                               {"B200", 75e12, 37e12, 7.7e12},
                               {"RTX 5090", 104.8e12, 1.6e12, 1.792e12}};

static bool isDouble(KernelOp kernel) {
  return llvm::any_of(kernel.getResultTypes(), [](Type type) {
    return cast<RankedTensorType>(type).getElementType().isF64();
  });
}

static double secondsAtBest(const KernelCost &cost, bool isDouble,
                            const Gpu &gpu) {
  return std::max(cost.flops / (isDouble ? gpu.f64 : gpu.f32),
                  cost.bytes / gpu.bytes);
}

// The arithmetic and the traffic stand in the table of the plan.
static void explainEntries(ModelOp model, llvm::raw_ostream &os) {
  os << formatv("\n{0,-20} {1,10}", "entry on a GPU", "launches");
  for (const Gpu &gpu : gpus)
    os << formatv(" {0,12}", gpu.name);
  os << "  (ms at best)\n";
  for (func::FuncOp entry : model.getOps<func::FuncOp>()) {
    uint64_t launches = 0;
    double seconds[std::size(gpus)] = {};
    entry.walk([&](KernelOp kernel) {
      ++launches;
      KernelCost cost = costOf(kernel);
      for (size_t i = 0; i < std::size(gpus); ++i)
        seconds[i] += secondsAtBest(cost, isDouble(kernel), gpus[i]);
    });
    if (launches == 0)
      continue;
    os << formatv("{0,-20} {1,10}", entry.getSymName(), launches);
    for (double each : seconds)
      os << formatv(" {0,12:f3}", each * 1e3);
    os << '\n';
  }
}

static void explainKernel(KernelOp kernel, const GpuKernels &gpu,
                          llvm::raw_ostream &os) {
  const EmittedGpuKernel &emitted = gpu.kernels[gpu.kernelOf.lookup(kernel)];
  KernelCost cost = costOf(kernel);
  os << formatv("{0,-20} {1,10} {2,8} {3,8} {4,10:f3} {5,10:f2}", emitted.name,
                emitted.blocks, emitted.threads, emitted.sharedBytes,
                cost.flops * 1e-9, cost.bytes / 1048576.0);
  for (const Cubin &cubin : gpu.cubins) {
    ThreadResources taken = cubin.resources.lookup(emitted.name);
    os << formatv(
        " {0,10}",
        taken.spilledBytes == 0
            ? std::to_string(taken.registers)
            : formatv("{0}+{1} B", taken.registers, taken.spilledBytes).str());
  }
  os << "  " << spellPlace(kernel.getLoc()) << '\n';
}

// Each different kernel where it is first launched.
static void explainKernels(ModelOp model, const GpuKernels &gpu,
                           llvm::raw_ostream &os) {
  os << formatv("\n{0,-20} {1,10} {2,8} {3,8} {4,10} {5,10}", "kernel",
                "blocks", "threads", "shared B", "GFLOP", "MiB");
  for (const Cubin &cubin : gpu.cubins)
    os << formatv(" {0,10}", cubin.architecture);
  os << (gpu.cubins.empty() ? "\n"
                            : "  (registers of a thread + bytes it spills)\n");
  unsigned shown = 0;
  model.walk([&](KernelOp kernel) {
    if (gpu.kernelOf.lookup(kernel) != shown)
      return;
    ++shown;
    explainKernel(kernel, gpu, os);
  });
}

void gan::explainGpu(ModelOp model, const GpuKernels &gpu,
                     llvm::raw_ostream &os) {
  explainEntries(model, os);
  explainKernels(model, gpu, os);
}
