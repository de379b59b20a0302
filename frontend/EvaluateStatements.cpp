// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Statements of bodies. `for` and `if` are unrolled; a mistake ends its
// statement, not the body.
#include "frontend/Evaluator.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

Evaluator::Flow Evaluator::execute(const ast::Block &block, Scope &scope,
                                   Value &result) {
  for (const ast::StmtPtr &stmt : block)
    if (execute(*stmt, scope, result) == Flow::Return)
      return Flow::Return;
  return Flow::Next;
}

Evaluator::Flow Evaluator::execute(const ast::Stmt &stmt, Scope &scope,
                                   Value &result) {
  auto next = [](auto run) {
    run();
    return Flow::Next;
  };
  return llvm::TypeSwitch<const ast::Stmt *, Flow>(&stmt)
      .Case([&](const ast::LetStmt *s) {
        return next([&] { executeLet(*s, scope); });
      })
      .Case([&](const ast::FunctionDecl *s) {
        return next([&] { declare(*s, scope); });
      })
      .Case([&](const ast::DrawStmt *s) {
        return next([&] { executeDraw(*s, scope); });
      })
      .Case([&](const ast::StorageStmt *s) {
        return next([&] { executeStorage(*s, scope); });
      })
      .Case([&](const ast::AssignStmt *s) {
        return next([&] { executeAssign(*s, scope); });
      })
      .Case([&](const ast::TrainsStmt *s) {
        return next([&] { executeTrains(*s, scope); });
      })
      .Case([&](const ast::MinimizeStmt *s) {
        return next([&] { executeMinimize(*s, scope); });
      })
      .Case([&](const ast::IfStmt *s) { return executeIf(*s, scope, result); })
      .Case(
          [&](const ast::ForStmt *s) { return executeFor(*s, scope, result); })
      .Case([&](const ast::ReturnStmt *s) {
        std::vector<Value> values;
        for (const ast::ExprPtr &value : s->values)
          values.push_back(evaluate(*value, scope));
        bool bad =
            llvm::any_of(values, [](const Value &v) { return v.isPoison(); });
        result = bad                  ? Value()
                 : values.size() == 1 ? values.front()
                                      : pool.list(std::move(values));
        return Flow::Return;
      })
      .DefaultUnreachable("the parser lets only these stand in a body");
}

Evaluator::Flow Evaluator::executeIf(const ast::IfStmt &stmt, Scope &scope,
                                     Value &result) {
  std::optional<bool> taken = evaluateCondition(*stmt.condition, scope);
  if (!taken) {
    // The names of either branch stay unknown, and so does what is returned.
    result = Poison();
    return Flow::Next;
  }
  Scope &inner = makeScope(&scope, /*isBody=*/false);
  return execute(*taken ? stmt.thenBlock : stmt.elseBlock, inner, result);
}

void Evaluator::forEach(const ast::ForStmt &stmt, Scope &scope,
                        llvm::function_ref<bool(Scope &)> run) {
  Value value = evaluate(*stmt.list, scope);
  const auto *list = value.getIf<const List *>();
  if (!list) {
    if (!value.isPoison())
      getSite(stmt.list->loc).error("'for' runs over a list, but found ")
          << describe(value);
    return;
  }
  for (const Value &item : (*list)->items) {
    if (!spend(1, stmt.loc))
      return;
    Scope &inner = makeScope(&scope, /*isBody=*/false);
    bindNames(stmt.names, item, inner, /*isRebindable=*/false);
    if (!run(inner))
      return;
  }
}

Evaluator::Flow Evaluator::executeFor(const ast::ForStmt &stmt, Scope &scope,
                                      Value &result) {
  Flow flow = Flow::Next;
  forEach(stmt, scope, [&](Scope &inner) {
    flow = execute(stmt.body, inner, result);
    return flow == Flow::Next;
  });
  return flow;
}

