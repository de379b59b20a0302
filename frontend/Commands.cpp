// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Commands.h"

#include "frontend/AstPrinter.h"
#include "frontend/CommandLine.h"
#include "frontend/Explain.h"
#include "frontend/Format.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Support/ToolUtilities.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace gan::frontend {

using Command = CommandLine::Command;

namespace {

// One call of ganc.
class Driver {
public:
  Driver(CommandLine line, llvm::ArrayRef<LibraryText> library,
         std::string tools)
      : line(std::move(line)), library(library), tools(std::move(tools)),
        context(MLIRContext::Threading::DISABLED), handler(sources, &context) {}

  LogicalResult run(const BuildFunction &build, const ExplainFunction &explain);

private:
  LogicalResult formatFiles();
  LogicalResult formatFile(StringRef path);
  LogicalResult write(StringRef path, StringRef text);
  LogicalResult verifyDiagnostics();
  LogicalResult printTree();
  LogicalResult checkOutput();
  BuildOptions getBuildOptions();
  OwningOpRef<ModuleOp> elaborateSmaller(int64_t divisor);
  FrontendOptions getFrontendOptions() const {
    return {line.paths.front(), line.settings, library};
  }

  CommandLine line;
  llvm::ArrayRef<LibraryText> library;
  std::string tools; // the folder of ganc and of the runtimes
  llvm::SourceMgr sources;
  MLIRContext context;
  SourceMgrDiagnosticHandler handler;
};

} // namespace

LogicalResult Driver::formatFile(StringRef path) {
  std::optional<ast::File> file = parse(path, sources, &context);
  if (!file)
    return failure();
  StringRef text =
      sources.getMemoryBuffer(sources.getNumBuffers())->getBuffer();
  std::string formatted = format(lex(text, path, &context));
  if (!line.inPlace)
    return llvm::outs() << formatted, success();
  return text == formatted ? success() : write(path, formatted);
}

// All of the new text, or the old one.
LogicalResult Driver::write(StringRef path, StringRef text) {
  llvm::Error error = llvm::writeToOutput(path, [&](llvm::raw_ostream &os) {
    os << text;
    return llvm::Error::success();
  });
  if (!error)
    return success();
  return mlir::emitError(FileLineColLoc::get(&context, path, 1, 1),
                         "cannot write '" + path +
                             "': " + llvm::toString(std::move(error)));
}

LogicalResult Driver::formatFiles() {
  bool isGood = true;
  for (StringRef path : line.paths)
    isGood &= succeeded(formatFile(path));
  return success(isGood);
}

// For the tests: errors are expected where comments say so, in models parted by
// "# -----".
LogicalResult Driver::verifyDiagnostics() {
  auto buffer =
      llvm::MemoryBuffer::getFile(line.paths.front(), /*IsText=*/true);
  if (!buffer)
    return failure();
  auto verifyChunk = [&](std::unique_ptr<llvm::MemoryBuffer> chunk,
                         llvm::raw_ostream &) {
    FrontendOptions options = getFrontendOptions();
    options.path = chunk->getBufferIdentifier().str();
    llvm::SourceMgr chunkSources;
    chunkSources.AddNewSourceBuffer(std::move(chunk), llvm::SMLoc());
    MLIRContext chunkContext(MLIRContext::Threading::DISABLED);
    SourceMgrDiagnosticVerifierHandler verifier(chunkSources, &chunkContext);
    Elaboration result = elaborate(options, chunkSources, &chunkContext);
    if (result.module && failed(mlir::verify(*result.module)))
      return failure();
    return verifier.verify();
  };
  return splitAndProcessBuffer(std::move(*buffer), verifyChunk, llvm::outs(),
                               "# -----", "");
}

LogicalResult Driver::printTree() {
  std::optional<ast::File> file = parse(line.paths.front(), sources, &context);
  if (!file)
    return failure();
  printAst(*file, llvm::outs());
  return success();
}

// A trainer replaces what stands in its place, but never the program that it
// was made of. Where it cannot be written is told before it is compiled.
LogicalResult Driver::checkOutput() {
  std::string output = getBuildOptions().output;
  StringRef folder = llvm::sys::path::parent_path(output);
  if (std::error_code error = llvm::sys::fs::access(
          folder.empty() ? "." : folder, llvm::sys::fs::AccessMode::Write)) {
    llvm::errs() << "ganc: cannot write beside '" << output
                 << "': " << error.message() << '\n';
    return failure();
  }
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id) {
    StringRef source = sources.getMemoryBuffer(id)->getBufferIdentifier();
    if (llvm::sys::fs::equivalent(source, output))
      return mlir::emitError(FileLineColLoc::get(&context, source, 1, 1),
                             "the trainer would be written over this file; "
                             "name another one with '-o'");
  }
  return success();
}

