// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuLaunch.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gan;

namespace {
// A kernel and those that follow it. Equal chains share one copy of their code,
// which chooses whose arguments are meant.
struct Chain {
  SmallVector<unsigned> kernels;
  SmallVector<unsigned> places; // of the first kernels, among the members
};

class LaunchEmitter {
public:
  LaunchEmitter(ArrayRef<EmittedGpuKernel> kernels, const GpuLaunch &launch,
                const TargetInfo &target, ModuleOp module);
  void emit();

private:
  func::FuncOp functionOf(unsigned kernel) {
    return module.lookupSymbol<func::FuncOp>(bodyName(kernels[kernel].name));
  }
  size_t mapsOf(unsigned kernel) { return kernels[kernel].maps.size(); }
  // Without the block, the shared memory and the maps.
  size_t argumentsOf(unsigned kernel) {
    return functionOf(kernel).getNumArguments() - 2 - mapsOf(kernel);
  }
  SmallVector<Type> argumentTypes();
  Value shareMost();
  void findChains();
  int64_t blocksOf(const Chain &chain) {
    return kernels[chain.kernels.front()].blocks;
  }
  void emitFrom(ArrayRef<Chain> chains, Value block);
  void emitChain(const Chain &chain, Value block);
  void call(const Chain &chain, unsigned index, Value which, Value block);
  Value choose(const Chain &chain, Value which,
               function_ref<size_t(unsigned place)> numberOf);

  ArrayRef<EmittedGpuKernel> kernels;
  const GpuLaunch &launch;
  ModuleOp module;
  KernelBuilder k;
  SmallVector<Chain> chains;
  SmallVector<size_t> firstArgument, firstMap; // of each member
  Value shared;
};
} // namespace

SmallVector<Type> LaunchEmitter::argumentTypes() {
  SmallVector<Type> types;
  for (const LaunchMember &member : launch.members)
    llvm::append_range(types, functionOf(member.kernel)
                                  .getArgumentTypes()
                                  .take_front(argumentsOf(member.kernel)));
  types.append(launch.grid.maps.size(),
               LLVM::LLVMPointerType::get(module.getContext()));
  return types;
}

LaunchEmitter::LaunchEmitter(ArrayRef<EmittedGpuKernel> kernels,
                             const GpuLaunch &launch, const TargetInfo &target,
                             ModuleOp module)
    : kernels(kernels), launch(launch), module(module),
      k(target, module, functionOf(launch.members.front().kernel).getLoc(),
        launch.grid.name,
        FunctionType::get(module.getContext(), argumentTypes(), {})) {
  size_t argument = 0;
  for (const LaunchMember &member : launch.members) {
    firstArgument.push_back(argument);
    argument += argumentsOf(member.kernel);
  }
  for (const LaunchMember &member : launch.members) {
    firstMap.push_back(argument);
    argument += mapsOf(member.kernel);
  }
  findChains();
}

void LaunchEmitter::findChains() {
  SmallVector<Chain> all;
  for (auto [place, member] : llvm::enumerate(launch.members)) {
    if (!member.follows)
      all.push_back({{}, {static_cast<unsigned>(place)}});
    all.back().kernels.push_back(member.kernel);
  }
  for (const Chain &chain : all) {
    auto equal = llvm::find_if(chains, [&](const Chain &other) {
      return other.kernels == chain.kernels;
    });
    if (equal == chains.end())
      chains.push_back(chain);
    else
      equal->places.push_back(chain.places.front());
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
  // More than a block has without asking is what the launch asks for.
  bool isDynamic = launch.grid.sharedBytes > mostShared;
  LLVM::GlobalOp::create(
      k.b, k.loc,
      LLVM::LLVMArrayType::get(k.b.getI8Type(),
                               isDynamic ? 0 : launch.grid.sharedBytes),
      /*isConstant=*/false,
      isDynamic ? LLVM::Linkage::External : LLVM::Linkage::Internal, name,
      Attribute(),
      // Where the pattern begins by which wgmma turns addresses.
      /*alignment=*/k.target.hasWgmma ? 1024 : 16, sharedMemory);
  k.b.setInsertionPointToStart(&k.function.getBody().front());
  return LLVM::AddressOfOp::create(k.b, k.loc, pointer, name);
}

// The argument that each chain has at the number of its own, of the chain
// number `which`.
Value LaunchEmitter::choose(const Chain &chain, Value which,
                            function_ref<size_t(unsigned place)> numberOf) {
  Value chosen;
  for (auto [i, place] : llvm::enumerate(chain.places)) {
    Value own = k.function.getArgument(numberOf(place));
    if (!chosen) {
      chosen = own;
      continue;
    }
    Value isMeant = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::eq,
                                          which, k.constant(i));
    chosen = arith::SelectOp::create(k.b, k.loc, isMeant, own, chosen);
  }
  return chosen;
}

