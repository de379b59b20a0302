// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/ClockExpression.h"
#include "dialect/DataKinds.h"
#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace gan;

// ---- names: checked inside a model; outside, an op is a fragment

// The op called `name` in the model around `op`, reported where it is missing
// or of another kind; true in `isFragment`, and no report, where there is no
// model.
template <typename Op>
static Op lookUp(Operation *op, FlatSymbolRefAttr name, StringRef what,
                 SymbolTableCollection &symbols, bool &isFragment) {
  auto model = op->getParentOfType<ModelOp>();
  isFragment = !model;
  if (isFragment)
    return {};
  auto target = symbols.lookupSymbolIn<Op>(model, name);
  if (!target)
    op->emitOpError() << "needs " << what << " of the model, but '"
                      << name.getValue() << "' is none";
  return target;
}

// Whether `name` is a function of the model with that `gan.role`; the function
// goes to `callee` (null in a fragment).
static LogicalResult verifyCallee(Operation *op, FlatSymbolRefAttr name,
                                  StringRef role,
                                  SymbolTableCollection &symbols,
                                  func::FuncOp *callee = nullptr) {
  bool isFragment = false;
  auto function =
      lookUp<func::FuncOp>(op, name, "a function", symbols, isFragment);
  if (!function)
    return success(isFragment);
  auto found = function->getAttrOfType<StringAttr>("gan.role");
  if (!found || found.getValue() != role) {
    InFlightDiagnostic error = op->emitOpError()
                               << "needs a function of role '" << role
                               << "', but '" << name.getValue() << "' has '"
                               << (found ? found.getValue() : "none") << "'";
    error.attachNote(function.getLoc()) << "the function is here";
    return error;
  }
  if (callee)
    *callee = function;
  return success();
}

static LogicalResult verifyAccess(Operation *op, FlatSymbolRefAttr name,
                                  Type type, SymbolTableCollection &symbols,
                                  StringRef what = "a value") {
  bool isFragment = false;
  auto storage =
      lookUp<StorageOp>(op, name, "a storage", symbols, isFragment); // (C1)
  if (!storage)
    return success(isFragment);
  if (storage.getType() == type) // (C2)
    return success();
  InFlightDiagnostic error =
      op->emitOpError() << "has " << what << " of type " << type << ", but '"
                        << name.getValue() << "' holds " << storage.getType();
  error.attachNote(storage.getLoc()) << "the storage is here";
  return error;
}

LogicalResult LoadOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyAccess(*this, getStorageAttr(), getValue().getType(), symbols);
}
LogicalResult StoreOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyAccess(*this, getStorageAttr(), getValue().getType(), symbols);
}
LogicalResult InitialiseOp::verifySymbolUses(SymbolTableCollection &symbols) {
  Type one = RankedTensorType::get({}, getValue().getType().getElementType());
  return success(succeeded(verifyAccess(*this, getStorageAttr(), // (C1), (C2)
                                        getValue().getType(), symbols)) &&
                 succeeded(verifyAccess(*this, getFlagAttr(), one, // (C3)
                                        symbols, "a flag")));
}
LogicalResult PlayOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyCallee(*this, getCalleeAttr(), "player", symbols); // (C1)
}
LogicalResult RunOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyCallee(*this, getStepAttr(), "step", symbols); // (C1)
}
LogicalResult PhaseOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return getUntilAttr() ? verifyCallee(*this, getUntilAttr(), "until", // (C4)
                                       symbols)
                        : success();
}
LogicalResult NetworkOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyCallee(*this, getGraphAttr(), "network", symbols); // (C1)
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  func::FuncOp callee;
  if (failed(verifyCallee(*this, getCalleeAttr(), "network", symbols, // (C1)
                          &callee)))
    return failure();
  auto type = FunctionType::get(getContext(), getInputs().getTypes(),
                                getOutputs().getTypes());
  if (!callee || callee.getFunctionType() == type) // (C2)
    return success();
  InFlightDiagnostic error = emitOpError()
                             << "has type " << type << ", but '" << getCallee()
                             << "' has " << callee.getFunctionType();
  error.attachNote(callee.getLoc()) << "the function is here";
  return error;
}