OwningOpRef<ModuleOp> Driver::elaborateSmaller(int64_t divisor) {
  ScopedDiagnosticHandler silence(&context,
                                  [](Diagnostic &) { return success(); });
  FrontendOptions options = getFrontendOptions();
  options.batchDivisor = divisor;
  Elaboration result = elaborate(options, sources, &context);
  if (!result.module || failed(verify(*result.module)))
    return {};
  return std::move(result.module);
}

// Beside the library: dir/libdcgan.so has dir/dcgan.h.
static std::string headerOf(StringRef library) {
  StringRef name = llvm::sys::path::stem(library);
  name.consume_front("lib");
  llvm::SmallString<128> path(llvm::sys::path::parent_path(library));
  llvm::sys::path::append(path, name + ".h");
  return path.str().str();
}

BuildOptions Driver::getBuildOptions() {
  StringRef path = line.paths.front();
  BuildOptions options;
  StringRef model = llvm::sys::path::stem(path);
  options.output = !line.output.empty() ? line.output
                   : line.isLibrary     ? ("lib" + model + ".so").str()
                                        : model.str();
  if (line.isLibrary)
    options.header = headerOf(options.output);
  options.weights = line.weights;
  options.precision = line.precision;
  options.target = line.target;
  options.architectures = line.architectures;
  options.without = line.without;
  options.shards = line.shards;
  options.stage = line.stage;
  options.showsLines = line.showsLines;
  llvm::SmallString<128> runtime(tools);
  llvm::sys::path::append(runtime,
                          line.isLibrary ? "gan-generator.so" : "gan-run");
  options.runtime = runtime.str().str();
  options.version = GAN_VERSION;
  options.settings = line.settings;
  options.modelPath = path;
  options.withSmallerBatch = [this](int64_t divisor) {
    return elaborateSmaller(divisor);
  };
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id)
    if (sources.getMemoryBuffer(id)->getBufferIdentifier() == path)
      options.modelText = sources.getMemoryBuffer(id)->getBuffer().str();
  return options;
}

LogicalResult Driver::run(const BuildFunction &build,
                          const ExplainFunction &explainMore) {
  if (line.command == Command::Fmt)
    return formatFiles();
  if (line.verifyDiagnostics)
    return verifyDiagnostics();
  if (line.stage == "ast")
    return printTree();
  Elaboration result = elaborate(getFrontendOptions(), sources, &context);
  if (!result.module || failed(verify(*result.module)))
    return failure();
  if (line.stage == "game") {
    result.module->print(
        llvm::outs(), OpPrintingFlags().enableDebugInfo(line.showsLines,
                                                        /*prettyForm=*/true));
    return success();
  }
  bool writesTrainer = line.command == Command::Build && line.stage.empty();
  if (writesTrainer && failed(checkOutput()))
    return failure();
  if (line.command == Command::Build || !line.stage.empty())
    return build(*result.module, getBuildOptions());
  if (line.command != Command::Explain)
    return success();
  explain(result, llvm::outs());
  return explainMore
             ? explainMore(*result.module, getBuildOptions(), llvm::outs())
             : success();
}

// A trainer is gan-run with an executable behind it, a library
// gan-generator.so; they are installed into the folder of ganc.
static std::string findTools(const char *self) {
  static int anchor;
  return llvm::sys::path::parent_path(
             llvm::sys::fs::getMainExecutable(self, &anchor))
      .str();
}

// A full disk is an error of ours to tell, not a crash at exit.
static LogicalResult closeOutput() {
  llvm::raw_fd_ostream &os = llvm::outs();
  os.flush();
  if (!os.has_error())
    return success();
  llvm::errs() << "ganc: cannot write the output: " << os.error().message()
               << '\n';
  os.clear_error();
  return failure();
}

int runCommand(int argc, char **argv, ArrayRef<LibraryText> library,
               const BuildFunction &build, const ExplainFunction &explain) {
  std::optional<CommandLine> line = parseCommandLine(
      ArrayRef<const char *>(argv, argc).drop_front(), llvm::errs());
  if (!line)
    return 2;
  bool needsBuild = line->command == Command::Build || !line->stage.empty();
  if (needsBuild && !line->isFrontendStage() && !build) {
    llvm::errs() << "ganc: this ganc was made without a code generator\n";
    return 2;
  }
  LogicalResult result = success();
  if (line->command == Command::Help)
    printHelp(llvm::outs());
  else if (line->command == Command::Version)
    llvm::outs() << "ganc " << GAN_VERSION << '\n';
  else
    result = Driver(std::move(*line), library, findTools(argv[0]))
                 .run(build, explain);
  return succeeded(result) && succeeded(closeOutput()) ? 0 : 1;
}

} // namespace gan::frontend
