// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanDialect.h"
#include "dialect/GanOps.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

// reals ::= "[" (real ("," real)*)? "]", with all digits, which the array's own
// printer does not give.
static ParseResult parseReals(AsmParser &parser, DenseF64ArrayAttr &reals) {
  SmallVector<double> values;
  auto parseReal = [&] { return parser.parseFloat(values.emplace_back()); };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseReal))
    return failure();
  reals = DenseF64ArrayAttr::get(parser.getContext(), values);
  return success();
}

static void printReals(AsmPrinter &printer, DenseF64ArrayAttr reals) {
  printer << '[';
  llvm::interleaveComma(reals.asArrayRef(), printer, [&](double value) {
    printer.printFloat(APFloat(value));
  });
  printer << ']';
}

#include "dialect/GanDialect.cpp.inc"
#include "dialect/GanEnums.cpp.inc"
#include "dialect/GanInterfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialect/GanAttrs.cpp.inc"

void GanDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/GanAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/GanOps.cpp.inc"
      >();
}

Operation *GanDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, loc, elements);
}

LogicalResult
DistributionAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         DistributionKind kind, DenseF64ArrayAttr params) {
  static constexpr int64_t counts[] = {1, 2, 2, 3, 1, 0};
  int64_t expected = counts[static_cast<unsigned>(kind)];
  if (params.size() != expected) // (C1)
    return emitError() << "a " << stringifyDistributionKind(kind)
                       << " distribution has " << expected
                       << " parameters, found " << params.size();
  bool isTruncated = kind == DistributionKind::TruncatedNormal;
  if ((kind == DistributionKind::Normal || isTruncated) &&
      params[1] < 0) // (C2)
    return emitError() << "a standard deviation must be >= 0, found "
                       << params[1];
  if (isTruncated && !(params[2] > 0)) // (C2)
    return emitError() << "a truncated normal distribution needs a cut > 0, "
                          "found "
                       << params[2];
  if (kind == DistributionKind::Uniform && params[0] > params[1]) // (C2)
    return emitError() << "a uniform distribution needs low <= high, found "
                       << params[0] << " and " << params[1];
  return success();
}

LogicalResult OrderAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                int64_t splits, int64_t lanes) {
  if (splits < 1) // (C1)
    return emitError() << "an order needs at least one split, found " << splits;
  if (lanes < 1 || !llvm::isPowerOf2_64(lanes)) // (C2)
    return emitError() << "the lanes of an order must be a power of two, found "
                       << lanes;
  return success();
}