void LaunchEmitter::call(const Chain &chain, unsigned index, Value which,
                         Value block) {
  unsigned kernel = chain.kernels[index];
  SmallVector<Value> arguments;
  auto take = [&](ArrayRef<size_t> first, size_t count) {
    for (size_t i = 0; i < count; ++i)
      arguments.push_back(choose(chain, which, [&](unsigned place) {
        return first[place + index] + i;
      }));
  };
  take(firstArgument, argumentsOf(kernel));
  arguments.push_back(block);
  arguments.push_back(shared);
  take(firstMap, mapsOf(kernel));
  func::CallOp::create(k.b, k.loc, functionOf(kernel), arguments);
}

// `block` counts from the first block of these chains. Between two kernels all
// threads of the block have written, to either memory, before any reads.
void LaunchEmitter::emitChain(const Chain &chain, Value block) {
  Value which = k.div(block, blocksOf(chain));
  Value own = chain.places.size() == 1 ? block : k.rem(block, blocksOf(chain));
  for (unsigned index = 0; index < chain.kernels.size(); ++index) {
    if (index > 0)
      emitBarrier(k);
    call(chain, index, which, own);
  }
}

// if (block < blocks) the first chain else { block -= blocks; the others }
void LaunchEmitter::emitFrom(ArrayRef<Chain> chains, Value block) {
  const Chain &first = chains.front();
  if (chains.size() == 1)
    return emitChain(first, block);
  Value blocks = k.constant(blocksOf(first) * first.places.size());
  Value isHere = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt,
                                       block, blocks);
  k.when(
      isHere, [&] { emitChain(first, block); },
      [&] { emitFrom(chains.drop_front(), k.sub(block, blocks)); });
}

void LaunchEmitter::emit() {
  shared = shareMost();
  emitFrom(chains, readSpecial(k, "ctaid.x"));
  k.b.setInsertionPointToEnd(&k.function.getBody().back());
  func::ReturnOp::create(k.b, k.loc);
}

// Those of all members, of the arguments of the launch.
static std::vector<TensorMap> mapsOf(ArrayRef<EmittedGpuKernel> kernels,
                                     ArrayRef<LaunchMember> members,
                                     ModuleOp module) {
  std::vector<TensorMap> maps;
  unsigned first = 0;
  for (const LaunchMember &member : members) {
    const EmittedGpuKernel &kernel = kernels[member.kernel];
    for (TensorMap map : kernel.maps) {
      map.argument += first;
      maps.push_back(map);
    }
    auto function = module.lookupSymbol<func::FuncOp>(bodyName(kernel.name));
    first += function.getNumArguments() - 2 - kernel.maps.size();
  }
  return maps;
}

GpuLaunch gan::emitGpuLaunch(ArrayRef<EmittedGpuKernel> kernels,
                             std::vector<LaunchMember> members,
                             const TargetInfo &target, ModuleOp module,
                             StringRef name) {
  GpuLaunch launch;
  launch.grid = kernels[members.front().kernel];
  if (members.size() > 1)
    launch.grid.name = name.str();
  for (const LaunchMember &member : ArrayRef(members).drop_front()) {
    const EmittedGpuKernel &kernel = kernels[member.kernel];
    if (!member.follows)
      launch.grid.blocks += kernel.blocks;
    launch.grid.sharedBytes =
        std::max(launch.grid.sharedBytes, kernel.sharedBytes);
    launch.grid.minBlocks = std::min(launch.grid.minBlocks, kernel.minBlocks);
  }
  launch.members = std::move(members);
  launch.grid.maps = mapsOf(kernels, launch.members, module);
  LaunchEmitter(kernels, launch, target, module).emit();
  return launch;
}
