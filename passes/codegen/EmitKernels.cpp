// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/EmitKernels.h"

#include "dialect/Arithmetic.h"
#include "dialect/Launches.h"
#include "passes/codegen/nvptx/CompilePtx.h"

#include "mlir/IR/OperationSupport.h"
#include "mlir/IR/Threading.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

#include <map>

using namespace mlir;
using namespace gan;

namespace {
// The kernels of a model, one per different body, in the order in which they
// first appear.
struct UniqueKernels {
  std::vector<KernelOp> kernels;
  llvm::DenseMap<Operation *, unsigned> indexOf;
};
} // namespace

static bool isSame(KernelOp a, KernelOp b) {
  return a.getHero() == b.getHero() &&
         a.getOperandTypes() == b.getOperandTypes() &&
         OperationEquivalence::isRegionEquivalentTo(
             &a.getBody(), &b.getBody(),
             OperationEquivalence::Flags::IgnoreLocations);
}

// What equal kernels share: hero, types, the names and attributes of the ops.
static llvm::hash_code hashOf(KernelOp kernel) {
  llvm::hash_code hash = llvm::hash_value((int)kernel.getHero());
  for (Operation &op : kernel.getBody().front())
    hash = llvm::hash_combine(hash, op.getName().getAsOpaquePointer(),
                              op.getDiscardableAttrDictionary(),
                              op.hashProperties());
  for (Type type : kernel.getOperandTypes())
    hash = llvm::hash_combine(hash, type);
  return hash;
}

static UniqueKernels findKernels(Operation *root) {
  UniqueKernels result;
  llvm::DenseMap<size_t, SmallVector<unsigned>> byHash;
  root->walk([&](KernelOp kernel) {
    SmallVector<unsigned> &alike = byHash[hashOf(kernel)];
    for (unsigned candidate : alike)
      if (isSame(result.kernels[candidate], kernel)) {
        result.indexOf[kernel] = candidate;
        return;
      }
    result.indexOf[kernel] = result.kernels.size();
    alike.push_back(result.kernels.size());
    result.kernels.push_back(kernel);
  });
  return result;
}

static void loadEmissionDialects(MLIRContext *context) {
  for (StringRef dialect : {"arith", "func", "llvm", "math", "scf", "vector"})
    context->getOrLoadDialect(dialect);
}

// Functions for all kernels by `emit(kernel, target, module, name)`, and what
// it says of each.
template <typename Emitted>
static FailureOr<OwningOpRef<ModuleOp>>
emitAll(MLIRContext *context, ArrayRef<KernelOp> kernels,
        const TargetInfo &target,
        FailureOr<Emitted> (*emit)(KernelOp, const TargetInfo &, ModuleOp,
                                   StringRef),
        std::vector<Emitted> &emitted) {
  loadEmissionDialects(context);
  OwningOpRef<ModuleOp> module =
      ModuleOp::create(UnknownLoc::get(context), target.name);
  for (unsigned i = 0; i < kernels.size(); ++i) {
    KernelOp kernel = kernels[i];
    std::string name =
        llvm::formatv("k{0}_{1}", i, stringifyHeroKind(kernel.getHero()));
    FailureOr<Emitted> result = emit(kernel, target, *module, name);
    if (failed(result))
      return failure();
    emitted.push_back(*result);
  }
  return module;
}

FailureOr<int64_t> gan::scratchOfThread(Operation *root) {
  std::vector<EmittedKernel> emitted;
  if (failed(emitAll(root->getContext(), findKernels(root).kernels,
                     cpuTargets().front(), emitKernel, emitted)))
    return failure();
  int64_t most = 0;
  for (const EmittedKernel &kernel : emitted)
    most = std::max(most, kernel.scratchBytes);
  return most;
}

FailureOr<OwningOpRef<ModuleOp>>
gan::emitKernelModule(Operation *root, const TargetInfo &target) {
  std::vector<EmittedKernel> emitted;
  return emitAll(root->getContext(), findKernels(root).kernels, target,
                 emitKernel, emitted);
}

