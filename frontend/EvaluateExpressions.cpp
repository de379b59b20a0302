// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Expressions: operators, indices, conditions.
#include "frontend/Evaluator.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

constexpr int64_t mostSteps = 2'000'000;

constexpr int deepestExpression = 1000;

bool Evaluator::spend(int64_t steps, Location loc) {
  bool wasExhausted = spent > mostSteps;
  spent = std::min(spent + steps, 2 * mostSteps);
  if (spent <= mostSteps)
    return true;
  if (!wasExhausted)
    getSite(loc).error("this model takes more than ")
        << mostSteps << " steps to elaborate; is a loop too long?";
  return false;
}

Value Evaluator::evaluate(const ast::Expr &expr, Scope &scope) {
  if (!spend(1, expr.loc))
    return Poison();
  if (nesting >= deepestExpression) {
    getSite(expr.loc).error("calls and expressions nest deeper than ")
        << deepestExpression << " levels";
    return Poison();
  }
  ++nesting;
  Value value = dispatch(expr, scope);
  --nesting;
  return value;
}

Value Evaluator::dispatch(const ast::Expr &expr, Scope &scope) {
  return llvm::TypeSwitch<const ast::Expr *, Value>(&expr)
      .Case([&](const ast::NameExpr *e) { return evaluateName(*e, scope); })
      .Case([&](const ast::IntExpr *e) { return Value(e->value); })
      .Case([&](const ast::FloatExpr *e) { return Value(e->value); })
      .Case([&](const ast::BoolExpr *e) { return Value(e->value); })
      .Case(
          [&](const ast::StringExpr *e) { return Value(StringRef(e->value)); })
      .Case([&](const ast::ListExpr *e) {
        std::vector<Value> items;
        for (const ast::ExprPtr &item : e->items)
          items.push_back(evaluate(*item, scope));
        if (llvm::any_of(items, [](const Value &v) { return v.isPoison(); }))
          return Value();
        return pool.list(std::move(items));
      })
      .Case([&](const ast::CallExpr *e) {
        return evaluateCall(*e, scope, /*label=*/nullptr);
      })
      .Case([&](const ast::LabelExpr *e) -> Value {
        if (const auto *call = dyn_cast<ast::CallExpr>(e->base.get()))
          return evaluateCall(*call, scope, &e->path);
        getSite(e->loc).error("'as' names a call, but this is none");
        return Poison();
      })
      .Case([&](const ast::IndexExpr *e) { return evaluateIndex(*e, scope); })
      .Case([&](const ast::MemberExpr *e) { return evaluateMember(*e, scope); })
      .Case([&](const ast::UnaryExpr *e) {
        return evaluateOperator(e->op, evaluate(*e->operand, scope), e->loc);
      })
      .Case([&](const ast::BinaryExpr *e) {
        if (e->op == "..")
          return evaluateRange(*e, scope);
        Value left = evaluate(*e->left, scope);
        return evaluateOperator(e->op, {left, evaluate(*e->right, scope)},
                                e->loc);
      })
      .Case([&](const ast::ConditionalExpr *e) {
        return evaluateConditional(*e, scope);
      })
      .Case([&](const ast::LambdaExpr *e) -> Value {
        Callable &callable = callables.emplace_back();
        callable.lambda = e;
        callable.scope = &scope;
        return static_cast<const Callable *>(&callable);
      });
}

Value Evaluator::evaluateOperator(StringRef op, ArrayRef<Value> operands,
                                  Location loc) {
  Site site = getSite(loc);
  BuiltinCall call(op, operands, site, getBuilder(), pool, *this);
  return applyOperator(op, call);
}

Value Evaluator::evaluateIndex(const ast::IndexExpr &expr, Scope &scope) {
  Site site = getSite(expr.loc);
  Value base = evaluate(*expr.base, scope);
  Value index = evaluate(*expr.index, scope);
  if (base.isPoison() || index.isPoison())
    return Poison();
  const auto *list = base.getIf<const List *>();
  if ((base.is<Network *>() || base.is<const Group *>()) && index.is<int64_t>())
    return selectPath(base, spell(index));
  // table[i], a row per label: the product with a one-hot vector.
  if (base.is<Tensor>() && index.is<Tensor>()) {
    Tensor table = base.get<Tensor>();
    TensorBuilder tensors(getBuilder(), site);
    if (!table.batched && table.getItemRank() == 2) {
      TensorBuilder::Result rows =
          tensors.oneHot(index.get<Tensor>(), table.getItemShape()[0]);
      return rows ? BuiltinCall::wrap(tensors.matmul(*rows, table)) : Value();
    }
  }
  if (!list) {
    site.error("an index needs a list or a table [n, m], but found ")
        << describe(base);
    return Poison();
  }
  auto at = [&](const Value &position) -> Value {
    int64_t size = (*list)->items.size();
    const auto *i = position.getIf<int64_t>();
    if (i && *i >= -size && *i < size)
      return (*list)->items[*i < 0 ? *i + size : *i];
    if (i)
      site.error("index ") << *i << " is not inside a list of " << size;
    else
      site.error("a list is indexed by ints, but found ") << describe(position);
    return Poison();
  };
  const auto *several = index.getIf<const List *>();
  if (!several)
    return at(index);
  std::vector<Value> chosen;
  for (const Value &position : (*several)->items)
    chosen.push_back(at(position));
  return pool.list(std::move(chosen));
}

