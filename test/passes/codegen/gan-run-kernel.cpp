// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Compiles every kernel of a file for every CPU target, runs it on random data
// with all tiles at once and one by one, and asks for the same bits each time,
// near the reference interpreter's values. `test.tolerance` on a kernel bounds
// the error relative to 1 + |value|. With --sim, the simulated GPU must give
// these bits, too. With --ptx: prints how each is launched on a GPU, and the
// code.
#include "test/passes/codegen/RunKernel.h"
#include "test/passes/codegen/RunOnSim.h"
#include "test/reference/Interpreter.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cmath>
#include <cstring>
#include <random>

using namespace mlir;
using namespace gan;
using namespace gan::test;
using reference::Tensor;

static unsigned bytesOf(Type element) {
  return std::max(1u, element.getIntOrFloatBitWidth() / 8);
}

static void write(double value, Type element, char *to) {
  if (element.isF32()) {
    float x = value;
    std::memcpy(to, &x, 4);
  } else if (element.isF64()) {
    std::memcpy(to, &value, 8);
  } else {
    int64_t x = value; // little endian: the low bytes first
    std::memcpy(to, &x, bytesOf(element));
  }
}

static double read(Type element, const char *from) {
  if (element.isF32()) {
    float x;
    std::memcpy(&x, from, 4);
    return x;
  }
  if (element.isF64()) {
    double x;
    std::memcpy(&x, from, 8);
    return x;
  }
  int64_t x = 0;
  std::memcpy(&x, from, bytesOf(element));
  return x;
}

// Reals within [-2, 2), representable in f32; bools; small integers.
static Tensor draw(RankedTensorType type, std::mt19937_64 &engine) {
  Tensor tensor = Tensor::zeros(type.getShape());
  for (double &x : tensor.values) {
    if (type.getElementType().isInteger(1))
      x = engine() & 1;
    else if (type.getElementType().isInteger())
      x = engine() % 1000;
    else
      x = (float)((double)(engine() >> 40) / (1 << 22) - 2);
  }
  return tensor;
}

static Bytes toBytes(const Tensor &tensor, Type element) {
  Bytes bytes(tensor.values.size() * bytesOf(element));
  for (auto [i, x] : llvm::enumerate(tensor.values))
    write(x, element, bytes.data() + i * bytesOf(element));
  return bytes;
}

// The largest |got - expected| / (1 + |expected|); infinite where one is NaN
// and the other is not.
static double errorOf(const Bytes &got, const Tensor &expected, Type element) {
  double worst = 0;
  for (auto [i, want] : llvm::enumerate(expected.values)) {
    double x = read(element, got.data() + i * bytesOf(element));
    if (x == want || (std::isnan(x) && std::isnan(want)))
      continue;
    double error = std::abs(x - want) / (1 + std::abs(want));
    worst = std::max(worst, std::isnan(error) ? INFINITY : error);
  }
  return worst;
}

static std::vector<Bytes> makeOutputs(KernelOp kernel) {
  std::vector<Bytes> outputs;
  for (Type type : kernel.getOutputs().getTypes())
    outputs.emplace_back(
        cast<RankedTensorType>(type).getNumElements() *
        bytesOf(cast<RankedTensorType>(type).getElementType()));
  return outputs;
}

// Bit by bit, but for NaNs: processors differ in their signs and payloads.
static bool isSame(const Bytes &x, const Bytes &y, Type tensor) {
  Type element = cast<RankedTensorType>(tensor).getElementType();
  unsigned width = bytesOf(element);
  for (size_t i = 0; i < x.size(); i += width)
    if (std::memcmp(&x[i], &y[i], width) != 0 &&
        !(isa<FloatType>(element) && std::isnan(read(element, &x[i])) &&
          std::isnan(read(element, &y[i]))))
      return false;
  return true;
}

// Whether the simulated GPU computes `expected`.
static bool checkOnSim(KernelOp kernel, const GpuKernels &gpu,
                       std::vector<Bytes> &inputs,
                       const std::vector<Bytes> &expected) {
  const EmittedGpuKernel &emitted = gpu.kernels[gpu.kernelOf.lookup(kernel)];
  std::vector<Bytes> outputs = makeOutputs(kernel);
  std::string problem = runOnSim(
      gpu.ptx, {emitted.name, static_cast<uint32_t>(emitted.blocks),
                static_cast<uint32_t>(emitted.threads), inputs, outputs});
  for (auto [got, want, type] :
       llvm::zip_equal(outputs, expected, kernel.getOutputs().getTypes()))
    if (problem.empty() && !isSame(got, want, type))
      problem = "other bits";
  llvm::outs() << (problem.empty() ? ", sim" : ", sim: " + problem);
  return problem.empty();
}

