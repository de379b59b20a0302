// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Frontend.h"

#include "frontend/Evaluator.h"
#include "frontend/Parser.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

namespace {

// Files as they are found, each once, by the name that messages show.
class Loader {
public:
  Loader(const FrontendOptions &options, llvm::SourceMgr &sources,
         MLIRContext *context)
      : options(options), sources(sources), context(context) {}

  // The position of the file in `loaded`; nothing after a report.
  std::optional<size_t> load(StringRef name, std::optional<Location> from);
  std::vector<LoadedFile> loaded;

private:
  std::optional<size_t> add(StringRef name, StringRef text);
  bool follow(const ast::Import &import, size_t importer);
  bool followFolder(StringRef folder, const ast::Import &import,
                    size_t importer);

  const FrontendOptions &options;
  llvm::SourceMgr &sources;
  MLIRContext *context;
  llvm::StringMap<size_t> positions;
  std::deque<ast::File> files;
};

} // namespace

// The text of the file, which `sources` owns from now on; nothing after a
// report.
static std::optional<StringRef> readSource(StringRef name, Location from,
                                           llvm::SourceMgr &sources) {
  auto buffer = llvm::MemoryBuffer::getFile(name, /*IsText=*/true);
  if (!buffer) {
    mlir::emitError(from, "cannot read '" + name +
                              "': " + buffer.getError().message());
    return std::nullopt;
  }
  StringRef text = (*buffer)->getBuffer();
  if (text.contains('\0')) {
    // A message shows the line it is about, and these bytes are none to show.
    sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer("", name),
                               llvm::SMLoc());
    mlir::emitError(FileLineColLoc::get(from.getContext(), name, 1, 1),
                    "this is no text: it holds the byte 0x00");
    return std::nullopt;
  }
  sources.AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
  return text;
}

std::optional<size_t> Loader::load(StringRef name,
                                   std::optional<Location> from) {
  auto known = positions.find(name);
  if (known != positions.end())
    return known->second;
  // A text that is in memory already needs no file.
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id) {
    const llvm::MemoryBuffer *known = sources.getMemoryBuffer(id);
    if (known->getBufferIdentifier() == name)
      return add(name, known->getBuffer());
  }
  std::optional<StringRef> text = readSource(
      name, from.value_or(FileLineColLoc::get(context, name, 1, 1)), sources);
  return text ? add(name, *text) : std::nullopt;
}

std::optional<size_t> Loader::add(StringRef name, StringRef text) {
  std::optional<ast::File> file = Parser(text, name, context).parseFile();
  if (!file)
    return std::nullopt;
  size_t position = loaded.size();
  positions[name] = position;
  files.push_back(std::move(*file));
  loaded.push_back({&files.back(), {}});
  for (const ast::Import &import : files[position].imports)
    if (!follow(import, position))
      return std::nullopt;
  return position;
}

// "std" is the library; a folder means all its files; a name is relative to the
// file that imports it.
bool Loader::follow(const ast::Import &import, size_t importer) {
  if (import.name == "std") {
    for (const LibraryText &entry : options.standard) {
      auto known = positions.find(entry.name);
      std::optional<size_t> position;
      if (known != positions.end()) {
        position = known->second;
      } else {
        sources.AddNewSourceBuffer(
            llvm::MemoryBuffer::getMemBuffer(entry.text, entry.name),
            llvm::SMLoc());
        position = add(entry.name, entry.text);
      }
      if (!position)
        return false;
      if (*position != importer)
        loaded[importer].imports.push_back(*position);
    }
    return true;
  }
  llvm::SmallString<128> path(
      llvm::sys::path::parent_path(loaded[importer].file->name));
  llvm::sys::path::append(path, import.name);
  if (llvm::sys::fs::is_directory(path))
    return followFolder(path, import, importer);
  std::optional<size_t> position = load(path, import.loc);
  if (position)
    loaded[importer].imports.push_back(*position);
  return position.has_value();
}

bool Loader::followFolder(StringRef folder, const ast::Import &import,
                          size_t importer) {
  std::error_code error;
  std::vector<std::string> names;
  for (llvm::sys::fs::directory_iterator it(folder, error), end;
       it != end && !error; it.increment(error))
    if (StringRef(it->path()).ends_with(".gan"))
      names.push_back(it->path());
  llvm::sort(names);
  for (StringRef name : names) {
    std::optional<size_t> position = load(name, import.loc);
    if (!position)
      return false;
    if (*position != importer)
      loaded[importer].imports.push_back(*position);
  }
  return true;
}

std::optional<ast::File> parse(StringRef path, llvm::SourceMgr &sources,
                               MLIRContext *context) {
  std::optional<StringRef> text =
      readSource(path, FileLineColLoc::get(context, path, 1, 1), sources);
  if (!text)
    return std::nullopt;
  return Parser(*text, path, context).parseFile();
}

// Runs the model until every label has gone where it belongs: each void run
// adds calls to those whose layers are counted.
static std::unique_ptr<Evaluator> run(ElaborationInput &input,
                                      MLIRContext *context,
                                      OwningOpRef<ModuleOp> &module) {
  for (;;) {
    auto evaluator = std::make_unique<Evaluator>(context);
    module = evaluator->run(input);
    if (!evaluator->hasMisnamed())
      return evaluator;
    input.severalLayers = evaluator->getSeveralLayers();
    input.loneLayers = evaluator->getLoneLayers();
  }
}

Elaboration elaborate(const FrontendOptions &options, llvm::SourceMgr &sources,
                      MLIRContext *context) {
  context->loadDialect<GanDialect, func::FuncDialect>();
  Elaboration result;
  std::vector<ast::ExprPtr> owned;
  std::vector<std::pair<std::string, const ast::Expr *>> settings;
  for (const std::string &setting : options.settings) {
    auto [name, text] = StringRef(setting).split('=');
    std::string place = "--set " + name.str();
    sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(text, place), llvm::SMLoc());
    owned.push_back(Parser(text, place, context).parseLoneExpr());
    if (!owned.back())
      return result;
    settings.push_back({name.str(), owned.back().get()});
  }
  Loader loader(options, sources, context);
  if (!loader.load(options.path, std::nullopt))
    return result;
  if (!check(loader.loaded))
    return result;
  ElaborationInput input{loader.loaded, settings};
  input.batchDivisor = options.batchDivisor;
  std::unique_ptr<Evaluator> first = run(input, context, result.module), second;
  if (result.module && first->needsAnotherRun()) {
    input.known = &first->getStorages();
    input.kept = &first->getKept();
    second = run(input, context, result.module);
  }
  Evaluator &last = second ? *second : *first;
  result.layers = last.takeLayers();
  result.players = last.reportPlayers();
  result.gradients = last.takeGradients();
  result.defaults = last.takeDefaults();
  return result;
}

} // namespace gan::frontend
