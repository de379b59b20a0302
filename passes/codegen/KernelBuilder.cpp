// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace gan;

KernelBuilder::KernelBuilder(KernelOp kernel, const TargetInfo &target,
                             ModuleOp module, StringRef name)
    : kernel(kernel), target(target), b(module.getContext()),
      loc(kernel.getLoc()) {
  b.setInsertionPointToEnd(module.getBody());
  function = func::FuncOp::create(b, loc, name, b.getFunctionType({}, {}));
  target.isGpu ? openThreads() : openTiles();
}

void KernelBuilder::openTiles() {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext()),
       i64 = b.getI64Type();
  function.setFunctionType(b.getFunctionType({pointer, i64, i64, pointer}, {}));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToEnd(entry);
  Value args = entry->getArgument(0);
  begin = entry->getArgument(1);
  end = entry->getArgument(2);
  scratch = entry->getArgument(3);
  auto argument = [&](int64_t i) {
    return LLVM::LoadOp::create(b, loc, pointer,
                                advance(args, pointer, constant(i)), 8);
  };
  int64_t count = body().getNumArguments();
  for (int64_t i = 0; i < count; ++i)
    inputs.push_back(argument(i));
  for (int64_t i = 0; i < (int64_t)yield().getValues().size(); ++i)
    outputs.push_back(argument(count + i));
}

void KernelBuilder::openThreads() {
  size_t in = body().getNumArguments(), out = yield().getValues().size();
  SmallVector<Type> types(
      in + out, LLVM::LLVMPointerType::get(b.getContext(), globalMemory));
  types.push_back(b.getI64Type());
  types.push_back(LLVM::LLVMPointerType::get(b.getContext(), sharedMemory));
  function.setFunctionType(b.getFunctionType(types, {}));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToEnd(entry);
  llvm::append_range(inputs, entry->getArguments().take_front(in));
  llvm::append_range(outputs, entry->getArguments().slice(in, out));
  block = entry->getArgument(in + out);
  shared = entry->getArgument(in + out + 1);
}

KernelBuilder::KernelBuilder(const TargetInfo &target, ModuleOp module,
                             Location loc, StringRef name, FunctionType type)
    : target(target), b(module.getContext()), loc(loc) {
  b.setInsertionPointToEnd(module.getBody());
  function = func::FuncOp::create(b, loc, name, type);
  function.setPrivate();
  b.setInsertionPointToEnd(function.addEntryBlock());
}

SmallVector<Value> KernelBuilder::callShared(StringRef name,
                                             ValueRange arguments,
                                             TypeRange results, Body body) {
  if (target.isGpu)
    return body(*this, arguments);
  auto module = function->getParentOfType<ModuleOp>();
  auto callee = module.lookupSymbol<func::FuncOp>(name);
  if (!callee) {
    KernelBuilder k(target, module, loc, name,
                    b.getFunctionType(TypeRange(arguments), results));
    k.function->setAttr(
        "llvm.linkage",
        LLVM::LinkageAttr::get(b.getContext(), LLVM::Linkage::Internal));
    func::ReturnOp::create(k.b, loc, body(k, k.function.getArguments()));
    callee = k.function;
  }
  return func::CallOp::create(b, loc, callee, arguments).getResults();
}

// ---- what was emitted before
// ----------------------------------------------------------------------------------------

Value KernelBuilder::recall(const Key &key) {
  auto found = memo.find(key);
  if (found == memo.end())
    return {};
  Region *here = b.getInsertionBlock()->getParent();
  for (Value value : llvm::reverse(found->second))
    if (value.getParentRegion()->isAncestor(here))
      return value;
  return {};
}

Value KernelBuilder::remember(const Key &key, Value value) {
  memo[key].push_back(value);
  return value;
}

KernelBuilder::Key KernelBuilder::keyOf(Value tensor, const Index &index) {
  Key key = {tensor.getAsOpaquePointer(), (const void *)index.lanes};
  if (cast<RankedTensorType>(tensor.getType()).getNumElements() == 1)
    return key;
  for (auto [i, digit] : llvm::enumerate(index.digits))
    if (digit.extent != 1) {
      key.push_back(
          (const void *)((digit.extent << 1) | (index.lane == (int)i)));
      key.push_back(digit.value.getAsOpaquePointer());
    }
  return key;
}

// ---- integers
// -------------------------------------------------------------------------------------------------------

static std::optional<int64_t> known(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant.getSExtValue();
  return std::nullopt;
}

Value KernelBuilder::constant(int64_t value) {
  Key key = {nullptr, (const void *)value};
  if (Value found = recall(key))
    return found;
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&function.getBody().front());
  return remember(
      key, arith::ConstantOp::create(b, loc, b.getI64IntegerAttr(value)));
}

