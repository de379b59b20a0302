// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/EmitKernels.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace gan;

// Code that needs a library is refused by name: no loader would ever find it.
TEST(CompileImage, RefusesWhatLiesOutside) {
  DialectRegistry registry;
  registerCodegenDialects(registry);
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>("llvm.func @cbrt(f64) -> f64\n"
                                  "llvm.func @k(%x: f64) -> f64 {\n"
                                  "  %y = llvm.call @cbrt(%x) : (f64) -> f64\n"
                                  "  llvm.return %y : f64\n"
                                  "}\n",
                                  &context);
  ASSERT_TRUE(module);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(compileImage(*module, cpuTargets().front())));
  EXPECT_NE(message.find("code for 'x86-64-v3' is not self-contained:"),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("cbrt"), std::string::npos) << message;
}
