// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuLaunch.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace gan;

// Equal members share one copy of their code, which looks up whose arguments
// are meant: [kernel, its places among the members].
using Runs = llvm::MapVector<unsigned, SmallVector<unsigned>>;

namespace {
class LaunchEmitter {
public:
  LaunchEmitter(ArrayRef<EmittedGpuKernel> kernels, const GpuLaunch &launch,
                const TargetInfo &target, ModuleOp module);
  void emit();

private:
  func::FuncOp functionOf(unsigned kernel) {
    return module.lookupSymbol<func::FuncOp>(bodyName(kernels[kernel].name));
  }
  // Without the block and the shared memory.
  size_t argumentsOf(unsigned kernel) {
    return functionOf(kernel).getNumArguments() - 2;
  }
  SmallVector<Type> argumentTypes();
  Value shareMost();
  void emitRuns(Runs::iterator run, Value block);
  void call(unsigned kernel, ArrayRef<unsigned> places, Value block);
  Value choose(ArrayRef<unsigned> places, Value which, size_t argument);

  ArrayRef<EmittedGpuKernel> kernels;
  const GpuLaunch &launch;
  ModuleOp module;
  KernelBuilder k;
  Runs runs;
  SmallVector<size_t> firstArgument; // of each member
  Value shared;
};
} // namespace

SmallVector<Type> LaunchEmitter::argumentTypes() {
  SmallVector<Type> types;
  for (unsigned kernel : launch.members)
    llvm::append_range(types,
                       functionOf(kernel).getArgumentTypes().drop_back(2));
  return types;
}

LaunchEmitter::LaunchEmitter(ArrayRef<EmittedGpuKernel> kernels,
                             const GpuLaunch &launch, const TargetInfo &target,
                             ModuleOp module)
    : kernels(kernels), launch(launch), module(module),
      k(target, module, functionOf(launch.members.front()).getLoc(),
        launch.grid.name, argumentTypes()) {
  size_t argument = 0;
  for (auto [place, kernel] : llvm::enumerate(launch.members)) {
    runs[kernel].push_back(place);
    firstArgument.push_back(argument);
    argument += argumentsOf(kernel);
  }
}

// The memory of a block, enough for the member that needs most; no other has
// the block at the same time.
Value LaunchEmitter::shareMost() {
  auto pointer = LLVM::LLVMPointerType::get(k.b.getContext(), sharedMemory);
  if (launch.grid.sharedBytes == 0)
    return LLVM::ZeroOp::create(k.b, k.loc, pointer);
  std::string name = launch.grid.name + "_shared";
  OpBuilder::InsertionGuard guard(k.b);
  k.b.setInsertionPoint(k.function);
  LLVM::GlobalOp::create(
      k.b, k.loc,
      LLVM::LLVMArrayType::get(k.b.getI8Type(), launch.grid.sharedBytes),
      /*isConstant=*/false, LLVM::Linkage::Internal, name, Attribute(),
      /*alignment=*/16, sharedMemory);
  k.b.setInsertionPointToStart(&k.function.getBody().front());
  return LLVM::AddressOfOp::create(k.b, k.loc, pointer, name);
}

// Argument `argument` of the member at place `which` of `places`.
Value LaunchEmitter::choose(ArrayRef<unsigned> places, Value which,
                            size_t argument) {
  Value chosen;
  for (auto [i, place] : llvm::enumerate(places)) {
    Value own = k.function.getArgument(firstArgument[place] + argument);
    chosen =
        !chosen
            ? own
            : arith::SelectOp::create(
                  k.b, k.loc,
                  arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::eq,
                                        which, k.constant(i)),
                  own, chosen);
  }
  return chosen;
}

// `block` counts from the first block of these members.
void LaunchEmitter::call(unsigned kernel, ArrayRef<unsigned> places,
                         Value block) {
  int64_t blocks = kernels[kernel].blocks;
  Value which = k.div(block, blocks);
  SmallVector<Value> arguments;
  for (size_t i = 0; i < argumentsOf(kernel); ++i)
    arguments.push_back(choose(places, which, i));
  arguments.push_back(places.size() == 1 ? block : k.rem(block, blocks));
  arguments.push_back(shared);
  func::CallOp::create(k.b, k.loc, functionOf(kernel), arguments);
}

// if (block < blocks) run else { block -= blocks; the runs behind it }
void LaunchEmitter::emitRuns(Runs::iterator run, Value block) {
  auto &[kernel, places] = *run;
  Value blocks = k.constant(kernels[kernel].blocks * places.size());
  auto here = [&] { call(kernel, places, block); };
  if (std::next(run) == runs.end())
    return here();
  Value isHere = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt,
                                       block, blocks);
  k.when(isHere, here, [&] { emitRuns(std::next(run), k.sub(block, blocks)); });
}

void LaunchEmitter::emit() {
  shared = shareMost();
  emitRuns(runs.begin(), readSpecial(k, "ctaid.x"));
  k.b.setInsertionPointToEnd(&k.function.getBody().back());
  func::ReturnOp::create(k.b, k.loc);
}

GpuLaunch gan::emitGpuLaunch(ArrayRef<EmittedGpuKernel> kernels,
                             std::vector<unsigned> members,
                             const TargetInfo &target, ModuleOp module,
                             StringRef name) {
  GpuLaunch launch;
  launch.grid = kernels[members.front()];
  if (members.size() > 1)
    launch.grid.name = name.str();
  for (unsigned member : ArrayRef(members).drop_front()) {
    launch.grid.blocks += kernels[member].blocks;
    launch.grid.sharedBytes =
        std::max(launch.grid.sharedBytes, kernels[member].sharedBytes);
    launch.grid.minBlocks =
        std::min(launch.grid.minBlocks, kernels[member].minBlocks);
  }
  launch.members = std::move(members);
  LaunchEmitter(kernels, launch, target, module).emit();
  return launch;
}
