// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Parser.h"

using namespace gan::sim;

const Function *Module::find(std::string_view name) const {
  for (const Function &function : functions)
    if (function.hasBody && function.name == name)
      return &function;
  return nullptr;
}

const Token &Parser::peek(size_t ahead) const {
  return tokens[std::min(position + ahead, tokens.size() - 1)];
}

Token Parser::next() {
  Token token = peek();
  if (token.kind != Token::Kind::End)
    ++position;
  return token;
}

bool Parser::accept(std::string_view text) {
  if (!peek().is(text))
    return false;
  ++position;
  return true;
}

bool Parser::refuse(const std::string &sentence) {
  if (failure.ok())
    failure = Status(Code::Damaged, sentence,
                     module.file + ":" + std::to_string(peek().line));
  return false;
}

static std::string shown(const Token &token) {
  return token.kind == Token::Kind::End ? "the end of the file"
                                        : "'" + std::string(token.text) + "'";
}

bool Parser::expect(std::string_view text) {
  if (accept(text))
    return true;
  return refuse("expected '" + std::string(text) + "', found " + shown(peek()));
}

bool Parser::expectWord(std::string_view &word) {
  if (peek().kind != Token::Kind::Word)
    return refuse("expected a name, found " + shown(peek()));
  word = next().text;
  return true;
}

Status Parser::run() {
  if (!accept(".version"))
    refuse("PTX begins with .version, this with " + shown(peek()));
  next(); // every version is read alike
  while (failure.ok() && peek().kind != Token::Kind::End)
    parseTopLevel();
  return failure;
}

bool Parser::parseTopLevel() {
  if (accept(".target")) {
    if (!expectWord(module.target))
      return false;
    while (accept(",")) // ".target sm_80, debug"
      next();
    return true;
  }
  if (accept(".address_size")) {
    if (peek().is("64"))
      return accept("64");
    return refuse("only addresses of 64 bits are known, not " + shown(peek()));
  }
  if (accept(".file"))
    return parseFile();
  if (accept(".section"))
    return skipSection();
  if (accept(".pragma"))
    return next().kind == Token::Kind::String && expect(";");
  return parseLinked();
}

bool Parser::parseLinked() {
  bool external = false;
  while (peek().is(".visible") || peek().is(".extern") || peek().is(".weak") ||
         peek().is(".common"))
    external |= next().is(".extern");
  if (accept(".entry"))
    return parseFunction(/*isEntry=*/true);
  if (accept(".func"))
    return parseFunction(/*isEntry=*/false);
  if (accept(".global"))
    return parseVariables(Space::Global, external, module.variables);
  if (accept(".const"))
    return parseVariables(Space::Const, external, module.variables);
  if (accept(".shared"))
    return parseVariables(Space::Shared, external, module.variables);
  return refuse("unknown directive " + shown(peek()));
}

// .file 1 "net.gan" [, time, size]
bool Parser::parseFile() {
  int64_t number = 0;
  if (!parseInteger(number))
    return false;
  if (number < 0 || number > 65535 || peek().kind != Token::Kind::String)
    return refuse(".file needs a number below 65536 and a name");
  if (module.sourceFiles.size() <= size_t(number))
    module.sourceFiles.resize(number + 1);
  module.sourceFiles[number] = next().text;
  while (accept(","))
    next();
  return true;
}

// Debug information: braces without nesting.
bool Parser::skipSection() {
  next();
  if (!expect("{"))
    return false;
  while (!accept("}"))
    if (next().kind == Token::Kind::End)
      return refuse("a .section does not end");
  return true;
}

bool Parser::parseFunction(bool isEntry) {
  Function function;
  function.isEntry = isEntry;
  function.line = peek().line;
  if (!parseFunctionHead(function))
    return false;
  if (accept(";")) {
    module.functions.push_back(std::move(function));
    return true;
  }
  function.hasBody = true;
  if (!expect("{") || !parseBody(function))
    return false;
  module.functions.push_back(std::move(function));
  return true;
}

bool Parser::parseFunctionHead(Function &function) {
  if (peek().is("(") && !parseParameters(function.results))
    return false;
  if (!expectWord(function.name))
    return false;
  if (peek().is("(") && !parseParameters(function.parameters))
    return false;
  while (peek().kind == Token::Kind::Directive)
    if (!parsePerformance(function))
      return false;
  return true;
}

bool Parser::parseBounds(Dim3 &bounds) {
  uint32_t *parts[] = {&bounds.x, &bounds.y, &bounds.z};
  bounds = {1, 1, 1};
  for (uint32_t *part : parts) {
    int64_t value = 0;
    if (!parseInteger(value))
      return false;
    *part = uint32_t(value);
    if (!accept(","))
      break;
  }
  return true;
}

// What tunes a kernel, not what it computes: only the bounds matter here.
bool Parser::parsePerformance(Function &function) {
  Dim3 ignored;
  if (accept(".maxntid"))
    return parseBounds(function.maxThreads);
  if (accept(".reqntid"))
    return parseBounds(function.requiredThreads);
  if (accept(".minnctapersm") || accept(".maxnreg") || accept(".maxnctapersm"))
    return parseBounds(ignored);
  if (accept(".noreturn"))
    return true;
  if (accept(".pragma"))
    return next().kind == Token::Kind::String && expect(";");
  return refuse("unknown directive " + shown(peek()));
}

Result<Module> gan::sim::parseModule(std::string text, std::string file) {
  Module module;
  module.file = std::move(file);
  module.text = std::make_unique<std::string>(std::move(text));
  Result<std::vector<Token>> tokens = tokenise(*module.text, module.file);
  if (!tokens.ok())
    return tokens.status();
  Status status = Parser(module, tokens.take()).run();
  if (!status.ok())
    return status;
  return std::move(module);
}
