// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arguments to parameters: of built-in functions, whose signatures are texts,
// and of functions of the language.
#include "frontend/Evaluator.h"

#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// One parameter of a built-in signature.
namespace {
struct BuiltinParameter {
  StringRef name;
  std::optional<Value> defaultValue;
};
} // namespace

static Value parseDefault(StringRef text, ValuePool &pool) {
  int64_t number;
  double real;
  if (text.empty())
    return Absent();
  if (text == "true" || text == "false")
    return text == "true";
  if (text == "[]")
    return pool.list({});
  if (text.front() == '"')
    return text.drop_front().drop_back();
  if (!text.getAsInteger(10, number))
    return number;
  text.getAsDouble(real);
  return real;
}

static SmallVector<BuiltinParameter> parseSignature(StringRef signature,
                                                    ValuePool &pool) {
  SmallVector<StringRef> parts;
  signature.split(parts, ',', -1, /*KeepEmpty=*/false);
  SmallVector<BuiltinParameter> parameters;
  for (StringRef part : parts) {
    auto [name, value] = part.split('=');
    BuiltinParameter &parameter = parameters.emplace_back();
    parameter.name = name.trim();
    if (part.contains('='))
      parameter.defaultValue = parseDefault(value.trim(), pool);
  }
  return parameters;
}

Value Evaluator::callBuiltin(const Builtin &builtin, ArrayRef<Given> given,
                             const Site &site) {
  std::optional<std::vector<Value>> arguments =
      resolveArguments(builtin.name, builtin.signature, given, site);
  if (!arguments)
    return Poison();
  BuiltinCall call(builtin.name, *arguments, site, getBuilder(), pool, *this);
  return builtin.evaluate(call);
}

static void reportNoParameter(const Site &site, StringRef callee,
                              StringRef name, ArrayRef<StringRef> known) {
  InFlightDiagnostic diagnostic = site.error("'");
  diagnostic << callee << "' has no parameter '" << name << "', ";
  if (known.empty())
    diagnostic << "it takes none";
  else
    diagnostic << "but has " << llvm::join(known, ", ");
}

// The position a given argument fills; nothing after a report.
static std::optional<size_t> findSlot(StringRef callee,
                                      ArrayRef<BuiltinParameter> parameters,
                                      StringRef name, size_t &position,
                                      const Site &site) {
  if (name.empty()) {
    if (position < parameters.size())
      return position++;
    site.error("'") << callee << "' takes " << parameters.size()
                    << (parameters.size() == 1 ? " argument" : " arguments")
                    << ", but has more";
    return std::nullopt;
  }
  for (auto [index, parameter] : llvm::enumerate(parameters))
    if (parameter.name == name)
      return index;
  reportNoParameter(site, callee, name,
                    llvm::map_to_vector(parameters, [](const auto &parameter) {
                      return StringRef(parameter.name);
                    }));
  return std::nullopt;
}

std::optional<std::vector<Value>>
Evaluator::resolveArguments(StringRef callee, StringRef signature,
                            ArrayRef<Given> given, const Site &site) {
  std::vector<Value> front;
  if (signature.consume_front("...")) {
    for (; !given.empty() && given.front().name.empty();
         given = given.drop_front())
      front.push_back(given.front().value);
    if (front.empty()) {
      site.error("'") << callee << "' needs an argument";
      return std::nullopt;
    }
  }
  SmallVector<BuiltinParameter> parameters = parseSignature(signature, pool);
  std::vector<Value> arguments(parameters.size(), Absent());
  std::vector<bool> isGiven(parameters.size());
  size_t position = 0;
  for (const Given &argument : given) {
    std::optional<size_t> index =
        findSlot(callee, parameters, argument.name, position, site);
    if (!index)
      return std::nullopt;
    if (isGiven[*index]) {
      site.error("'") << parameters[*index].name << "' is given twice";
      return std::nullopt;
    }
    isGiven[*index] = true;
    arguments[*index] = argument.value;
  }
  for (auto [index, parameter] : llvm::enumerate(parameters)) {
    if (isGiven[index])
      continue;
    if (!parameter.defaultValue) {
      site.error("'") << callee << "' needs '" << parameter.name << "'";
      return std::nullopt;
    }
    arguments[index] = *parameter.defaultValue;
  }
  arguments.insert(arguments.begin(), front.begin(), front.end());
  return arguments;
}

