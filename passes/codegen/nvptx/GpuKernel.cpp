// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gan;

Value gan::readSpecial(KernelBuilder &k, StringRef name) {
  OpBuilder::InsertionGuard guard(k.b);
  k.b.setInsertionPointToStart(&k.function.getBody().front());
  std::string intrinsic = ("llvm.nvvm.read.ptx.sreg." + name).str();
  auto call = LLVM::CallIntrinsicOp::create(
      k.b, k.loc, k.b.getI32Type(), k.b.getStringAttr(intrinsic), ValueRange{});
  return arith::ExtUIOp::create(k.b, k.loc, k.b.getI64Type(),
                                call.getResult(0));
}

Value GpuKernel::thread() {
  if (!threadNumber)
    threadNumber = readSpecial(k, "tid.x");
  return threadNumber;
}

void gan::emitBarrier(KernelBuilder &k) {
  Value all = k.number(k.b.getI32Type(), 0);
  LLVM::CallIntrinsicOp::create(
      k.b, k.loc, k.b.getStringAttr("llvm.nvvm.barrier.cta.sync.aligned.all"),
      ValueRange{all});
}

Value GpuKernel::share(int64_t bytes) {
  OpBuilder::InsertionGuard guard(k.b);
  k.b.setInsertionPointToStart(&k.function.getBody().front());
  int64_t offset = launch.sharedBytes;
  launch.sharedBytes += llvm::alignTo(bytes, 16);
  return offset == 0
             ? k.shared
             : LLVM::GEPOp::create(
                   k.b, k.loc, k.shared.getType(), k.b.getI8Type(), k.shared,
                   ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(offset)});
}

// Where the function begins: elsewhere the stack would move at run time.
Value GpuKernel::own(Type element, int64_t count) {
  OpBuilder::InsertionGuard guard(k.b);
  k.b.setInsertionPointToStart(&k.function.getBody().front());
  Value slots =
      LLVM::ConstantOp::create(k.b, k.loc, k.b.getI32IntegerAttr(count));
  return LLVM::AllocaOp::create(
      k.b, k.loc, LLVM::LLVMPointerType::get(k.b.getContext()), element, slots);
}

Value GpuKernel::takeMap(const TensorMap &map) {
  launch.maps.push_back(map);
  unsigned number = k.function.getNumArguments();
  [[maybe_unused]] LogicalResult added = k.function.insertArgument(
      number, LLVM::LLVMPointerType::get(k.b.getContext()), {}, k.loc);
  assert(succeeded(added) && "a function takes any argument");
  return k.function.getArgument(number);
}

// What metadata of LLVM would say does not come through the lowering of scf.
void GpuKernel::keepRolled() {
  LLVM::InlineAsmOp::create(
      k.b, k.loc, /*res=*/TypeRange(), /*operands=*/ValueRange(),
      /*asm_string=*/".pragma \"nounroll\";", /*constraints=*/"",
      /*has_side_effects=*/true, /*is_align_stack=*/false,
      LLVM::tailcallkind::TailCallKind::None, /*asm_dialect=*/{},
      /*operand_attrs=*/{});
}

void GpuKernel::rolledLoop(Value from, Value to, int64_t step,
                           function_ref<void(Value)> body) {
  k.loop(from, to, step, [&](Value i) {
    keepRolled();
    body(i);
  });
}

Value GpuKernel::isBelow(Value x, int64_t count, int64_t block) {
  if (count % block == 0)
    return {};
  return arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt, x,
                               k.constant(count));
}

void GpuKernel::whenBelow(Value x, int64_t count, int64_t block,
                          function_ref<void()> then) {
  if (Value isThere = isBelow(x, count, block))
    k.when(isThere, then);
  else
    then();
}

FailureOr<EmittedGpuKernel> GpuKernel::finish() {
  k.b.setInsertionPointToEnd(&k.function.getBody().back());
  func::ReturnOp::create(k.b, k.loc);
  if (launch.sharedBytes > k.target.sharedBytes)
    return k.kernel.emitError("needs ")
           << launch.sharedBytes << " bytes of shared memory, but a block has "
           << k.target.sharedBytes;
  return launch;
}

static LogicalResult emitHero(GpuKernel &g) {
  switch (g.k.kernel.getHero()) {
  case HeroKind::Elementwise:
  case HeroKind::Transpose:
    return emitGpuLoop(g);
  case HeroKind::Reduction:
    return emitGpuReduction(g);
  case HeroKind::Contraction:
    return emitGpuContraction(g);
  case HeroKind::Matrix:
    return emitGpuMatrix(g);
  }
  llvm_unreachable("hero kinds are a closed set");
}

FailureOr<EmittedGpuKernel> gan::emitGpuKernel(KernelOp kernel,
                                               const TargetInfo &target,
                                               ModuleOp module,
                                               StringRef name) {
  GpuKernel g(kernel, target, module, name);
  if (failed(emitHero(g)))
    return failure();
  return g.finish();
}
