// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The parser of PTX; a class only so that its parts can live in three files:
// the module (Parser.cpp), declarations (ParseVariables.cpp) and the bodies of
// functions (ParseBody.cpp).
#ifndef GAN_RUNTIME_DEVICE_SIM_PARSER_H
#define GAN_RUNTIME_DEVICE_SIM_PARSER_H

#include "runtime/base/Checked.h"
#include "runtime/device/sim/Lexer.h"
#include "runtime/device/sim/Module.h"

namespace gan::sim {

/// Each member that parses returns false after a mistake; `failure` says which,
/// and only the first is kept.
class Parser {
public:
  Parser(Module &module, std::vector<Token> tokens)
      : module(module), tokens(std::move(tokens)) {}
  Status run();

private:
  // The module.
  bool parseTopLevel();
  bool parseLinked(); // after .visible, .extern, .weak, .common
  bool parseFile();
  bool skipSection();
  bool parseFunction(bool isEntry);
  bool parseFunctionHead(Function &function);
  bool parsePerformance(Function &function);
  bool parseBounds(Dim3 &bounds);

  // Declarations.
  bool parseVariables(Space space, bool external, std::vector<Variable> &into);
  bool parseVariableHead(Variable &model, uint64_t &vector);
  bool parseVariable(Variable &variable, uint64_t vector);
  bool parseDimensions(runtime::Checked &bytes, bool &open);
  bool parseInitialiser(Variable &variable);
  bool parseInitialiserElement(Variable &variable, uint64_t &offset);
  bool parseParameters(std::vector<Variable> &into);
  bool parseParameter(Variable &parameter);

  // Bodies.
  bool parseBody(Function &function);
  bool parseStatement(Function &function);
  bool parseBodyDirective(Function &function);
  bool parseRegisters(Function &function);
  bool parseLocation();
  bool parseTargets(Function &function, std::string_view label);
  bool parseInstruction(Function &function);
  bool parseOperand(Operand &operand);
  bool parseAddress(Operand &operand);
  bool parseElements(Operand &operand, std::string_view close);
  bool parseNumber(Operand &operand);
  bool parseInteger(int64_t &value); // with sign
  Statement &add(Function &function, Statement::Kind kind);

  const Token &peek(size_t ahead = 0) const;
  Token next();
  bool accept(std::string_view text);
  bool expect(std::string_view text);
  bool expectWord(std::string_view &word);
  bool refuse(const std::string &sentence);

  Module &module;
  std::vector<Token> tokens;
  size_t position = 0;
  SourceLine location;
  int nesting = 0; // of operands
  Status failure;
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_PARSER_H
