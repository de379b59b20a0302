// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ExplainGpu.h"

#include "dialect/Arithmetic.h"
#include "dialect/Launches.h"
#include "passes/Places.h"
#include "passes/codegen/executable/KernelCost.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;
using llvm::formatv;

namespace {
// Peaks from NVIDIA's data sheets: without tensor cores, then of these, for
// matrices that are not sparse.
struct Gpu {
  const char *name;
  double f32, f64, tf32, bf16, bytes; // per second
};
} // namespace

static constexpr Gpu gpus[] = {
    {"A100", 19.5e12, 9.7e12, 156e12, 312e12, 2.039e12},
    {"H100", 66.9e12, 33.5e12, 494.7e12, 989.4e12, 3.35e12},
    {"B200", 75e12, 37e12, 1125e12, 2250e12, 7.7e12},
    {"RTX 5090", 104.8e12, 1.6e12, 104.8e12, 209.5e12, 1.792e12}};

static bool usesDoubles(KernelOp kernel) {
  return llvm::any_of(kernel.getResultTypes(), [](Type type) {
    return cast<RankedTensorType>(type).getElementType().isF64();
  });
}

// Operations a second. What a contraction multiplies is rounded where tensor
// cores do it.
static double rateOf(KernelOp kernel, const Gpu &gpu) {
  if (usesDoubles(kernel))
    return gpu.f64;
  for (Operation &op : kernel.getBody().front())
    if (std::optional<RealFormat> format = formatOfProducts(&op))
      return format == RealFormat::TF32 ? gpu.tf32 : gpu.bf16;
  return gpu.f32;
}

static KernelCost sumOf(ArrayRef<KernelOp> kernels) {
  KernelCost sum;
  for (KernelOp kernel : kernels) {
    KernelCost own = costOf(kernel);
    sum.flops += own.flops;
    sum.bytes += own.bytes;
  }
  return sum;
}

// Of a launch: its members run at the same time.
static double secondsAtBest(ArrayRef<KernelOp> members, const Gpu &gpu) {
  double arithmetic = 0;
  for (KernelOp kernel : members)
    arithmetic += costOf(kernel).flops / rateOf(kernel, gpu);
  return std::max(arithmetic, sumOf(members).bytes / gpu.bytes);
}

static void explainEntry(func::FuncOp entry, llvm::raw_ostream &os) {
  SmallVector<KernelOp> kernels(entry.getOps<KernelOp>());
  if (kernels.empty())
    return;
  uint64_t launches = 0;
  double seconds[std::size(gpus)] = {};
  for (KernelOp kernel : kernels)
    if (SmallVector<KernelOp> members = membersOfLaunch(kernel);
        !members.empty()) {
      ++launches;
      for (size_t i = 0; i < std::size(gpus); ++i)
        seconds[i] += secondsAtBest(members, gpus[i]);
    }
  KernelCost cost = sumOf(kernels);
  for (CopyOp copy : entry.getOps<CopyOp>())
    cost.bytes += costOf(*copy).bytes;
  os << formatv("{0,-20} {1,8} {2,8} {3,10:f3} {4,10:f1}", entry.getSymName(),
                kernels.size(), launches, cost.flops * 1e-9,
                cost.bytes / 1048576.0);
  for (double each : seconds)
    os << formatv(" {0,10:f3}", each * 1e3);
  os << '\n';
}

static void explainEntries(ModelOp model, llvm::raw_ostream &os) {
  os << formatv("\n{0,-20} {1,8} {2,8} {3,10} {4,10}", "entry on a GPU",
                "kernels", "launches", "GFLOP", "MiB moved");
  for (const Gpu &gpu : gpus)
    os << formatv(" {0,10}", gpu.name);
  os << "  (ms at best)\n";
  for (func::FuncOp entry : model.getOps<func::FuncOp>())
    explainEntry(entry, os);
}

// By type of element; an i1 is a byte.
using Traffic = llvm::MapVector<Type, uint64_t>;

static Traffic trafficOf(func::FuncOp entry) {
  Traffic traffic;
  auto add = [&](TypeRange types) {
    for (Type type : types)
      traffic[getElementTypeOrSelf(type)] += bytesOf(type);
  };
  for (Operation &op : entry.getOps())
    if (isa<KernelOp, CopyOp>(op)) {
      add(op.getOperandTypes());
      add(op.getResultTypes());
    }
  return traffic;
}