void Evaluator::bindNames(ArrayRef<ast::Name> names, const Value &value,
                          Scope &scope, bool isRebindable) {
  const auto *list = value.getIf<const List *>();
  bool fits = names.size() == 1 || value.isPoison() ||
              (list && (*list)->items.size() == names.size());
  if (!fits)
    getSite(names.front().loc).error("")
        << names.size() << " names need a list of as many values, but found "
        << describe(value)
        << (list ? " of " + std::to_string((*list)->items.size()) : "");
  for (auto [index, name] : llvm::enumerate(names)) {
    if (name.text == "_")
      continue;
    Value part = names.size() == 1           ? value
                 : !fits || value.isPoison() ? Value()
                                             : (*list)->items[index];
    bindValue(name.text, name.loc, part, scope).isRebindable = isRebindable;
  }
}

void Evaluator::executeLet(const ast::LetStmt &stmt, Scope &scope) {
  Value value = evaluate(*stmt.value, scope);
  bindNames(stmt.names, value, scope, /*isRebindable=*/true);
  // The scalar lets of a player are part of its log.
  bool isOfPlayer = function && function->move.player && scope.isBody &&
                    scope.parent == function->move.player->scope;
  if (isOfPlayer && stmt.names.size() == 1)
    report(value, stmt.names.front().text, getSite(stmt.loc));
}

// [photos, 64], `photos` a data.
bool Evaluator::namesData(const ast::Expr &shape, Scope &scope) {
  const auto *list = dyn_cast<ast::ListExpr>(&shape);
  const auto *name = list && !list->items.empty()
                         ? dyn_cast<ast::NameExpr>(list->items.front().get())
                         : nullptr;
  if (!name)
    return false;
  Binding *binding = lookup(name->name, scope, getSite(name->loc));
  return binding && binding->kind == Binding::Kind::Data;
}

std::optional<SmallVector<int64_t>>
Evaluator::evaluateShape(const ast::Expr *shape, Scope &scope) {
  if (!shape)
    return SmallVector<int64_t>();
  if (namesData(*shape, scope)) {
    getSite(shape->loc)
        .error("a row per record of a data is not supported yet");
    return std::nullopt;
  }
  Value value = evaluate(*shape, scope);
  if (value.isPoison())
    return std::nullopt;
  const auto *list = value.getIf<const List *>();
  SmallVector<int64_t> extents;
  if (list)
    for (const Value &item : (*list)->items)
      if (const auto *extent = item.getIf<int64_t>(); extent && *extent > 0)
        extents.push_back(*extent);
  if (list && extents.size() == (*list)->items.size()) {
    if (TensorBuilder::fits(extents, getSite(shape->loc)))
      return extents;
    return std::nullopt;
  }
  getSite(shape->loc).error("a shape is a list of positive ints, but found ")
      << spell(value);
  return std::nullopt;
}

void Evaluator::executeDraw(const ast::DrawStmt &stmt, Scope &scope) {
  Value value;
  if (!function) {
    getSite(stmt.loc).error("a draw needs a move");
  } else {
    std::string stream =
        body->stream + (body->stream.empty() ? "" : "/") + stmt.name;
    value = drawDeclared(stmt, scope, body->batch, stream);
  }
  bindValue(stmt.name, stmt.loc, value, scope);
}

