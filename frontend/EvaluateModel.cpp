// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A whole model: declarations first, in any order; then phases and outputs as
// written.
#include "frontend/Evaluator.h"

#include "llvm/ADT/TypeSwitch.h"

#include <numbers>
#include <set>

using namespace mlir;
using namespace gan;

namespace gan::frontend {

Evaluator::Evaluator(MLIRContext *context) : context(context) {
  scratch = ModuleOp::create(UnknownLoc::get(context));
  scratchBuilder = std::make_unique<OpBuilder>(scratch->getBodyRegion());
  builtins = &makeScope(nullptr, /*isBody=*/true);
  Location nowhere = UnknownLoc::get(context);
  for (ArrayRef<Builtin> family : getBuiltinFamilies())
    for (const Builtin &builtin : family) {
      Callable &callable = callables.emplace_back();
      callable.builtin = &builtin;
      bindValue(builtin.name, nowhere, static_cast<const Callable *>(&callable),
                *builtins);
    }
  bindValue("pi", nowhere, std::numbers::pi, *builtins);
  bindValue("batch", nowhere, Axis::Batch, *builtins);
  bindValue("item", nowhere, Axis::Item, *builtins);
  bindValue("training", nowhere, false, *builtins);
  for (StringRef name : {"step", "images", "epoch", "progress"})
    bindValue(name, nowhere, Clock{StringAttr::get(context, name)}, *builtins);
}

Scope &Evaluator::makeScope(Scope *parent, bool isBody) {
  return scopes.emplace_back(parent, isBody);
}

Binding &Evaluator::bind(StringRef name, Location loc, Scope &scope) {
  if (Binding *first = scope.find(name)) {
    InFlightDiagnostic error = getSite(loc).error("'");
    error << name << "' is declared twice";
    error.attachNote(first->loc) << "it is declared here too";
  }
  Binding &binding =
      bindings.emplace_back(Binding{.name = name.str(), .loc = loc});
  scope.bind(binding);
  return binding;
}

Binding &Evaluator::bindValue(StringRef name, Location loc, Value value,
                              Scope &scope) {
  Binding &binding = bind(name, loc, scope);
  binding.value = value;
  return binding;
}

bool Evaluator::isVisible(StringRef name, Scope &scope) {
  for (Scope *at = &scope; at; at = at->parent) {
    if (at->find(name))
      return true;
    if (llvm::any_of(at->imports,
                     [&](Scope *import) { return import->find(name); }))
      return true;
  }
  return false;
}

// Networks, data, phases and outputs share one set of names, because whoever
// uses the trainer asks for them by name.
bool Evaluator::declareForUsers(StringRef name, Location loc) {
  auto [first, isNew] = namesForUsers.try_emplace(name, loc);
  if (isNew)
    return true;
  InFlightDiagnostic error = getSite(loc).error("'");
  error << name << "' is declared twice";
  error.attachNote(first->second) << "it is declared here too";
  return false;
}

void Evaluator::declareNetwork(const ast::NetworkDecl &declaration,
                               Scope &scope) {
  Network &network = networks.emplace_back();
  network.name = declaration.name;
  network.declaration = &declaration;
  network.scope = &scope;
  bindValue(declaration.name, declaration.loc, &network, scope);
}

// `network N = copy(M)`: linked when all networks are declared.
void Evaluator::linkCopy(Network &network) {
  const ast::NetworkDecl &declaration = *network.declaration;
  if (declaration.hasParameters)
    return;
  const auto *call = dyn_cast<ast::CallExpr>(declaration.body.expr.get());
  const auto *callee =
      call ? dyn_cast<ast::NameExpr>(call->callee.get()) : nullptr;
  Value original;
  if (callee && callee->name == "copy" && call->arguments.size() == 1)
    original = evaluate(*call->arguments.front().value, *network.scope);
  if (!original.is<Network *>()) {
    getSite(declaration.loc)
        .error("a network without parameters is 'copy' of another one");
    return;
  }
  network.original = original.get<Network *>();
  network.declaration = network.original->declaration;
}

void Evaluator::declareData(const ast::DataDecl &data, Scope &scope) {
  Binding &own = bind(data.name, data.loc, scope);
  own.kind = Binding::Kind::Data;
  own.declaration = &data;
  own.scope = &scope;
  for (auto [index, field] : llvm::enumerate(data.fields)) {
    Binding &binding = bind(field.name.text, field.name.loc, scope);
    binding.kind = Binding::Kind::Field;
    binding.declaration = &data;
    binding.index = index;
    binding.scope = &scope;
  }
}

void Evaluator::declare(const ast::Stmt &stmt, Scope &scope) {
  llvm::TypeSwitch<const ast::Stmt *>(&stmt)
      .Case([&](const ast::FunctionDecl *s) {
        Callable &callable = callables.emplace_back();
        callable.function = s;
        callable.scope = &scope;
        bindValue(s->name, s->loc, static_cast<const Callable *>(&callable),
                  scope);
      })
      .Case([&](const ast::LetStmt *s) {
        for (auto [index, name] : llvm::enumerate(s->names)) {
          Binding &binding = bind(name.text, name.loc, scope);
          binding.kind = Binding::Kind::Let;
          binding.declaration = s;
          binding.index = index;
          binding.scope = &scope;
        }
      })
      .Case([&](const ast::DrawStmt *s) {
        Binding &binding = bind(s->name, s->loc, scope);
        binding.kind = Binding::Kind::Draw;
        binding.declaration = s;
        binding.scope = &scope;
      })
      .Case([&](const ast::NetworkDecl *s) { declareNetwork(*s, scope); })
      .Case([&](const ast::DataDecl *s) { declareData(*s, scope); })
      .Case([&](const ast::PlayerDecl *s) {
        Player &mover = players.emplace_back();
        mover.name = s->name;
        mover.declaration = s;
        mover.scope = &scope;
        bindValue(s->name, s->loc, &mover, scope);
      })
      .Default([](const ast::Stmt *) {});
}

// Every file sees its own names, then those of its imports, then what is built
// in.
SmallVector<Scope *> Evaluator::declareFiles(ArrayRef<LoadedFile> files) {
  SmallVector<Scope *> fileScopes;
  for (const LoadedFile &file : files) {
    (void)file;
    fileScopes.push_back(&makeScope(builtins, /*isBody=*/true));
  }
  for (auto [index, file] : llvm::enumerate(files)) {
    for (size_t import : file.imports)
      fileScopes[index]->imports.push_back(fileScopes[import]);
    for (const ast::StmtPtr &stmt : file.file->declarations)
      declare(*stmt, *fileScopes[index]);
  }
  return fileScopes;
}

bool Evaluator::bindModelParameters(const ast::ModelDecl &declaration,
                                    const ElaborationInput &input,
                                    Scope &scope) {
  Site site = getSite(declaration.name.loc);
  std::vector<Given> given;
  for (const auto &[name, expr] : input.settings) {
    // --set loss=hinge needs no quotes, which a shell would want quoted again.
    const auto *word = dyn_cast<ast::NameExpr>(expr);
    bool isString = llvm::any_of(declaration.parameters, [&](auto &parameter) {
      return parameter.name.text == name && parameter.type == "string";
    });
    Value value = word && isString ? Value(StringRef(word->name))
                                   : evaluate(*expr, *builtins);
    if (value.isPoison())
      return false;
    given.push_back({name, expr->loc, value});
  }
  for (const ast::Parameter &parameter : declaration.parameters)
    if (parameter.type.empty()) {
      getSite(parameter.name.loc)
          .error("a parameter of a model is an int, float, bool, string or "
                 "list, as in '" +
                 parameter.name.text + ": int'");
      return false;
    }
  return bindParameters(declaration.name.text, declaration.parameters, given,
                        scope, site);
}

Attribute Evaluator::getArgumentAttr(const Value &value) {
  Builder builder(context);
  if (const auto *number = value.getIf<int64_t>())
    return builder.getI64IntegerAttr(*number);
  if (const auto *number = value.getIf<double>())
    return builder.getF64FloatAttr(*number);
  if (const auto *truth = value.getIf<bool>())
    return builder.getBoolAttr(*truth);
  if (const auto *text = value.getIf<StringRef>())
    return builder.getStringAttr(*text);
  SmallVector<Attribute> items;
  if (const auto *list = value.getIf<const List *>())
    for (const Value &item : (*list)->items)
      items.push_back(getArgumentAttr(item));
  return builder.getArrayAttr(items);
}

namespace {
struct LocationOrder {
  bool operator()(const std::pair<Location, std::string> &a,
                  const std::pair<Location, std::string> &b) const {
    return std::pair(a.first.getAsOpaquePointer(), a.second) <
           std::pair(b.first.getAsOpaquePointer(), b.second);
  }
};
} // namespace

// What is found is told, each mistake once, when it is known that the run
// counts.
OwningOpRef<ModuleOp> Evaluator::run(const ElaborationInput &input) {
  std::set<std::pair<Location, std::string>, LocationOrder> known;
  std::vector<Diagnostic> found;
  OwningOpRef<ModuleOp> module;
  {
    ScopedDiagnosticHandler collector(context, [&](Diagnostic &diagnostic) {
      failed |= diagnostic.getSeverity() == DiagnosticSeverity::Error;
      // What goes wrong inside of the library is one mistake of its caller.
      bool isInside = llvm::any_of(diagnostic.getNotes(), [](Diagnostic &note) {
        return isInLibrary(note.getLocation());
      });
      std::string text = isInside ? "" : diagnostic.str();
      if (known.insert({diagnostic.getLocation(), text}).second)
        found.push_back(std::move(diagnostic));
    });
    severalLayers = input.severalLayers;
    loneLayers = input.loneLayers;
    batchDivisor = input.batchDivisor;
    module = elaborate(input);
  }
  if (isMisnamed)
    return {};
  for (Diagnostic &diagnostic : found)
    context->getDiagEngine().emit(std::move(diagnostic));
  return module;
}

OwningOpRef<ModuleOp> Evaluator::elaborate(const ElaborationInput &input) {
  SmallVector<Scope *> fileScopes = declareFiles(input.files);
  const ast::File &main = *input.files.front().file;
  if (!main.model) {
    mlir::emitError(FileLineColLoc::get(context, main.name, 1, 1),
                    "this file has no model");
    return {};
  }
  const ast::ModelDecl &declaration = *main.model;
  Scope &scope = makeScope(fileScopes.front(), /*isBody=*/true);
  if (!bindModelParameters(declaration, input, scope))
    return {};
  OwningOpRef<ModuleOp> module =
      ModuleOp::create(FileLineColLoc::get(context, main.name, 1, 1));
  OpBuilder builder(module->getBodyRegion());
  model = ModelOp::create(builder, declaration.name.loc, declaration.name.text);
  if (model.getBody().empty())
    model.getBody().emplaceBlock();
  NamedAttrList arguments;
  for (const ast::Parameter &parameter : declaration.parameters)
    arguments.set(parameter.name.text,
                  getArgumentAttr(scope.find(parameter.name.text)->value));
  model->setAttr("arguments", arguments.getDictionary(context));
  reachability = std::make_unique<Reachability>(model);
  throughStops = std::make_unique<Reachability>(model, /*ignoresStops=*/true);
  for (const ast::StmtPtr &item : declaration.items)
    declare(*item, scope);
  for (Network &network : networks) {
    declareForUsers(network.name, network.declaration->loc);
    linkCopy(network);
  }
  if (failed)
    return {};
  isFirstRun = !input.known;
  if (input.known)
    recall(*input.known);
  if (input.kept)
    wanted = *input.kept;
  elaborateItems(declaration.items, scope);
  if (!failed && !isFirstRun)
    checkReads();
  if (firstBatch == 0 && !failed)
    getSite(declaration.name.loc).error("a model needs a phase");
  if (!failed)
    for (const ast::OutputDecl *output : outputs)
      elaborateOutput(*output, *outputScopes.lookup(output));
  if (!failed)
    emitInferenceGraphs();
  if (failed)
    return {};
  return module;
}

// Data are emitted where they stand, outputs when the phases have said how many
// samples there are.
void Evaluator::elaborateItems(const ast::Block &items, Scope &scope) {
  for (const ast::StmtPtr &item : items)
    llvm::TypeSwitch<const ast::Stmt *>(item.get())
        .Case([&](const ast::DataDecl *s) { elaborateData(*s, scope); })
        .Case([&](const ast::PhaseDecl *s) { elaboratePhase(*s, scope); })
        .Case([&](const ast::OutputDecl *s) {
          outputs.push_back(s);
          outputScopes[s] = &scope;
        })
        .Case([&](const ast::IfStmt *s) {
          std::optional<bool> taken = evaluateCondition(*s->condition, scope);
          if (taken)
            elaborateNested(*taken ? s->thenBlock : s->elseBlock, scope);
        })
        .Case([&](const ast::ForStmt *s) {
          forEach(*s, scope, [&](Scope &inner) {
            elaborateNested(s->body, inner);
            return true;
          });
        })
        .Default([](const ast::Stmt *) {});
}

void Evaluator::elaborateNested(const ast::Block &items, Scope &scope) {
  Scope &inner = makeScope(&scope, /*isBody=*/false);
  for (const ast::StmtPtr &item : items)
    declare(*item, inner);
  elaborateItems(items, inner);
}

void Evaluator::elaborateOutput(const ast::OutputDecl &output, Scope &scope) {
  if (!declareForUsers(output.name, output.loc))
    return;
  Type keyType = RankedTensorType::get({2}, IntegerType::get(context, 64));
  std::unique_ptr<FunctionState> state = openFunction(
      FunctionState::Role::Output, output.name, keyType, output.loc);
  state->batch = firstBatch;
  BodyState here{.path = output.name,
                 .stream = output.name,
                 .layer = output.loc,
                 .batch = firstBatch};
  function = state.get();
  body = &here;
  Site site = getSite(output.loc);
  Value value = evaluate(*output.value, scope);
  BuiltinCall call("output", value, site, getBuilder(), pool, *this);
  std::optional<Tensor> tensor = call.getTensor(0);
  if (tensor) {
    func::ReturnOp::create(state->builder, output.loc, tensor->value);
    state->function.setFunctionType(
        FunctionType::get(context, keyType, tensor->value.getType()));
    state->function->setAttr("gan.output",
                             StringAttr::get(context, output.name));
  }
  function = nullptr;
  body = nullptr;
}

} // namespace gan::frontend