static bool check(KernelOp kernel, const EmittedKernel &emitted,
                  const CompiledKernels &compiled, const GpuKernels *gpu) {
  std::mt19937_64 engine(7);
  reference::Tensors values;
  std::vector<Bytes> inputs, first;
  for (Type type : kernel.getInputs().getTypes()) {
    values.push_back(draw(cast<RankedTensorType>(type), engine));
    inputs.push_back(
        toBytes(values.back(), cast<RankedTensorType>(type).getElementType()));
  }
  FailureOr<reference::Tensors> expected =
      reference::evaluateBlock(kernel.getBody().front(), values);
  if (failed(expected))
    return false;
  double tolerance = 1e-5;
  if (auto attr = kernel->getAttrOfType<FloatAttr>("test.tolerance"))
    tolerance = attr.getValueAsDouble();
  llvm::outs() << emitted.name << ": " << emitted.tiles << " tiles";
  for (const Image &image : compiled.images) {
    if (!canRun(image.target)) {
      llvm::outs() << ", no " << image.target << " here";
      continue;
    }
    MappedImage mapped(image);
    for (int64_t span : {emitted.tiles, int64_t{1}, int64_t{3}}) {
      std::vector<Bytes> outputs = makeOutputs(kernel);
      auto start = std::chrono::steady_clock::now();
      mapped.run(emitted, inputs, outputs, span);
      std::chrono::duration<double, std::micro> time =
          std::chrono::steady_clock::now() - start;
      if (getenv("GAN_TIMES") && span == emitted.tiles)
        llvm::outs() << llvm::format(" [%.0f us]", time.count());
      if (first.empty())
        first = outputs;
      if (first != outputs) {
        llvm::outs() << ", other bits from " << image.target << " in spans of "
                     << span << "\n";
        return false;
      }
    }
  }
  if (gpu && !checkOnSim(kernel, *gpu, inputs, first)) {
    llvm::outs() << "\n";
    return false;
  }
  double worst = 0;
  for (auto [got, want, type] :
       llvm::zip_equal(first, *expected, kernel.getOutputs().getTypes()))
    worst =
        std::max(worst, errorOf(got, want,
                                cast<RankedTensorType>(type).getElementType()));
  llvm::outs() << (worst <= tolerance ? ", right" : ", WRONG")
               << llvm::format(" (error %.1e)\n", worst);
  return worst <= tolerance;
}

static bool printPtx(ModuleOp module) {
  FailureOr<GpuKernels> compiled =
      compileGpuKernels(module, gpuTargets().front());
  if (failed(compiled))
    return false;
  for (const EmittedGpuKernel &kernel : compiled->kernels)
    llvm::outs() << "// " << kernel.name << ": " << kernel.blocks
                 << " blocks of " << kernel.threads << " threads, "
                 << kernel.sharedBytes << " bytes shared\n";
  llvm::outs() << compiled->ptx;
  return true;
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  registerCodegenDialects(registry);
  registry.insert<GanDialect>();
  MLIRContext context(registry);
  StringRef option = argc == 3 ? argv[1] : "";
  bool wantsPtx = option == "--ptx", wantsSim = option == "--sim";
  OwningOpRef<ModuleOp> module =
      argc == 2 || wantsPtx || wantsSim
          ? parseSourceFile<ModuleOp>(argv[argc - 1], &context)
          : nullptr;
  if (!module)
    return 1;
  if (wantsPtx)
    return printPtx(*module) ? 0 : 1;
  FailureOr<CompiledKernels> compiled = compileKernels(*module);
  if (failed(compiled))
    return 1;
  std::optional<GpuKernels> gpu;
  if (wantsSim) {
    FailureOr<GpuKernels> made =
        compileGpuKernels(*module, gpuTargets().front());
    if (failed(made))
      return 1;
    gpu = std::move(*made);
  }
  bool right = true;
  module->walk([&](KernelOp kernel) {
    right &= check(kernel, compiled->kernels[compiled->kernelOf.lookup(kernel)],
                   *compiled, gpu ? &*gpu : nullptr);
  });
  return right ? 0 : 1;
}