// What of each entry's traffic is of which type.
static void explainTypes(ModelOp model, llvm::raw_ostream &os) {
  Traffic all;
  for (func::FuncOp entry : model.getOps<func::FuncOp>())
    for (auto [type, bytes] : trafficOf(entry))
      all[type] += bytes;
  os << formatv("\n{0,-20}", "MiB moved as");
  for (auto [type, bytes] : all)
    os << formatv(" {0,10}", type);
  os << '\n';
  for (func::FuncOp entry : model.getOps<func::FuncOp>()) {
    Traffic own = trafficOf(entry);
    if (own.empty())
      continue;
    os << formatv("{0,-20}", entry.getSymName());
    for (auto [type, bytes] : all)
      os << formatv(" {0,10:f1}", own.lookup(type) / 1048576.0);
    os << '\n';
  }
}

static void explainArena(ModelOp model, int64_t withoutGpu,
                         llvm::raw_ostream &os) {
  int64_t bytes = model->getAttrOfType<IntegerAttr>("gan.arena_bytes").getInt();
  os << formatv("\narena built for GPUs {0:f1} MiB, for the CPU alone {1:f1} "
                "MiB\n",
                bytes / 1048576.0, withoutGpu / 1048576.0);
}

static void explainRegisters(StringRef launch, const GpuKernels &gpu,
                             llvm::raw_ostream &os) {
  for (const Cubin &cubin : gpu.cubins) {
    ThreadResources taken = cubin.resources.lookup(launch);
    os << formatv(
        " {0,10}",
        taken.spilledBytes == 0
            ? std::to_string(taken.registers)
            : formatv("{0}+{1} B", taken.registers, taken.spilledBytes).str());
  }
}

// How many operands of the kernel come by TMA, where an architecture has it.
static void explainMaps(KernelOp kernel, const GpuKernels &gpu,
                        llvm::raw_ostream &os) {
  for (const GpuKernels::OwnPtx &own : gpu.ownPtx)
    if (size_t maps = own.kernels[gpu.kernelOf.lookup(kernel)].maps.size())
      os << formatv("  {0}: {1} by TMA", own.architecture, maps);
}

static constexpr char row[] = "{0,-22} {1,8} {2,8} {3,10:f3} {4,10:f2}";

// A launch of several is followed by a row for each of its members.
static void explainLaunch(ArrayRef<KernelOp> members, const GpuKernels &gpu,
                          llvm::raw_ostream &os) {
  KernelOp first = members.front();
  const GpuLaunch &launch = gpu.launches[gpu.launchOf.lookup(first)];
  auto explain = [&](const Twine &name, const EmittedGpuKernel &grid,
                     ArrayRef<KernelOp> kernels) {
    KernelCost cost = sumOf(kernels);
    os << formatv(row, name.str(), grid.blocks, grid.sharedBytes,
                  cost.flops * 1e-9, cost.bytes / 1048576.0);
  };
  explain(launch.grid.name, launch.grid, members);
  explainRegisters(launch.grid.name, gpu, os);
  if (members.size() == 1) {
    os << "  " << spellPlace(first.getLoc());
    explainMaps(first, gpu, os);
  }
  os << '\n';
  if (members.size() == 1)
    return;
  for (KernelOp kernel : members) {
    const EmittedGpuKernel &grid = gpu.kernels[gpu.kernelOf.lookup(kernel)];
    explain("  " + grid.name, grid, kernel);
    os.indent(11 * gpu.cubins.size()) << "  " << spellPlace(kernel.getLoc());
    explainMaps(kernel, gpu, os);
    os << '\n';
  }
}

// Each different launch where it is first made.
static void explainLaunches(ModelOp model, const GpuKernels &gpu,
                            llvm::raw_ostream &os) {
  os << formatv("\n{0,-22} {1,8} {2,8} {3,10} {4,10}", "launch", "blocks",
                "shared B", "GFLOP", "MiB");
  for (const Cubin &cubin : gpu.cubins)
    os << formatv(" {0,10}", cubin.architecture);
  os << (gpu.cubins.empty() ? "\n"
                            : "  (registers of a thread + bytes it spills)\n");
  unsigned shown = 0;
  model.walk([&](KernelOp kernel) {
    SmallVector<KernelOp> members = membersOfLaunch(kernel);
    if (members.empty() || gpu.launchOf.lookup(kernel) != shown)
      return;
    ++shown;
    explainLaunch(members, gpu, os);
  });
}

void gan::explainGpu(ModelOp model, const GpuKernels &gpu,
                     int64_t arenaWithoutGpu, llvm::raw_ostream &os) {
  explainEntries(model, os);
  explainTypes(model, os);
  explainArena(model, arenaWithoutGpu, os);
  explainLaunches(model, gpu, os);
}