LogicalResult StorageOp::verifySymbolUses(SymbolTableCollection &symbols) {
  if (!getCopyAttr())
    return success();
  bool isFragment = false;
  auto source =
      lookUp<StorageOp>(*this, getCopyAttr(), "a storage", symbols, isFragment);
  if (!source) // (C3)
    return success(isFragment);
  if (source == *this || source.getType() != getType()) // (C3)
    return emitOpError() << "of type " << getType() << " cannot copy '"
                         << *getCopy() << "' of type " << source.getType();
  return success();
}

// The field called `name`, or null.
static DictionaryAttr findField(DataOp data, StringRef name) {
  for (Attribute attribute : data.getFields())
    if (auto field = dyn_cast<DictionaryAttr>(attribute))
      if (auto found = field.getAs<StringAttr>("name"); found && found == name)
        return field;
  return {};
}

LogicalResult ReadOp::verifySymbolUses(SymbolTableCollection &symbols) {
  bool isFragment = false;
  auto data = lookUp<DataOp>(*this, getDataAttr(), "data", symbols, isFragment);
  if (!data)
    return success(isFragment);
  DictionaryAttr field = findField(data, getField());
  if (!field) // (C1)
    return emitOpError() << "reads field '" << getField() << "', which '"
                         << getData() << "' does not have";
  auto shape = field.getAs<DenseI64ArrayAttr>("shape");
  ShapeRef found = getValue().getType().getShape();
  if (shape &&
      (found.empty() || found.drop_front() != shape.asArrayRef())) // (C2)
    return emitOpError() << "needs a batch of " << shapeText(shape)
                         << ", found " << shapeText(found);
  return success();
}

// ---- single ops

LogicalResult ModelOp::verifyRegions() {
  for (Operation &op : getBody().front()) {
    if (isa<GanDialect>(op.getDialect()) &&
        !isa<StorageOp, DataOp, NetworkOp, PhaseOp>(op)) // (C1)
      return op.emitOpError() << "cannot stand directly in a model";
    auto role = op.getAttrOfType<StringAttr>("gan.role");
    if (role && !llvm::is_contained({"network", "player", "output", "draws",
                                     "until", "step", "init"},
                                    role.getValue())) // (C2)
      return op.emitOpError()
             << "has the unknown role '" << role.getValue() << "'";
  }
  return success();
}

LogicalResult StorageOp::verify() {
  auto type = cast<RankedTensorType>(getType());
  if (getLayout() && !isPermutation(*getLayout(), type.getRank())) // (C1)
    return emitOpError() << "'layout' must hold each axis of " << type
                         << " once, found " << shapeText(*getLayout());
  if (getInitAttr() && getCopyAttr()) // (C2)
    return emitOpError() << "has both 'init' and 'copy'";
  if (!getInitAttr() && !getCopyAttr()) // (C2)
    return emitOpError() << "needs 'init' or 'copy'";
  if (!getInit())
    return success();
  DistributionKind kind = getInit()->getKind();
  bool fits = kind == DistributionKind::Orthogonal ? type.getRank() >= 2
              : kind == DistributionKind::Identity ? type.getRank() == 2
                                                   : true;
  if (!fits) // (C4)
    return emitOpError() << "cannot start as '"
                         << stringifyDistributionKind(kind) << "', found "
                         << type;
  return success();
}

static LogicalResult verifyImage(ErrorFn error, DictionaryAttr field) {
  auto low = field.getAs<FloatAttr>("low"),
       high = field.getAs<FloatAttr>("high");
  ShapeRef shape = field.getAs<DenseI64ArrayAttr>("shape").asArrayRef();
  if (!low || !high || shape.size() != 3 ||
      low.getValueAsDouble() >= high.getValueAsDouble()) // (C2)
    return error() << "an image needs three extents and reals 'low' < 'high'";
  auto resize = field.getAs<IntegerAttr>("resize");
  if (resize &&
      resize.getInt() < *llvm::max_element(shape.drop_front())) // (C2)
    return error() << "an image needs a 'resize' from its extents on";
  auto crop = field.getAs<StringAttr>("crop"),
       filter = field.getAs<StringAttr>("filter");
  if ((crop && crop != "random") ||
      (filter && !llvm::is_contained({"nearest", "box", "bicubic", "lanczos"},
                                     filter.getValue()))) // (C2)
    return error() << "an image needs a known 'crop' and 'filter'";
  auto stack = field.getAs<IntegerAttr>("stack"),
       count = field.getAs<IntegerAttr>("count");
  if ((stack && (stack.getInt() < 2 || shape[0] % stack.getInt() != 0)) ||
      (count && (!stack || count.getInt() < 1))) // (C2)
    return error() << "an image needs channels that its 'stack' divides, and a "
                      "'count' of stacks only";
  return success();
}