// An image of all kernels for one CPU target, and what is said of each.
static LogicalResult compileFor(const TargetInfo &target, MLIRContext *context,
                                ArrayRef<KernelOp> kernels, Image &image,
                                std::vector<EmittedKernel> &emitted) {
  FailureOr<OwningOpRef<ModuleOp>> module =
      emitAll(context, kernels, target, emitKernel, emitted);
  if (failed(module) || failed(lowerToLlvm(**module)))
    return failure();
  FailureOr<Image> compiled = compileImage(**module, target);
  if (failed(compiled))
    return failure();
  image = std::move(*compiled);
  return success();
}

FailureOr<CompiledKernels> gan::compileKernels(Operation *root,
                                               ArrayRef<TargetInfo> targets) {
  MLIRContext *context = root->getContext();
  UniqueKernels unique = findKernels(root);
  CompiledKernels result;
  result.kernelOf = std::move(unique.indexOf);
  result.images.resize(targets.size());
  std::vector<std::vector<EmittedKernel>> emitted(targets.size());
  // A dialect cannot be loaded while threads run.
  loadEmissionDialects(context);
  loadLoweringDialects(context);
  if (failed(
          failableParallelForEachN(context, 0, targets.size(), [&](size_t i) {
            return compileFor(targets[i], context, unique.kernels,
                              result.images[i], emitted[i]);
          })))
    return failure();
  // Names, tiles and scratch are the same for every target.
  result.kernels = std::move(emitted.front());
  return result;
}

SmallVector<TargetInfo> gan::cpuTargetsOf(Operation *root) {
  bool usesAmx = root->walk([](Operation *op) {
                       return formatOfProducts(op) == RealFormat::BF16
                                  ? WalkResult::interrupt()
                                  : WalkResult::advance();
                     })
                     .wasInterrupted();
  SmallVector<TargetInfo> targets(cpuTargets());
  llvm::erase_if(targets, [&](const TargetInfo &target) {
    return target.hasAmx && !usesAmx;
  });
  return targets;
}

FailureOr<CompiledKernels> gan::compileKernels(Operation *root) {
  return compileKernels(root, cpuTargetsOf(root));
}

// Each different launch under `root`.
static void emitLaunches(Operation *root, const TargetInfo &target,
                         ModuleOp module, GpuKernels &gpu) {
  std::map<std::vector<LaunchMember>, unsigned> known; // by members
  unsigned groups = 0;
  root->walk([&](KernelOp kernel) {
    std::vector<LaunchMember> members;
    for (KernelOp member : membersOfLaunch(kernel))
      members.push_back({gpu.kernelOf.lookup(member), followsInBlock(member)});
    if (members.empty())
      return;
    auto [at, isNew] = known.try_emplace(members, gpu.launches.size());
    gpu.launchOf[kernel] = at->second;
    if (!isNew)
      return;
    std::string name = llvm::formatv("g{0}_of_{1}", groups, members.size());
    groups += members.size() > 1;
    gpu.launches.push_back(
        emitGpuLaunch(gpu.kernels, std::move(members), target, module, name));
  });
}

FailureOr<GpuKernels> gan::compileGpuKernels(Operation *root,
                                             const TargetInfo &target) {
  UniqueKernels unique = findKernels(root);
  GpuKernels result;
  result.architecture = target.name;
  result.kernelOf = std::move(unique.indexOf);
  FailureOr<OwningOpRef<ModuleOp>> module =
      emitAll(root->getContext(), unique.kernels, target, emitGpuKernel,
              result.kernels);
  if (failed(module))
    return failure();
  emitLaunches(root, target, **module, result);
  if (failed(lowerToLlvm(**module)))
    return failure();
  FailureOr<std::string> ptx = compilePtx(**module, result.launches, target);
  if (failed(ptx))
    return failure();
  result.ptx = std::move(*ptx);
  return result;
}
