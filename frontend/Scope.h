// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names and what they stand for. Scopes and bindings live as long as the
// evaluator, since functions keep the scope they were made in.
#ifndef GAN_FRONTEND_SCOPE_H
#define GAN_FRONTEND_SCOPE_H

#include "frontend/Ast.h"
#include "frontend/Value.h"

#include "llvm/ADT/StringMap.h"

#include <deque>

namespace gan::frontend {

class Scope;

struct Binding {
  enum class Kind {
    Value, // known: a local, a function, a network
    Let,   // a file or model-level let, evaluated where it is first used
    Draw,  // a model-level draw
    Field, // a field of a data
    Data   // a data, on the left of a point
  };
  Kind kind = Kind::Value;
  std::string name;
  mlir::Location loc;
  Value value = Absent();
  const ast::Stmt *declaration = nullptr; // of a Let, Draw, Field or Data
  size_t index = 0;           // which name of the let, which field of the data
  Scope *scope = nullptr;     // where the declaration is evaluated
  Storage *storage = nullptr; // what `:=` stores to
  bool isRebindable = false;  // a `let` of a body
  bool isOpen = false;        // being evaluated: meeting it again is a cycle
};

class Scope {
public:
  explicit Scope(Scope *parent, bool isBody) : parent(parent), isBody(isBody) {}

  // A binding of this very scope, or null.
  Binding *find(llvm::StringRef name) const { return names.lookup(name); }
  void bind(Binding &binding) { names[binding.name] = &binding; }

  Scope *parent;
  bool isBody; // of a function, network, player, model or file: `=` looks no
               // further
  std::vector<Scope *> imports; // of a file: seen behind its own names
  llvm::StringMap<Binding *> names;
};

// Fn, lambda or built-in: exactly one of the three is set.
struct Builtin;
struct Callable {
  const ast::FunctionDecl *function = nullptr;
  const ast::LambdaExpr *lambda = nullptr;
  const Builtin *builtin = nullptr;
  Scope *scope = nullptr; // where its body is evaluated
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_SCOPE_H