static LogicalResult verifyClasses(ErrorFn error, DictionaryAttr field) {
  auto classes = field.getAs<IntegerAttr>("classes");
  StringRef kind = field.getAs<StringAttr>("kind").getValue();
  if (!classes || classes.getInt() < 1) // (C2)
    return error() << "a " << kind << " needs 'classes' of at least 1";
  int64_t rank = kind == "map" ? 2 : kind == "sequence" ? 1 : 0;
  if (field.getAs<DenseI64ArrayAttr>("shape").size() != rank) // (C2)
    return error() << "a " << kind << " has " << rank << " axes";
  if (kind == "map" && classes.getInt() > 256) // (C2)
    return error() << "a map has up to 256 'classes', found "
                   << classes.getInt();
  return success();
}

static LogicalResult verifyVector(ErrorFn error, DictionaryAttr field) {
  auto of = field.getAs<IntegerAttr>("of"),
       mean = field.getAs<IntegerAttr>("mean");
  int64_t most = of ? of.getInt() : 1, taken = mean ? mean.getInt() : 1;
  if (taken < 1 || taken > most) // (C2)
    return error() << "a vector needs a 'mean' of 1 to " << most
                   << " of a record, found " << taken;
  return success();
}

// Points that are made: how far from their places, and how many.
static LogicalResult verifyPoints(ErrorFn error, DictionaryAttr field) {
  StringRef kind = field.getAs<StringAttr>("kind").getValue();
  auto std = field.getAs<FloatAttr>("std");
  if (!std || std.getValueAsDouble() < 0) // (C2)
    return error() << "a " << kind << " needs 'std' of at least 0";
  auto count = field.getAs<IntegerAttr>("count");
  if (count && count.getInt() < 0) // (C2)
    return error() << "a " << kind << " needs 'count' of at least 0";
  return success();
}

static LogicalResult verifySwissRoll(ErrorFn error, DictionaryAttr field) {
  if (field.getAs<DenseI64ArrayAttr>("shape").asArrayRef() !=
      ShapeRef({2})) // (C2)
    return error() << "a swiss_roll lies in the plane";
  return verifyPoints(error, field);
}

// The centres are one tensor of reals, [K, d].
static LogicalResult verifyMixture(ErrorFn error, DictionaryAttr field) {
  ShapeRef shape = field.getAs<DenseI64ArrayAttr>("shape").asArrayRef();
  auto centres = field.getAs<DenseF64ArrayAttr>("centres");
  if (shape.size() != 1 || !centres || centres.empty() ||
      centres.size() % shape[0] != 0) // (C2)
    return error() << "a mixture needs 'centres' of as many reals each as its "
                      "shape says";
  return verifyPoints(error, field);
}

static DictionaryAttr fieldNamed(ArrayAttr fields, Attribute name) {
  for (auto field : fields.getAsRange<DictionaryAttr>())
    if (field && name && field.get("name") == name)
      return field;
  return {};
}

static LogicalResult verifyOther(ErrorFn error, DictionaryAttr field,
                                 ArrayAttr fields) {
  Attribute other = field.get("other"), differs = field.get("differs");
  if (!other && !differs)
    return success();
  DictionaryAttr of = fieldNamed(fields, other),
                 by = fieldNamed(fields, differs);
  auto isPlain = [](DictionaryAttr each) { return each && !each.get("other"); };
  if (!isPlain(of) || of.get("kind") != field.get("kind") ||
      of.get("shape") != field.get("shape") || !isPlain(by) ||
      !llvm::is_contained({"label", "index"},
                          by.getAs<StringAttr>("kind").getValue())) // (C3)
    return error() << "the record of an 'other' needs a field of its kind and "
                      "shape, and a label or index that 'differs'";
  return success();
}

