// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/LibraryHeader.h"

#include "runtime/format/GeneratorText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace gan;

static StringRef nameInC(Type element) {
  if (element.isF32())
    return "float";
  if (element.isF64())
    return "double";
  if (element.isInteger(32))
    return "int32_t";
  return element.isInteger(64) ? "int64_t" : "byte";
}

// "float [3, 64, 64]": one sample, as axis 0 is the batch.
static std::string describe(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  ArrayRef<int64_t> shape = tensor.getShape();
  auto extents = llvm::map_range(shape.empty() ? shape : shape.drop_front(),
                                 [](int64_t n) { return std::to_string(n); });
  return (nameInC(tensor.getElementType()) + " [" + llvm::join(extents, ", ") +
          "]")
      .str();
}

static void writeHeader(llvm::raw_ostream &os, ModelOp model,
                        const Provenance &provenance) {
  os << "// Made by " << provenance.compiler << " of "
     << llvm::sys::path::filename(provenance.sourceName);
  for (const std::string &flag : provenance.flags)
    os << ' ' << flag;
  os << "\n//\n// One sample of each output of the model '"
     << model.getSymName() << "':\n";
  int number = 0;
  for (func::FuncOp function : model.getBody().getOps<func::FuncOp>())
    if (auto role = function->getAttrOfType<StringAttr>("gan.role");
        role && role == "output")
      os << "//   " << number++ << "  " << function.getSymName() << "  "
         << describe(function.getResultTypes().front()) << '\n';
  os << "//\n" << format::kGeneratorText;
}

std::string gan::writeLibraryHeader(ModelOp model, const Provenance &provenance,
                                    StringRef path) {
  llvm::Error error = llvm::writeToOutput(path, [&](llvm::raw_ostream &os) {
    writeHeader(os, model, provenance);
    return llvm::Error::success();
  });
  return error ? "cannot write '" + path.str() +
                     "': " + llvm::toString(std::move(error))
               : "";
}