Value Evaluator::evaluateRange(const ast::BinaryExpr &expr, Scope &scope) {
  Value left = evaluate(*expr.left, scope),
        right = evaluate(*expr.right, scope);
  if (left.isPoison() || right.isPoison())
    return Poison();
  const auto *from = left.getIf<int64_t>(), *to = right.getIf<int64_t>();
  if (!from || !to) {
    getSite(expr.loc).error("'..' needs two ints known when compiling, but "
                            "found ")
        << describe(left) << " and " << describe(right);
    return Poison();
  }
  int64_t length;
  if (__builtin_sub_overflow(*to, *from, &length) || length > longestList) {
    getSite(expr.loc).error("'..' from ")
        << *from << " to " << *to << " is longer than " << longestList;
    return Poison();
  }
  if (!spend(std::max<int64_t>(length, 0), expr.loc))
    return Poison();
  std::vector<Value> items;
  for (int64_t i = *from; i < *to; ++i)
    items.push_back(i);
  return pool.list(std::move(items));
}

// `if c then a else b`: c const, or of the clock when a and b are numbers.
Value Evaluator::evaluateConditional(const ast::ConditionalExpr &expr,
                                     Scope &scope) {
  Value condition = evaluate(*expr.condition, scope);
  const auto *clock = condition.getIf<Clock>();
  if (!clock) {
    std::optional<bool> taken = evaluateCondition(*expr.condition, scope);
    if (!taken)
      return Poison();
    return evaluate(*taken ? *expr.thenValue : *expr.elseValue, scope);
  }
  Value a = evaluate(*expr.thenValue, scope);
  Value b = evaluate(*expr.elseValue, scope);
  if (a.isPoison() || b.isPoison())
    return Poison();
  auto isTimed = [](const Value &v) { return v.getNumber() || v.is<Clock>(); };
  if (isTimed(a) && isTimed(b))
    return makeClock("if", {condition, a, b}, context);
  getSite(expr.loc).error("'if' on the clock chooses between numbers, but "
                          "found ")
      << describe(a) << " and " << describe(b);
  return Poison();
}

// The first name of the expression that is bound to something known later, for
// the note.
static const ast::NameExpr *findName(const ast::Expr &expr) {
  if (const auto *name = dyn_cast<ast::NameExpr>(&expr))
    return name;
  if (const auto *unary = dyn_cast<ast::UnaryExpr>(&expr))
    return findName(*unary->operand);
  if (const auto *binary = dyn_cast<ast::BinaryExpr>(&expr)) {
    const ast::NameExpr *left = findName(*binary->left);
    return left ? left : findName(*binary->right);
  }
  return nullptr;
}

// The text of a short condition.
static std::string spellExpr(const ast::Expr &expr) {
  if (const auto *name = dyn_cast<ast::NameExpr>(&expr))
    return name->name;
  if (const auto *number = dyn_cast<ast::IntExpr>(&expr))
    return std::to_string(number->value);
  if (const auto *number = dyn_cast<ast::FloatExpr>(&expr))
    return spell(number->value);
  if (const auto *unary = dyn_cast<ast::UnaryExpr>(&expr))
    return unary->op + (unary->op == "not" ? " " : "") +
           spellExpr(*unary->operand);
  if (const auto *binary = dyn_cast<ast::BinaryExpr>(&expr))
    return spellExpr(*binary->left) + " " + binary->op + " " +
           spellExpr(*binary->right);
  return "...";
}

std::optional<bool> Evaluator::evaluateCondition(const ast::Expr &condition,
                                                 Scope &scope) {
  Value value = evaluate(condition, scope);
  if (const auto *truth = value.getIf<bool>())
    return *truth;
  if (value.isPoison())
    return std::nullopt;
  const ast::NameExpr *name = findName(condition);
  Site site = getSite(name ? name->loc : condition.loc);
  if (!value.is<Tensor>()) {
    site.error("'if' needs true or false, known when compiling, but found ")
        << describe(value);
    return std::nullopt;
  }
  std::string what = name ? "'" + name->name + "'" : "this";
  InFlightDiagnostic error =
      site.error("'if' needs a value known before the move, but " + what +
                 " is known only on the device");
  if (Binding *binding = name ? lookup(name->name, scope, site) : nullptr)
    error.attachNote(binding->loc)
        << "'" << name->name
        << "' is computed here; to skip an update on it, write 'minimize ... "
           "when "
        << spellExpr(condition) << "'";
  return std::nullopt;
}

} // namespace gan::frontend
