// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/InitFunction.h"

#include "dialect/Splats.h"

#include <cmath>

using namespace mlir;
using namespace gan;

// The storage whose distribution gives `storage` its first value: the end of
// its chain of copies, or null where there is none.
static StorageOp sourceOf(StorageOp storage, SymbolTable &symbols) {
  llvm::DenseSet<Operation *> seen;
  while (storage.getCopy()) {
    if (!seen.insert(storage).second)
      return {};
    storage = symbols.lookup<StorageOp>(*storage.getCopy());
  }
  return storage;
}

static bool isZero(DistributionAttr init) {
  return init.getKind() == DistributionKind::Constant &&
         init.getParams()[0] == 0 && !std::signbit(init.getParams()[0]);
}

bool inlining::startsAsZero(StorageOp storage, SymbolTable &symbols) {
  StorageOp source = sourceOf(storage, symbols);
  return source && isZero(*source.getInit());
}

static Value drawPlain(OpBuilder &builder, StorageOp storage, Type type,
                       Value key, DistributionAttr distribution) {
  return RandomOp::create(builder, storage.getLoc(), type, key,
                          builder.getStringAttr("init/" + storage.getSymName()),
                          distribution, /*plain=*/builder.getUnitAttr(),
                          /*classes=*/IntegerAttr());
}

// The rows of a matrix of normal numbers made orthonormal, or, if there are
// fewer columns, the columns; under the shape of the storage, times the gain.
static Value drawOrthogonal(OpBuilder &builder, StorageOp storage, Value key) {
  Location loc = storage.getLoc();
  auto type = cast<RankedTensorType>(storage.getType());
  int64_t rows = type.getDimSize(0), columns = type.getNumElements() / rows;
  bool isTall = rows > columns;
  auto frameType =
      RankedTensorType::get({std::min(rows, columns), std::max(rows, columns)},
                            type.getElementType());
  auto normal =
      DistributionAttr::get(builder.getContext(), DistributionKind::Normal,
                            builder.getDenseF64ArrayAttr({0, 1}));
  Value frame = OrthonormalOp::create(
      builder, loc, drawPlain(builder, storage, frameType, key, normal));
  if (isTall)
    frame = TransposeOp::create(
        builder, loc,
        RankedTensorType::get({rows, columns}, type.getElementType()), frame,
        ArrayRef<int64_t>{1, 0});
  Value shaped = builder.createOrFold<ReshapeOp>(loc, type, frame);
  Value gain =
      createSplat(builder, loc, type, storage.getInit()->getParams()[0]);
  return builder.createOrFold<MulOp>(loc, type, shaped, gain);
}

static Value makeIdentity(OpBuilder &builder, StorageOp storage) {
  Location loc = storage.getLoc();
  auto type = cast<RankedTensorType>(storage.getType());
  auto ints = type.clone(builder.getI32Type());
  Value row = IotaOp::create(builder, loc, ints, ArrayRef<int64_t>{0});
  Value column = IotaOp::create(builder, loc, ints, ArrayRef<int64_t>{1});
  Value isDiagonal =
      CompareOp::create(builder, loc, type.clone(builder.getI1Type()),
                        ComparePredicate::EQ, row, column);
  return CastOp::create(builder, loc, type, isDiagonal);
}

static Value draw(OpBuilder &builder, StorageOp storage, Value key) {
  DistributionAttr init = *storage.getInit();
  switch (init.getKind()) {
  case DistributionKind::Constant:
    return createSplat(builder, storage.getLoc(), storage.getType(),
                       init.getParams()[0]);
  case DistributionKind::Orthogonal:
    return drawOrthogonal(builder, storage, key);
  case DistributionKind::Identity:
    return makeIdentity(builder, storage);
  default:
    return drawPlain(builder, storage, storage.getType(), key, init);
  }
}

LogicalResult inlining::buildInit(ModelOp model, SymbolTable &symbols) {
  OpBuilder builder(model.getContext());
  auto keyType = RankedTensorType::get({2}, builder.getI64Type());
  auto function =
      func::FuncOp::create(builder, model.getLoc(), "init",
                           FunctionType::get(model.getContext(), keyType, {}));
  function->setAttr("gan.role", builder.getStringAttr("init"));
  function.setArgAttr(0, "gan.key", builder.getI64IntegerAttr(0));
  symbols.insert(function);
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  DenseMap<Operation *, Value> values; // by the storage that is drawn
  for (auto storage : model.getOps<StorageOp>()) {
    StorageOp source = sourceOf(storage, symbols);
    if (!source)
      return storage.emitOpError("copies a storage that copies it back");
    if (isZero(*source.getInit()))
      continue; // what a run begins with
    Value &value = values[source];
    if (!value)
      value = draw(builder, source, body->getArgument(0));
    StoreOp::create(builder, storage.getLoc(), value,
                    FlatSymbolRefAttr::get(storage.getSymNameAttr()));
  }
  func::ReturnOp::create(builder, model.getLoc());
  return success();
}