// `name` is an arith op on two i64s; folded when both are known.
Value KernelBuilder::binary(StringRef name, Value x, Value y) {
  Key key = {name.data(), x.getAsOpaquePointer(), y.getAsOpaquePointer()};
  if (Value found = recall(key))
    return found;
  Operation *op =
      b.create(loc, b.getStringAttr(name), {x, y}, {b.getI64Type()});
  return remember(key, op->getResult(0));
}

Value KernelBuilder::add(Value x, Value y) {
  std::optional<int64_t> a = known(x), c = known(y);
  if (a && c)
    return constant(*a + *c);
  if (a == 0)
    return y;
  return c == 0 ? x : binary("arith.addi", x, y);
}

Value KernelBuilder::sub(Value x, Value y) {
  std::optional<int64_t> a = known(x), c = known(y);
  if (a && c)
    return constant(*a - *c);
  return c == 0 ? x : binary("arith.subi", x, y);
}

Value KernelBuilder::mul(Value x, int64_t y) {
  if (std::optional<int64_t> a = known(x))
    return constant(*a * y);
  return y == 1 ? x : binary("arith.muli", x, constant(y));
}

Value KernelBuilder::div(Value x, int64_t y) {
  if (std::optional<int64_t> a = known(x))
    return constant(*a / y);
  return y == 1 ? x : binary("arith.divui", x, constant(y));
}

Value KernelBuilder::rem(Value x, int64_t y) {
  if (std::optional<int64_t> a = known(x))
    return constant(*a % y);
  return y == 1 ? constant(0) : binary("arith.remui", x, constant(y));
}

Value KernelBuilder::min(Value x, Value y) {
  std::optional<int64_t> a = known(x), c = known(y);
  return a && c ? constant(std::min(*a, *c)) : binary("arith.minsi", x, y);
}

Value KernelBuilder::max(Value x, Value y) {
  std::optional<int64_t> a = known(x), c = known(y);
  return a && c ? constant(std::max(*a, *c)) : binary("arith.maxsi", x, y);
}

// ---- loops
// ----------------------------------------------------------------------------------------------------------

void KernelBuilder::loop(Value from, Value to, int64_t step,
                         function_ref<void(Value)> body) {
  reduce(from, to, step, {}, [&](Value i, ValueRange) -> SmallVector<Value> {
    body(i);
    return {};
  });
}

SmallVector<Value> KernelBuilder::reduce(
    Value from, Value to, int64_t step, ValueRange initial,
    function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  if (known(from) && known(to)) {
    if (*known(from) >= *known(to))
      return initial;
    if (*known(from) + step >= *known(to))
      return body(from, initial);
  }
  auto loop = scf::ForOp::create(b, loc, from, to, constant(step), initial);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> results =
      body(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!initial.empty())
    scf::YieldOp::create(b, loc, results);
  return loop.getResults();
}

void KernelBuilder::when(Value condition, function_ref<void()> then,
                         function_ref<void()> otherwise) {
  auto branch =
      scf::IfOp::create(b, loc, condition, static_cast<bool>(otherwise));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  then();
  if (!otherwise)
    return;
  b.setInsertionPointToStart(branch.elseBlock());
  otherwise();
}

SmallVector<Value>
KernelBuilder::choose(TypeRange types, Value condition,
                      function_ref<SmallVector<Value>()> then,
                      function_ref<SmallVector<Value>()> otherwise) {
  auto branch = scf::IfOp::create(b, loc, types, condition, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(b, loc, then());
  b.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(b, loc, otherwise());
  return branch.getResults();
}

// ---- memory
// ---------------------------------------------------------------------------------------------------------

static Type inMemory(Type element) {
  if (element.isBF16())
    return IntegerType::get(element.getContext(), 16);
  return element.isInteger(1) ? Type(IntegerType::get(element.getContext(), 8))
                              : element;
}

static unsigned bytesOf(Type element) {
  if (isa<LLVM::LLVMPointerType>(element))
    return 8;
  return std::max(1u, element.getIntOrFloatBitWidth() / 8);
}

Value KernelBuilder::advance(Value pointer, Type element, Value offset) {
  if (known(offset) == 0)
    return pointer;
  element = element ? inMemory(element) : b.getI8Type();
  return LLVM::GEPOp::create(b, loc, pointer.getType(), element, pointer,
                             ArrayRef<LLVM::GEPArg>{offset});
}

Value KernelBuilder::load(Value pointer, Type element, Value offset,
                          int64_t lanes, bool aligned) {
  Type stored = inMemory(element);
  Value value = LLVM::LoadOp::create(b, loc, widen(stored, lanes),
                                     advance(pointer, element, offset),
                                     bytesOf(stored) * (aligned ? lanes : 1));
  if (stored == element)
    return value;
  if (element.isBF16())
    return extend(value);
  return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, value,
                               number(stored, 0, lanes));
}

