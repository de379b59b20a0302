// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Lexer, parser, printer and formatter on any bytes: what parses is formatted
// to something that parses, and formatting that changes nothing more.
#include "frontend/AstPrinter.h"
#include "frontend/Format.h"
#include "frontend/Parser.h"
#include "test/fuzz/FuzzTarget.h"

#include "mlir/IR/Diagnostics.h"

#include <cstdlib>

using namespace gan::frontend;
using mlir::MLIRContext;

// Whether the text parses; the formatted text goes to `formatted`.
static bool tryText(const std::string &text, std::string &formatted) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  mlir::ScopedDiagnosticHandler silence(
      &context, [](mlir::Diagnostic &) { return mlir::success(); });
  std::optional<ast::File> file =
      Parser(text, "fuzz.gan", &context).parseFile();
  if (!file)
    return false;
  std::string tree;
  llvm::raw_string_ostream os(tree);
  printAst(*file, os);
  formatted = format(lex(text, "fuzz.gan", &context));
  return true;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string once, twice;
  std::string text(reinterpret_cast<const char *>(data), size);
  if (!tryText(text, once))
    return 0;
  if (!tryText(once, twice) || once != twice)
    abort();
  return 0;
}
