// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The whole frontend on any bytes: a module that verifies, or a report.
#include "frontend/Frontend.h"
#include "models/StandardLibrary.h"
#include "test/fuzz/FuzzTarget.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include <cstdlib>

using namespace gan;
using namespace gan::frontend;

static std::vector<LibraryText> standardLibrary() {
  std::vector<LibraryText> texts;
  for (const LibraryFile &file : getStandardLibrary())
    texts.push_back({file.name, file.text});
  return texts;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const std::vector<LibraryText> library = standardLibrary();
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  int reports = 0;
  mlir::ScopedDiagnosticHandler count(&context, [&](mlir::Diagnostic &) {
    ++reports;
    return mlir::success();
  });
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(
          {reinterpret_cast<const char *>(data), size}, "fuzz.gan"),
      llvm::SMLoc());
  Elaboration result = elaborate({"fuzz.gan", {}, library}, sources, &context);
  bool isGood =
      result.module ? succeeded(mlir::verify(*result.module)) : reports > 0;
  if (!isGood)
    abort();
  return 0;
}
