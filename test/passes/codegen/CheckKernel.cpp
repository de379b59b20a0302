// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/passes/codegen/CheckKernel.h"
#include "dialect/Arithmetic.h"
#include "passes/contraction/RowParts.h"
#include "test/passes/codegen/RunKernel.h"
#include "test/passes/codegen/RunOnSim.h"
#include "test/reference/Interpreter.h"

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
  if (element.isBF16()) { // the upper half
    float x = value;
    std::memcpy(to, reinterpret_cast<char *>(&x) + 2, 2);
  } else if (element.isF32()) {
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
  if (element.isBF16()) {
    float x = 0;
    std::memcpy(reinterpret_cast<char *>(&x) + 2, from, 2);
    return x;
  }
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

// Reals within [-2, 2), representable in their type; bools; small integers.
static Tensor draw(RankedTensorType type, std::mt19937_64 &engine) {
  Tensor tensor = Tensor::zeros(type.getShape());
  for (double &x : tensor.values) {
    if (type.getElementType().isInteger(1))
      x = engine() & 1;
    else if (type.getElementType().isInteger())
      x = engine() % 1000;
    else
      x = (float)((double)(engine() >> 40) / (1 << 22) - 2);
    if (type.getElementType().isBF16())
      x = std::trunc(x * 0x1p6) * 0x1p-6;
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

namespace {
class Checker {
public:
  Checker(CompiledKernels cpu, std::optional<GpuKernels> gpu,
          const CheckOptions &options)
      : cpu(std::move(cpu)), gpu(std::move(gpu)), options(options) {
    if (this->gpu)
      sim.emplace(this->gpu->ptx);
  }
  bool check(KernelOp kernel);

private:
  void drawInputs(KernelOp kernel);
  reference::Tensors boundsOfTiles(KernelOp kernel);
  bool areNear(KernelOp kernel, llvm::ArrayRef<Bytes> found);
  bool runImage(KernelOp kernel, const EmittedKernel &emitted,
                const Image &image);
  bool runOnCpu(KernelOp kernel, const EmittedKernel &emitted);
  bool checkOnSim(KernelOp kernel);
  bool checkValues(KernelOp kernel);

  CompiledKernels cpu;
  std::optional<GpuKernels> gpu;
  std::optional<SimModule> sim;
  CheckOptions options;
  // Of the kernel that is being checked.
  reference::Tensors values;
  std::vector<Bytes> inputs, outputs;
};
} // namespace

void Checker::drawInputs(KernelOp kernel) {
  std::mt19937_64 engine(7);
  values.clear();
  inputs.clear();
  for (Type type : kernel.getInputs().getTypes()) {
    auto tensor = cast<RankedTensorType>(type);
    values.push_back(draw(tensor, engine));
    inputs.push_back(toBytes(values.back(), tensor.getElementType()));
  }
}

static Operation *contractionOf(KernelOp kernel) {
  for (Operation &op : kernel.getBody().front())
    if (isContraction(&op))
      return &op;
  return nullptr;
}

// By how much tensor cores, and AMX, may differ from a chain of fma, output by
// output and element by element: empty where nothing is rounded, so that they
// are not used.
//
// Of n products, S = sum |a| |b|: a chain of fma errs by at most n * 2^-24 * S.
// An mma of sm_80 adds 4 (tf32) or 8 (bf16) products to a sum at a time: all
// but the largest lose at most 2^-24 of it when they are aligned, and the sum
// at most 2^-23 when it is cut off. That is (4 + 2) / 4 n * 2^-24 * S for tf32,
// (8 + 2) / 8 n * 2^-24 * S for bf16, with n rounded up to a stage. A wgmma of
// sm_90 adds 8 or 16 at a time, aligned to one bit more: (8 / 2 + 2) / 8 n *
// 2^-24 * S, or (16 / 2 + 2) / 16. AMX has two chains of 16 fma for 32 products
// and adds twice: (16 + 2) / 32 n * 2^-24 * S. Any of these together with the
// chain stays below 3 n * 2^-24 * S. The epilogue's derivative is at most 1 in
// tests; what it rounds itself is below 2^-20. A sum of a part's rows errs by
// what these do; adding m of them in one order on both sides errs on each by
// less than m * 2^-24 of the sum of their sizes. What memory holds as bf16 is
// rounded by at most 2^-8 of itself on each side (`isNear`).
reference::Tensors Checker::boundsOfTiles(KernelOp kernel) {
  Operation *hero = contractionOf(kernel);
  if (!hero || !formatOfProducts(hero))
    return {};
  OwningOpRef<KernelOp> sums = kernel.clone();
  Operation *yield = sums->getBody().front().getTerminator();
  Value result = contractionOf(*sums)->getResult(0);
  auto isOfParts = [&](Value output) {
    return cast<RankedTensorType>(output.getType()).getNumElements() !=
           cast<RankedTensorType>(result.getType()).getNumElements();
  };
  for (OpOperand &output : yield->getOpOperands())
    if (!isOfParts(output.get()))
      output.set(result);
  reference::Tensors sizes = values;
  for (Tensor &tensor : sizes)
    for (double &x : tensor.values)
      x = std::abs(x);
  reference::Tensors bounds =
      *reference::evaluateBlock(sums->getBody().front(), sizes);
  Problem problem = Problem::of(hero);
  double n = llvm::alignTo(problem.count(problem.k), 32);
  for (auto [bound, output] : llvm::zip_equal(bounds, yield->getOperands())) {
    double rows = isOfParts(output) ? rowsOfPart : 0;
    for (double &x : bound.values)
      x = (3 * n + 2 * rows) * 0x1p-24 * std::abs(x) +
          std::max(1.0, rows) * 0x1p-20;
  }
  return bounds;
}

static bool isNear(const Bytes &x, const Bytes &y, Type tensor,
                   const Tensor &bound) {
  Type element = cast<RankedTensorType>(tensor).getElementType();
  unsigned width = bytesOf(element);
  double rounding = element.isBF16() ? 0x1p-8 : 0;
  for (auto [i, most] : llvm::enumerate(bound.values)) {
    double a = read(element, &x[i * width]), b = read(element, &y[i * width]);
    if (!(std::abs(a - b) <= most + rounding * (std::abs(a) + std::abs(b))))
      return false;
  }
  return true;
}

bool Checker::areNear(KernelOp kernel, ArrayRef<Bytes> found) {
  reference::Tensors bounds = boundsOfTiles(kernel);
  return llvm::all_of(
      llvm::enumerate(kernel.getOutputs().getTypes()), [&](auto it) {
        size_t i = it.index();
        return isNear(found[i], outputs[i], it.value(), bounds[i]);
      });
}

static bool multipliesByAmx(KernelOp kernel, const Image &image) {
  Operation *hero = contractionOf(kernel);
  bool hasAmx = llvm::any_of(cpuTargets(), [&](const TargetInfo &target) {
    return target.hasAmx && target.name == image.target;
  });
  return hero && hasAmx && formatOfProducts(hero) == RealFormat::BF16;
}

// One target, in spans of several lengths: the bits of the first target, but
// where AMX multiplies near to them.
bool Checker::runImage(KernelOp kernel, const EmittedKernel &emitted,
                       const Image &image) {
  MappedImage mapped(image);
  std::vector<Bytes> own;
  for (int64_t span : {emitted.tiles, int64_t{1}, int64_t{3}}) {
    std::vector<Bytes> found = makeOutputs(kernel);
    auto start = std::chrono::steady_clock::now();
    mapped.run(emitted, inputs, found, span);
    std::chrono::duration<double, std::micro> time =
        std::chrono::steady_clock::now() - start;
    if (getenv("GAN_TIMES") && span == emitted.tiles)
      llvm::outs() << llvm::format(" [%.0f us]", time.count());
    if (own.empty())
      own = found;
    if (own != found) {
      llvm::outs() << ", other bits from " << image.target << " in spans of "
                   << span;
      return false;
    }
  }
  if (outputs.empty())
    outputs = own;
  if (outputs == own)
    return true;
  bool isNear = multipliesByAmx(kernel, image) && areNear(kernel, own);
  llvm::outs() << (isNear ? ", near on " : ", other bits from ")
               << image.target;
  return isNear;
}

bool Checker::runOnCpu(KernelOp kernel, const EmittedKernel &emitted) {
  outputs.clear();
  return llvm::all_of(cpu.images, [&](const Image &image) {
    return !canRun(image.target) || runImage(kernel, emitted, image);
  });
}

static SimLaunch::Map mapOf(const TensorMap &map) {
  SimLaunch::Map made = {map.argument, {}};
  made.map.rank = map.axes.size();
  made.map.elementBytes = bytesOf(map.element);
  made.map.chunks = map.rowBytes / 16;
  for (auto [i, axis] : llvm::enumerate(map.axes)) {
    made.map.extents[i] = axis.extent;
    if (i > 0)
      made.map.strides[i - 1] = axis.stride;
    made.map.box[i] = axis.box;
    made.map.steps[i] = axis.step;
  }
  return made;
}

bool Checker::checkOnSim(KernelOp kernel) {
  const EmittedGpuKernel &emitted = gpu->kernels[gpu->kernelOf.lookup(kernel)];
  std::vector<Bytes> found = makeOutputs(kernel);
  reference::Tensors bounds = boundsOfTiles(kernel);
  std::vector<SimLaunch::Map> maps;
  for (const TensorMap &map : emitted.maps)
    maps.push_back(mapOf(map));
  int64_t dynamic = emitted.sharedBytes > mostShared ? emitted.sharedBytes : 0;
  std::string problem =
      sim->run({emitted.name, static_cast<uint32_t>(emitted.blocks),
                static_cast<uint32_t>(blockThreads),
                static_cast<uint32_t>(dynamic), maps, inputs, found});
  for (auto [i, type] : llvm::enumerate(kernel.getOutputs().getTypes()))
    if (problem.empty() && bounds.empty() &&
        !isSame(found[i], outputs[i], type))
      problem = "other bits";
    else if (problem.empty() && !bounds.empty() &&
             !isNear(found[i], outputs[i], type, bounds[i]))
      problem = "not near";
  StringRef how = bounds.empty() ? ", sim" : ", near on sim";
  if (!emitted.maps.empty())
    llvm::outs() << ", " << emitted.maps.size() << " by TMA";
  llvm::outs() << (problem.empty() ? how.str() : ", sim: " + problem);
  return problem.empty();
}

bool Checker::checkValues(KernelOp kernel) {
  FailureOr<reference::Tensors> expected =
      reference::evaluateBlock(kernel.getBody().front(), values);
  if (failed(expected))
    return false;
  double tolerance = 1e-5;
  if (auto attr = kernel->getAttrOfType<FloatAttr>("test.tolerance"))
    tolerance = attr.getValueAsDouble();
  if (options.tolerance > 0)
    tolerance = options.tolerance;
  double worst = 0;
  for (auto [got, want, type] :
       llvm::zip_equal(outputs, *expected, kernel.getOutputs().getTypes()))
    worst =
        std::max(worst, errorOf(got, want,
                                cast<RankedTensorType>(type).getElementType()));
  llvm::outs() << (worst <= tolerance ? ", right" : ", WRONG")
               << llvm::format(" (error %.1e)", worst);
  return worst <= tolerance;
}

bool Checker::check(KernelOp kernel) {
  const EmittedKernel &emitted = cpu.kernels[cpu.kernelOf.lookup(kernel)];
  llvm::outs() << emitted.name << ": " << emitted.tiles << " tiles";
  drawInputs(kernel);
  bool isRight = runOnCpu(kernel, emitted) && (!sim || checkOnSim(kernel)) &&
                 (!options.byReference || checkValues(kernel));
  llvm::outs() << "\n";
  return isRight;
}

LogicalResult gan::test::checkKernels(ModuleOp module,
                                      const CheckOptions &options) {
  FailureOr<CompiledKernels> cpu = compileKernels(module);
  if (failed(cpu))
    return failure();
  for (const Image &image : cpu->images)
    if (!canRun(image.target))
      llvm::outs() << "no " << image.target << " here\n";
  std::optional<GpuKernels> gpu;
  if (options.onSim) {
    FailureOr<GpuKernels> made = compileGpuKernels(module, *options.onSim);
    if (failed(made))
      return failure();
    gpu = std::move(*made);
  }
  Checker checker(std::move(*cpu), std::move(gpu), options);
  bool isRight = true;
  module.walk([&](KernelOp kernel) { isRight &= checker.check(kernel); });
  return success(isRight);
}
