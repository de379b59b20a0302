// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names, paths, arguments and parameters; each function shows its production of
// the grammar.
#include "frontend/Parser.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

// args = "(" [ arg { "," arg } [ "," ] ] ")" .   arg = [ NAME ":" ] expr .
bool Parser::parseArguments(std::vector<ast::Argument> &arguments) {
  if (!expect("("))
    return false;
  while (!at(")")) {
    ast::Argument argument{"", getLoc(), nullptr};
    if (peek().kind == Token::Kind::Name && peek(1).is(":")) {
      argument.name = take().text.str();
      take();
    } else if (!arguments.empty() && !arguments.back().name.empty()) {
      return fail("a named argument, since named ones come last");
    }
    argument.value = parseExpr();
    if (!argument.value)
      return false;
    arguments.push_back(std::move(argument));
    if (!accept(","))
      break;
  }
  return expect(")");
}

// path = NAME { "." NAME | "[" expr "]" } .
bool Parser::parsePath(ast::Path &path) {
  ast::Name name{"", getLoc()};
  path.loc = getLoc();
  if (!parseName(name))
    return false;
  path.segments.push_back({name.text, nullptr});
  while (true) {
    if (accept(".")) {
      if (!parseName(name))
        return false;
      path.segments.push_back({name.text, nullptr});
    } else if (accept("[")) {
      ast::ExprPtr index = parseExpr();
      if (!index || !expect("]"))
        return false;
      path.segments.push_back({"", std::move(index)});
    } else {
      return true;
    }
  }
}

bool Parser::parseName(ast::Name &name) {
  if (peek().kind != Token::Kind::Name)
    return fail("a name");
  name.loc = getLoc();
  name.text = take().text.str();
  return true;
}

// names = NAME { "," NAME } .
bool Parser::parseNames(std::vector<ast::Name> &names) {
  do {
    ast::Name name{"", getLoc()};
    if (!parseName(name))
      return false;
    names.push_back(name);
  } while (accept(","));
  return true;
}

// params = "(" [ param { "," param } [ "," ] ] ")" .
bool Parser::parseParameters(std::vector<ast::Parameter> &parameters) {
  if (!expect("("))
    return false;
  while (!at(")")) {
    ast::Parameter parameter{.name = {"", getLoc()}, .type = ""};
    if (!parseParameter(parameter))
      return false;
    parameters.push_back(std::move(parameter));
    if (!accept(","))
      break;
  }
  return expect(")");
}

// param = NAME [ ":" ( NAME | "[" [ dim { "," dim } ] "]" ) ] [ "=" expr ] .
// dim = expr | "..." .
bool Parser::parseParameter(ast::Parameter &parameter) {
  if (!parseName(parameter.name))
    return false;
  if (accept(":") && !accept("[")) {
    static constexpr StringRef types[] = {"int", "float", "bool", "string",
                                          "list"};
    if (!llvm::is_contained(types, peek().text))
      return fail("int, float, bool, string, list or a shape");
    parameter.type = take().text.str();
  } else if (position > 0 && tokens[position - 1].is("[")) {
    parameter.shape.emplace();
    while (!at("]")) {
      if (accept("...")) {
        parameter.shape->push_back(nullptr);
        break;
      }
      ast::ExprPtr dim = parseExpr();
      if (!dim)
        return false;
      parameter.shape->push_back(std::move(dim));
      if (!accept(","))
        break;
    }
    if (!expect("]"))
      return false;
  }
  if (!accept("="))
    return true;
  parameter.defaultValue = parseExpr();
  return parameter.defaultValue != nullptr;
}

} // namespace gan::frontend