void KernelBuilder::store(Value value, Value pointer, Value offset,
                          bool aligned) {
  Type element = getElementTypeOrSelf(value.getType());
  auto vector = dyn_cast<VectorType>(value.getType());
  int64_t lanes = vector ? vector.getNumElements() : 1;
  if (element.isInteger(1))
    value = arith::ExtUIOp::create(b, loc, widen(b.getI8Type(), lanes), value);
  LLVM::StoreOp::create(b, loc, value, advance(pointer, element, offset),
                        bytesOf(inMemory(element)) * (aligned ? lanes : 1));
}

void KernelBuilder::storeAs(Type held, Value value, Value pointer,
                            Value offset) {
  store(held.isBF16() ? upperHalf(value) : value, pointer, offset);
}

static int64_t lanesOf(Value value) {
  auto vector = dyn_cast<VectorType>(value.getType());
  return vector ? vector.getNumElements() : 1;
}

Value KernelBuilder::extend(Value halves) {
  int64_t lanes = lanesOf(halves);
  Type word = b.getI32Type();
  Value words = arith::ExtUIOp::create(b, loc, widen(word, lanes), halves);
  Value bits = arith::ShLIOp::create(b, loc, words, number(word, 16, lanes));
  return arith::BitcastOp::create(b, loc, widen(b.getF32Type(), lanes), bits);
}

Value KernelBuilder::upperHalf(Value elements) {
  int64_t lanes = lanesOf(elements);
  Type word = b.getI32Type();
  Value bits = arith::BitcastOp::create(b, loc, widen(word, lanes), elements);
  return arith::TruncIOp::create(
      b, loc, widen(b.getI16Type(), lanes),
      arith::ShRUIOp::create(b, loc, bits, number(word, 16, lanes)));
}

Value KernelBuilder::table(DenseElementsAttr elements) {
  Key key = {elements.getAsOpaquePointer()};
  if (Value found = recall(key))
    return found;
  auto module = function->getParentOfType<ModuleOp>();
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(module.getBody());
  std::string name = (function.getName() + ".table" + Twine(memo.size())).str();
  auto flat = elements.reshape(RankedTensorType::get(
      {elements.getNumElements()}, elements.getElementType()));
  Type type = LLVM::LLVMArrayType::get(inMemory(elements.getElementType()),
                                       elements.getNumElements());
  if (elements.getElementType().isInteger(1))
    flat = cast<DenseIntElementsAttr>(flat).mapValues(
        b.getI8Type(), [](const APInt &bit) { return bit.zext(8); });
  auto pointer = LLVM::LLVMPointerType::get(b.getContext(),
                                            target.isGpu ? globalMemory : 0);
  LLVM::GlobalOp::create(b, loc, type, /*isConstant=*/true,
                         LLVM::Linkage::Internal, name, flat, /*alignment=*/64,
                         pointer.getAddressSpace());
  b.setInsertionPointToStart(&function.getBody().front());
  return remember(key, LLVM::AddressOfOp::create(b, loc, pointer, name));
}

// ---- elements
// -------------------------------------------------------------------------------------------------------

Type KernelBuilder::widen(Type type, int64_t lanes) {
  return lanes == 1 ? type : VectorType::get({lanes}, type);
}

Value KernelBuilder::splat(Value scalar, int64_t lanes) {
  return lanes == 1 ? scalar
                    : vector::BroadcastOp::create(
                          b, loc, widen(scalar.getType(), lanes), scalar)
                          .getResult();
}

Value KernelBuilder::assemble(ArrayRef<Value> scalars) {
  if (scalars.size() == 1)
    return scalars[0];
  return vector::FromElementsOp::create(
      b, loc, cast<VectorType>(widen(scalars[0].getType(), scalars.size())),
      scalars);
}

Value KernelBuilder::extract(Value vector, int64_t lane) {
  return vector::ExtractOp::create(b, loc, vector, lane);
}

Value KernelBuilder::number(Type type, double value, int64_t lanes) {
  TypedAttr attr = isa<FloatType>(type)
                       ? TypedAttr(b.getFloatAttr(type, value))
                       : b.getIntegerAttr(type, (int64_t)value);
  if (lanes > 1)
    attr = DenseElementsAttr::get(cast<ShapedType>(widen(type, lanes)), attr);
  return arith::ConstantOp::create(b, loc, attr);
}

Value KernelBuilder::ramp(Type type, int64_t step, int64_t lanes) {
  unsigned width = type.getIntOrFloatBitWidth();
  SmallVector<APInt> numbers;
  for (int64_t i = 0; i < lanes; ++i)
    numbers.push_back(APInt(width, i * step, /*isSigned=*/true));
  return arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(cast<ShapedType>(widen(type, lanes)), numbers));
}
