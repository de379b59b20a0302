// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Times every kernel of a file on one thread, for every CPU target: a
// contraction as a share of the fma peak of the core, anything else as a share
// of its copy bandwidth. Says how long compiling took.
//   gan-bench-kernels kernels.mlir
#include "passes/codegen/executable/KernelCost.h"
#include "test/bench/FmaPeak.h"
#include "test/passes/codegen/RunKernel.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cmath>
#include <cstring>
#include <map>

using namespace mlir;
using namespace gan;
using namespace gan::test;
using Clock = std::chrono::steady_clock;

static double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// Of a contraction, borders counted as if they were inside; else 0.
static double flopsOf(KernelOp kernel) {
  bool isContraction = kernel.getHero() == HeroKind::Contraction;
  return isContraction ? static_cast<double>(costOf(kernel).flops) : 0;
}

static Bytes bytesFor(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  int64_t size =
      std::max(1u, tensor.getElementType().getIntOrFloatBitWidth() / 8);
  Bytes bytes(tensor.getNumElements() * size);
  for (int64_t i = 0; i < tensor.getNumElements(); ++i) {
    double value = (double)(i * 7919 % 1000) / 1000 - 0.5;
    float single = value;
    if (tensor.getElementType().isF32())
      std::memcpy(bytes.data() + i * size, &single, 4);
    if (tensor.getElementType().isF64())
      std::memcpy(bytes.data() + i * size, &value, 8);
  }
  return bytes;
}

static constexpr double roundSeconds = 0.1;

// Seconds per launch: the best of some rounds of at least a millisecond.
static double timeOf(const MappedImage &image, const EmittedKernel &kernel,
                     ArrayRef<Bytes> inputs, MutableArrayRef<Bytes> outputs) {
  double least = 1e30, total = 0;
  int times = 1;
  while (total < roundSeconds) {
    double start = gan::bench::threadSeconds();
    image.repeat(times, kernel, inputs, outputs);
    double time = gan::bench::threadSeconds() - start;
    total += time;
    least = std::min(least, time / times);
    if (time < 1e-3)
      times *= 2;
  }
  return least;
}

// The function's name where it has one kernel, else the kernel's and what it
// computes.
static std::string nameOf(KernelOp kernel, const EmittedKernel &emitted) {
  auto function = kernel->getParentOfType<func::FuncOp>();
  if (llvm::hasSingleElement(function.getOps<KernelOp>()))
    return function.getSymName().str();
  std::string name = function.getSymName().str() + "." + emitted.name;
  for (int64_t extent : shapeOf(kernel.getOutputs()[0]))
    name += " " + std::to_string(extent);
  return name;
}

static void report(KernelOp kernel, const EmittedKernel &emitted,
                   const CompiledKernels &compiled,
                   const std::map<std::string, double> &peaks,
                   double bandwidth) {
  std::vector<Bytes> inputs, outputs;
  double flops = flopsOf(kernel);
  double bytes = static_cast<double>(costOf(kernel).bytes);
  for (Type type : kernel.getInputs().getTypes())
    inputs.push_back(bytesFor(type));
  for (Type type : kernel.getOutputs().getTypes())
    outputs.push_back(bytesFor(type));
  llvm::outs() << llvm::formatv("{0,-46} {1,5} tiles", nameOf(kernel, emitted),
                                emitted.tiles);
  for (const Image &image : compiled.images) {
    if (!canRun(image.target))
      continue;
    double peak = peaks.at(image.target);
    double time = timeOf(MappedImage(image), emitted, inputs, outputs);
    double rate = (flops > 0 ? flops : bytes) / time / 1e9;
    llvm::outs() << llvm::format(" | %9.3f ms %6.1f %s %3.0f %%", time * 1e3,
                                 rate, flops > 0 ? "GFLOP/s" : "GB/s",
                                 100 * rate / (flops > 0 ? peak : bandwidth));
  }
  llvm::outs() << "\n";
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  registerCodegenDialects(registry);
  registry.insert<GanDialect>();
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module =
      argc == 2 ? parseSourceFile<ModuleOp>(argv[1], &context) : nullptr;
  if (!module)
    return 1;
  Clock::time_point start = Clock::now();
  FailureOr<CompiledKernels> compiled = compileKernels(*module);
  if (failed(compiled))
    return 1;
  llvm::outs() << llvm::format("%d kernels compiled in %.2f s\n",
                               (int)compiled->kernels.size(), since(start));
  bool isWide = canRun("x86-64-v4");
  double peak256 = gan::bench::fmaPeak256(),
         peak512 = isWide ? gan::bench::fmaPeak512() : 0;
  // What AMX multiplies is more than this: shares are of the same peak.
  std::map<std::string, double> peaks = {{"x86-64-v3", peak256},
                                         {"x86-64-v4", peak512},
                                         {"x86-64-v4-amx", peak512}};
  double bandwidth = gan::bench::copyBandwidth();
  llvm::outs() << llvm::format("peak of one core: 256 bit %.1f, 512 bit %.1f "
                               "GFLOP/s; copies %.1f GB/s\n",
                               peak256, peak512, bandwidth);
  module->walk([&](KernelOp kernel) {
    report(kernel, compiled->kernels[compiled->kernelOf.lookup(kernel)],
           *compiled, peaks, bandwidth);
  });
  return 0;
}
