// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Commands.h"

#include "frontend/AstPrinter.h"
#include "frontend/Explain.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Support/ToolUtilities.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
namespace cl = llvm::cl;

namespace gan::frontend {

static constexpr const char *overview =
    "ganc: compiles adversarial games\n\n"
    "  ganc check MODEL.gan     reads the model and reports its mistakes\n"
    "  ganc explain MODEL.gan   tells layers, shapes and parameters\n"
    "  ganc build MODEL.gan -o TRAINER\n";

// For the tests: errors are expected where comments say so, in models parted by
// "# -----".
static LogicalResult verifyDiagnostics(StringRef path,
                                       const FrontendOptions &options) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return failure();
  auto verifyChunk = [&](std::unique_ptr<llvm::MemoryBuffer> chunk,
                         llvm::raw_ostream &) {
    FrontendOptions chunkOptions = options;
    chunkOptions.path = chunk->getBufferIdentifier().str();
    llvm::SourceMgr sources;
    sources.AddNewSourceBuffer(std::move(chunk), llvm::SMLoc());
    MLIRContext context(MLIRContext::Threading::DISABLED);
    SourceMgrDiagnosticVerifierHandler handler(sources, &context);
    Elaboration result = elaborate(chunkOptions, sources, &context);
    if (result.module && failed(mlir::verify(*result.module)))
      return failure();
    return handler.verify();
  };
  return splitAndProcessBuffer(std::move(*buffer), verifyChunk, llvm::outs(),
                               "# -----", "");
}

int runCommand(int argc, char **argv, ArrayRef<LibraryText> library,
               const BuildFunction &build) {
  cl::OptionCategory category("Options of ganc");
  cl::opt<std::string> command(cl::Positional, cl::Required,
                               cl::desc("<check | explain | build>"),
                               cl::cat(category));
  cl::opt<std::string> path(cl::Positional, cl::Required,
                            cl::desc("<model.gan>"), cl::cat(category));
  cl::list<std::string> settings("set", cl::desc("Sets a model parameter"),
                                 cl::value_desc("name=value"),
                                 cl::cat(category));
  cl::opt<std::string> emit(
      "emit", cl::desc("Prints a stage: ast, game, and those behind it"),
      cl::value_desc("stage"), cl::cat(category));
  cl::opt<std::string> output("o", cl::desc("The trainer to write"),
                              cl::value_desc("path"), cl::cat(category));
  cl::opt<std::string> precision("precision",
                                 cl::desc("Width of reals: f32 or f64"),
                                 cl::init("f32"), cl::cat(category));
  cl::opt<bool> expectErrors("verify-diagnostics", cl::Hidden,
                             cl::desc("Expects the errors that comments name"),
                             cl::cat(category));
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, overview);
  if (command != "check" && command != "explain" && command != "build") {
    llvm::errs() << "ganc: unknown command '" << command
                 << "'; there are check, explain and build\n";
    return 2;
  }
  bool isForBuild =
      command == "build" || (!emit.empty() && emit != "game" && emit != "ast");
  if (isForBuild && !build) {
    llvm::errs() << "ganc: this ganc was made without a code generator\n";
    return 2;
  }
  FrontendOptions options{path, settings, library};
  if (expectErrors)
    return failed(verifyDiagnostics(path, options));
  MLIRContext context(MLIRContext::Threading::DISABLED);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  if (emit == "ast") {
    std::optional<ast::File> file = parse(path, sources, &context);
    if (file)
      printAst(*file, llvm::outs());
    return file ? 0 : 1;
  }
  Elaboration result = elaborate(options, sources, &context);
  if (!result.module || failed(verify(*result.module)))
    return 1;
  if (command == "explain")
    explain(result, llvm::outs());
  if (emit == "game")
    result.module->print(llvm::outs(),
                         OpPrintingFlags().enableDebugInfo(false));
  if (isForBuild)
    return failed(build(*result.module, {output, precision, emit}));
  return 0;
}

} // namespace gan::frontend