bool Evaluator::bindParameters(StringRef callee,
                               ArrayRef<ast::Parameter> parameters,
                               ArrayRef<Given> given, Scope &scope,
                               const Site &site) {
  std::vector<const Given *> slots(parameters.size());
  size_t position = 0;
  for (const Given &argument : given) {
    size_t index = position;
    if (!argument.name.empty()) {
      const auto *found =
          llvm::find_if(parameters, [&](const ast::Parameter &p) {
            return p.name.text == argument.name;
          });
      index = found - parameters.begin();
      if (found == parameters.end()) {
        reportNoParameter(site, callee, argument.name,
                          llvm::map_to_vector(parameters, [](const auto &p) {
                            return StringRef(p.name.text);
                          }));
        return false;
      }
    } else if (position++ >= parameters.size()) {
      site.error("'") << callee << "' takes " << parameters.size()
                      << (parameters.size() == 1 ? " argument" : " arguments")
                      << ", but has more";
      return false;
    }
    if (slots[index]) {
      site.error("'") << parameters[index].name.text << "' is given twice";
      return false;
    }
    slots[index] = &argument;
  }
  bool good = true;
  std::string used;
  for (auto [index, parameter] : llvm::enumerate(parameters)) {
    Value value;
    if (slots[index]) {
      value = slots[index]->value;
    } else if (parameter.defaultValue) {
      value = evaluate(*parameter.defaultValue, scope);
      bool isPlain = value.getNumber() || value.is<bool>() ||
                     value.is<StringRef>() || value.is<const List *>();
      if (isPlain && !site.inside)
        used += (used.empty() ? "" : ", ") + parameter.name.text + " = " +
                spell(value);
    } else {
      site.error("'") << callee << "' needs '" << parameter.name.text << "'";
      return false;
    }
    good &= bindParameter(parameter, value, scope, site);
  }
  used = (callee + ": " + used).str();
  if (!StringRef(used).ends_with(": ") && knownDefaults.insert(used).second)
    defaults.push_back(used);
  return good;
}

bool Evaluator::bindParameter(const ast::Parameter &parameter, Value value,
                              Scope &scope, const Site &site) {
  if (value.isPoison())
    return false;
  StringRef type = parameter.type;
  bool fits = type.empty() || (type == "int" && value.is<int64_t>()) ||
              (type == "float" && value.getNumber()) ||
              (type == "bool" && value.is<bool>()) ||
              (type == "string" && value.is<StringRef>()) ||
              (type == "list" && value.is<const List *>());
  if (!fits) {
    InFlightDiagnostic error = site.error("'");
    error << parameter.name.text << "' is " << (type == "int" ? "an " : "a ")
          << type << " known when compiling, but this is " << describe(value);
    if (const auto *tensor = value.getIf<Tensor>(); tensor)
      error << ", known only on the device";
    error.attachNote(parameter.name.loc)
        << "'" << parameter.name.text << "' is declared here";
    return false;
  }
  if (type == "float")
    value = *value.getNumber();
  if (parameter.shape && !matchShape(parameter, value, scope, site))
    return false;
  bindValue(parameter.name.text, parameter.name.loc, value, scope);
  return true;
}

// The item shape of a value that a shape pattern is asked of.
static std::optional<SmallVector<int64_t>> getItemShape(const Value &value) {
  if (const auto *tensor = value.getIf<Tensor>())
    return SmallVector<int64_t>(tensor->getItemShape());
  if (value.getNumber() || value.is<Clock>())
    return SmallVector<int64_t>();
  if (const auto *list = value.getIf<const List *>())
    return SmallVector<int64_t>{static_cast<int64_t>((*list)->items.size())};
  return std::nullopt;
}

bool Evaluator::matchShape(const ast::Parameter &parameter, const Value &value,
                           Scope &scope, const Site &site) {
  auto refuse = [&](const Twine &wanted) {
    site.error("'") << parameter.name.text << "' needs " << wanted.str()
                    << ", but found " << describe(value);
    return false;
  };
  std::optional<SmallVector<int64_t>> shape = getItemShape(value);
  if (!shape)
    return refuse("a tensor");
  ArrayRef<ast::ExprPtr> dims = *parameter.shape;
  bool isOpen = !dims.empty() && !dims.back();
  if (isOpen)
    dims = dims.drop_back();
  if (shape->size() < dims.size() || (!isOpen && shape->size() > dims.size()))
    return refuse(Twine(isOpen ? "at least " : "") + Twine(dims.size()) +
                  (dims.size() == 1 ? " axis" : " axes") + " per sample");
  for (auto [axis, dim] : llvm::enumerate(dims)) {
    const auto *name = dyn_cast<ast::NameExpr>(dim.get());
    int64_t extent = (*shape)[axis];
    if (name && !isVisible(name->name, scope)) {
      bindValue(name->name, name->loc, extent, scope);
      continue;
    }
    Value wanted = evaluate(*dim, scope);
    if (wanted.isPoison())
      return false;
    if (!wanted.is<int64_t>() || wanted.get<int64_t>() != extent)
      return refuse("extent " + spell(wanted) + " on axis " + Twine(axis));
  }
  return true;
}

} // namespace gan::frontend