void Evaluator::executeStorage(const ast::StorageStmt &stmt, Scope &scope) {
  Site site = getSite(stmt.loc);
  Binding &binding = bindValue(stmt.name, stmt.loc, Poison(), scope);
  std::optional<SmallVector<int64_t>> shape =
      evaluateShape(stmt.shape.get(), scope);
  Value init = evaluate(*stmt.init, scope);
  std::optional<std::string> name = stmt.name;
  if (stmt.path)
    name = spellPath(*stmt.path, scope);
  if (!shape || init.isPoison() || !name)
    return;
  if (!function || !body || body->owner.empty()) {
    site.error(stmt.isParam ? "'param' stands in a network or a function that "
                              "one calls"
                            : "'state' stands in a network, a player or a "
                              "function that one calls");
    return;
  }
  if (stmt.isParam && !body->mayMakeParameters) {
    site.error("'param' outside of a network: players own states only");
    return;
  }
  if (const auto *callable = init.getIf<const Callable *>())
    init = callFunction(**callable, pool.shape(*shape), site);
  DistributionAttr distribution =
      init.isPoison() ? DistributionAttr() : getInit(init, *shape, site);
  if (!distribution)
    return;
  Storage *storage =
      makeStorage(*name, stmt.isParam ? StorageKind::Param : body->stateKind,
                  *shape, distribution, site);
  const auto *first = init.getIf<Tensor>();
  if (!storage || (first && !initialise(*storage, *name, *first, site)))
    return;
  binding.storage = storage;
  binding.value = load(*storage, site);
}

void Evaluator::executeAssign(const ast::AssignStmt &stmt, Scope &scope) {
  if (!stmt.isStore)
    return rebind(stmt, scope);
  Site site = getSite(stmt.target->loc);
  if (const auto *name = dyn_cast<ast::NameExpr>(stmt.target.get())) {
    Binding *binding = lookup(name->name, scope, site);
    if (!binding)
      return;
    if (binding->value.isPoison()) {
      evaluate(*stmt.value, scope);
      return;
    }
    if (binding->storage) {
      Value value = evaluate(*stmt.value, scope);
      BuiltinCall call(":=", value, site, getBuilder(), pool, *this);
      std::optional<Tensor> tensor = call.getTensor(0);
      if (!tensor)
        return;
      if (std::optional<Tensor> stored =
              store(*binding->storage, *tensor, site))
        binding->value = *stored;
      return;
    }
  }
  Value target = evaluate(*stmt.target, scope);
  if (target.isPoison())
    return;
  if (!target.is<Network *>() && !target.is<const Group *>()) {
    site.error("':=' stores to a param, a state or a network, but this is ")
        << describe(target);
    return;
  }
  storeEach(stmt, target, scope);
}

void Evaluator::rebind(const ast::AssignStmt &stmt, Scope &scope) {
  Value value = evaluate(*stmt.value, scope);
  Site site = getSite(stmt.target->loc);
  const auto *name = dyn_cast<ast::NameExpr>(stmt.target.get());
  if (!name) {
    site.error("'=' rebinds a name");
    return;
  }
  for (Scope *at = &scope; at; at = at->parent) {
    if (Binding *binding = at->find(name->name)) {
      if (binding->isRebindable) {
        binding->value = value;
        return;
      }
      InFlightDiagnostic error = site.error("'");
      error << name->name << "' is no 'let' of this body";
      if (binding->storage)
        error << "; ':=' stores to it";
      return;
    }
    if (at->isBody)
      break;
  }
  site.error("'=' rebinds a 'let' of the same body, but '")
      << name->name << "' is none; write 'let " << name->name << " = ...'";
}

// target := e with networks and groups meaning each of their tensors in turn,
// matched by path.
void Evaluator::storeEach(const ast::AssignStmt &stmt, const Value &target,
                          Scope &scope) {
  Site site = getSite(stmt.target->loc);
  if (!function || function->role != FunctionState::Role::Player) {
    site.error("':=' to a network stands in a player");
    return;
  }
  const auto *part = target.getIf<const Group *>();
  mirror(part ? *(*part)->network : *target.get<Network *>());
  for (Storage *storage : requireMembers(target, site)) {
    StringRef path = storage->path;
    member = path.split('.').second;
    Value value = evaluate(*stmt.value, scope);
    BuiltinCall call(":=", value, site, getBuilder(), pool, *this);
    std::optional<Tensor> tensor = call.getTensor(0);
    if (!tensor)
      break;
    store(*storage, *tensor, site);
  }
  member.reset();
}

} // namespace gan::frontend