bool gan::isOfIntegers(StringRef kind) {
  return llvm::is_contained({"label", "index", "map", "sequence"}, kind);
}

LogicalResult DataOp::verify() {
  llvm::StringSet<> names;
  for (Attribute attribute : getFields()) {
    auto field = dyn_cast<DictionaryAttr>(attribute);
    auto name = field ? field.getAs<StringAttr>("name") : StringAttr();
    auto kind = field ? field.getAs<StringAttr>("kind") : StringAttr();
    if (!name || !kind || !field.getAs<DenseI64ArrayAttr>("shape")) // (C1)
      return emitOpError()
             << "needs 'name', 'kind' and 'shape' in every field, found "
             << attribute;
    if (!names.insert(name).second) // (C1)
      return emitOpError() << "has two fields '" << name.getValue() << "'";
    auto error = [&] {
      return emitOpError() << "field '" << name.getValue() << "': ";
    };
    StringRef k = kind.getValue();
    auto verify =
        llvm::StringSwitch<LogicalResult (*)(ErrorFn, DictionaryAttr)>(k)
            .Case("image", verifyImage)
            .Cases({"label", "map", "sequence"}, verifyClasses)
            .Case("vector", verifyVector)
            .Case("mixture", verifyMixture)
            .Case("swiss_roll", verifySwissRoll)
            .Default(nullptr);
    if (!verify && k != "index") // (C1)
      return error() << "unknown kind '" << k << "'";
    if ((verify && failed(verify(error, field))) ||
        failed(verifyOther(error, field, getFields())))
      return failure();
  }
  return success();
}

// Keys are [seed, move].
static LogicalResult verifyKey(Operation *op, RankedTensorType type) {
  if (type.getShape() == ArrayRef<int64_t>{2})
    return success();
  return op->emitOpError() << "needs a key of type 'tensor<2xi64>', found "
                           << type;
}

LogicalResult ReadOp::verify() {
  return verifyKey(*this, getKey().getType()); // (C3)
}

LogicalResult ClockOp::verify() {
  if (failed(
          verifyClock([&] { return emitOpError(); }, getExpression()))) // (C1)
    return failure();
  if (getValue().getType().getRank() != 0) // (C2)
    return emitOpError() << "gives one number, found " << getValue().getType();
  return verifyKey(*this, getKey().getType()); // (C3)
}

LogicalResult ReportOp::verify() {
  if (getValue().getType().getRank() == 0) // (C1)
    return success();
  return emitOpError() << "reports one number, found " << getValue().getType();
}

LogicalResult PhaseOp::verify() {
  if (!llvm::is_contained({"steps", "images", "epochs"}, getUnit())) // (C1)
    return emitOpError()
           << "needs the unit 'steps', 'images' or 'epochs', found '"
           << getUnit() << "'";
  if (static_cast<int64_t>(getLength()) < 1 ||
      static_cast<int64_t>(getBatch()) < 1) // (C2)
    return emitOpError() << "needs a length and a batch of at least 1, found "
                         << static_cast<int64_t>(getLength()) << " and "
                         << static_cast<int64_t>(getBatch());
  if (getUntil().has_value() != getCheck().has_value()) // (C3)
    return emitOpError() << "has 'until' without 'check', or the reverse";
  if (getCheck() && static_cast<int64_t>(*getCheck()) < 1) // (C3)
    return emitOpError() << "needs a 'check' of at least 1, found "
                         << static_cast<int64_t>(*getCheck());
  return success();
}

LogicalResult RepeatOp::verify() {
  return verifyClock([&] { return emitOpError(); }, getCount()); // (C1)
}

LogicalResult WhenOp::verify() {
  return verifyClock([&] { return emitOpError(); }, getCondition()); // (C1)
}

LogicalResult RunOp::verify() {
  if (static_cast<int64_t>(getMoves()) >= 1) // (C2)
    return success();
  return emitOpError() << "needs at least one move, found "
                       << static_cast<int64_t>(getMoves());
}
