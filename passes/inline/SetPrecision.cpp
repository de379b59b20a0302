// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/Passes.h"

#include "mlir/IR/AttrTypeSubElements.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_SETPRECISIONPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

// The same values, rounded to the nearest single.
static Attribute round(DenseFPElementsAttr values) {
  return values.mapValues(
      Float32Type::get(values.getContext()), [](const APFloat &value) {
        APFloat single = value;
        bool losesInfo = false;
        single.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven,
                       &losesInfo);
        return single.bitcastToAPInt();
      });
}

namespace {
struct SetPrecisionPass : gan::impl::SetPrecisionPassBase<SetPrecisionPass> {
  using SetPrecisionPassBase::SetPrecisionPassBase;

  void runOnOperation() override {
    if (real == "f64")
      return;
    if (real != "f32") {
      getOperation().emitError("a precision is 'f32' or 'f64', found '")
          << real << "'";
      return signalPassFailure();
    }
    // Only tensors: attributes that hold plain numbers are the host's.
    AttrTypeReplacer replacer;
    replacer.addReplacement([](RankedTensorType type) -> Type {
      if (!type.getElementType().isF64())
        return type;
      return type.clone(Float32Type::get(type.getContext()));
    });
    replacer.addReplacement(
        [](DenseFPElementsAttr values) { return round(values); });
    replacer.recursivelyReplaceElementsIn(getOperation(), /*replaceAttrs=*/true,
                                          /*replaceLocs=*/false,
                                          /*replaceTypes=*/true);
  }
};
} // namespace
