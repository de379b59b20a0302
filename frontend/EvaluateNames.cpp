// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names: where they are found, and what they stand for when they are met.
#include "dialect/DataKinds.h"
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// Names of imported files that are not the file's own.
static void collectImported(StringRef name, const Scope &file,
                            SmallVectorImpl<Binding *> &found) {
  for (Scope *import : file.imports)
    if (Binding *binding = import->find(name))
      if (!llvm::is_contained(found, binding))
        found.push_back(binding);
}

Binding *Evaluator::lookup(StringRef name, Scope &scope, const Site &site) {
  for (Scope *at = &scope; at; at = at->parent) {
    if (Binding *binding = at->find(name))
      return binding;
    SmallVector<Binding *> imported;
    collectImported(name, *at, imported);
    if (imported.size() == 1)
      return imported.front();
    if (imported.size() > 1) {
      InFlightDiagnostic error = site.error("'");
      error << name << "' comes from two imports";
      for (Binding *binding : imported)
        error.attachNote(binding->loc) << "'" << name << "' is declared here";
      return nullptr;
    }
  }
  if (isUnsupportedBuiltin(name))
    site.error("'" + name + "' is not supported yet");
  else
    site.error("unknown name '" + name + "'");
  return nullptr;
}

Value Evaluator::evaluateName(const ast::NameExpr &expr, Scope &scope) {
  Site site = getSite(expr.loc);
  Binding *binding = lookup(expr.name, scope, site);
  if (!binding)
    return Poison();
  if (binding->loc == UnknownLoc::get(context) && expr.name == "training") {
    if (function)
      return function->training;
    site.error("'training' is known only inside a move, an output or a call");
    return Poison();
  }
  return evaluateBinding(*binding, site);
}

Value Evaluator::evaluateBinding(Binding &binding, const Site &site) {
  switch (binding.kind) {
  case Binding::Kind::Value:
    return checkOrigin(binding, site);
  case Binding::Kind::Data:
    site.error("'") << binding.name << "' is a data; name one of its fields";
    return Poison();
  case Binding::Kind::Let:
    if (!binding.value.isAbsent())
      return binding.value;
    break;
  case Binding::Kind::Draw:
  case Binding::Kind::Field:
    if (function && function->role == FunctionState::Role::Network) {
      site.error("'") << binding.name
                      << "' is not visible inside a network; pass it as an "
                         "argument";
      return Poison();
    }
    if (!function) {
      site.error("'") << binding.name << "' is known only on the device";
      return Poison();
    }
    break;
  }
  if (function) {
    auto known = function->move.values.find(&binding);
    if (known != function->move.values.end())
      return known->second;
  }
  Value value = evaluateLazily(binding, site);
  if (function && !value.isPoison()) {
    function->move.values[&binding] = value;
    if (function->move.hasUpdated && binding.kind == Binding::Kind::Let)
      function->move.late.push_back(&binding);
  }
  return value;
}

// A function value may carry a tensor of its caller into a network, which sees
// only its arguments.
Value Evaluator::checkOrigin(const Binding &binding, const Site &site) {
  const auto *tensor = binding.value.getIf<Tensor>();
  if (!tensor || !function ||
      Tensor(*tensor).value.getParentBlock() == function->key.getParentBlock())
    return binding.value;
  site.error("'") << binding.name
                  << "' belongs to the caller of this network; pass it as an "
                     "argument";
  return Poison();
}

Value Evaluator::evaluateLazily(Binding &binding, const Site &site) {
  if (binding.isOpen) {
    site.error("'") << binding.name << "' is defined by itself";
    return Poison();
  }
  if (binding.kind == Binding::Kind::Field)
    return readField(binding, site);
  binding.isOpen = true;
  // The definition belongs to the model, not to the body that meets it first.
  BodyState here{.path = "", .stream = binding.name, .layer = binding.loc};
  if (function)
    here.batch = function->batch;
  BodyState *outer = std::exchange(body, &here);
  std::optional<Site> outerCall = std::exchange(userCall, std::nullopt);
  Value value;
  if (binding.kind == Binding::Kind::Draw)
    value = drawDeclared(*cast<ast::DrawStmt>(binding.declaration),
                         *binding.scope, function->batch, binding.name);
  else
    value = evaluate(*cast<ast::LetStmt>(binding.declaration)->value,
                     *binding.scope);
  body = outer;
  userCall = outerCall;
  binding.isOpen = false;
  if (binding.kind != Binding::Kind::Let)
    return value;
  const auto &let = *cast<ast::LetStmt>(binding.declaration);
  if (let.names.size() > 1 && !value.isPoison()) {
    const auto *list = value.getIf<const List *>();
    if (!list || (*list)->items.size() != let.names.size()) {
      site.error("'let' of ")
          << let.names.size() << " names needs a list of as many, but found "
          << describe(value);
      return Poison();
    }
    value = (*list)->items[binding.index];
  }
  if (value.isConst())
    binding.value = value;
  return value;
}

Value Evaluator::readField(const Binding &binding, const Site &site) {
  const auto &data = *cast<ast::DataDecl>(binding.declaration);
  auto op =
      dyn_cast_or_null<DataOp>(SymbolTable::lookupSymbolIn(model, data.name));
  if (!op) // It was refused.
    return Poison();
  auto field = cast<DictionaryAttr>(op.getFields()[binding.index]);
  MicroBatch micro = function->micro;
  SmallVector<int64_t> shape = {function->batch * micro.count};
  llvm::append_range(shape,
                     field.getAs<DenseI64ArrayAttr>("shape").asArrayRef());
  if (!TensorBuilder::fits(shape, site))
    return Poison();
  StringRef kind = field.getAs<StringAttr>("kind").getValue();
  OpBuilder &builder = function->builder;
  Type element = isOfIntegers(kind) ? Type(builder.getI32Type())
                                    : Type(builder.getF64Type());
  auto read = ReadOp::create(builder, site.getOpLocation(),
                             RankedTensorType::get(shape, element), data.name,
                             field.getAs<StringAttr>("name"), function->key);
  Tensor records{read, /*batched=*/true};
  if (micro.count == 1)
    return records;
  return TensorBuilder(builder, site)
      .slice(records, 0, micro.index * function->batch, function->batch);
}

Value Evaluator::evaluateMember(const ast::MemberExpr &expr, Scope &scope) {
  Site site = getSite(expr.loc);
  const auto *base = dyn_cast<ast::NameExpr>(expr.base.get());
  Binding *binding = base ? lookup(base->name, scope, site) : nullptr;
  if (base && !binding)
    return Poison();
  if (binding && binding->kind == Binding::Kind::Data) {
    Binding *field = binding->scope->find(expr.member);
    if (field && field->declaration == binding->declaration)
      return evaluateBinding(*field, site);
    site.error("'") << base->name << "' has no field '" << expr.member << "'";
    return Poison();
  }
  Value value = evaluate(*expr.base, scope);
  if (value.isPoison())
    return Poison();
  if (const auto *mover = value.getIf<Player *>())
    return readKept(**mover, expr.member, site);
  if (value.is<Network *>() || value.is<const Group *>())
    return selectPath(value, expr.member);
  else
    site.error("'." + expr.member +
               "' needs a data, player or network before "
               "it, but found ")
        << describe(value);
  return Poison();
}

} // namespace gan::frontend
