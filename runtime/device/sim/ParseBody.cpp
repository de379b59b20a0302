// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Parser.h"

#include <bit>
#include <cctype>
#include <charconv>

using namespace gan::sim;

Statement &Parser::add(Function &function, Statement::Kind kind) {
  Statement &statement = function.statements.emplace_back();
  statement.kind = kind;
  statement.line = peek().line;
  statement.source = location;
  return statement;
}

// Up to the brace that closes the function.
bool Parser::parseBody(Function &function) {
  location = {};
  int depth = 1;
  while (depth > 0) {
    if (peek().kind == Token::Kind::End)
      return refuse("the body of '" + std::string(function.name) +
                    "' does not end");
    if (peek().is("{")) {
      add(function, Statement::Kind::OpenScope);
      ++depth;
      next();
    } else if (peek().is("}")) {
      if (--depth > 0)
        add(function, Statement::Kind::CloseScope);
      next();
    } else if (!parseStatement(function)) {
      return false;
    }
  }
  return true;
}

bool Parser::parseStatement(Function &function) {
  if (accept(";"))
    return true;
  if (peek().kind == Token::Kind::Directive)
    return parseBodyDirective(function);
  if (peek().kind == Token::Kind::Word && peek(1).is(":")) {
    std::string_view label = next().text;
    next();
    if (peek().is(".branchtargets") || peek().is(".calltargets") ||
        peek().is(".callprototype"))
      return parseTargets(function, label);
    add(function, Statement::Kind::Label).word = label;
    return true;
  }
  return parseInstruction(function);
}

bool Parser::parseBodyDirective(Function &function) {
  if (accept(".loc"))
    return parseLocation();
  if (accept(".pragma"))
    return next().kind == Token::Kind::String && expect(";");
  if (accept(".reg"))
    return parseRegisters(function);
  bool external = accept(".extern");
  constexpr std::pair<std::string_view, Space> spaces[] = {
      {".shared", Space::Shared}, {".local", Space::Local},
      {".param", Space::Param},   {".global", Space::Global},
      {".const", Space::Const},
  };
  for (auto [word, space] : spaces)
    if (accept(word))
      return parseVariables(space, external,
                            add(function, Statement::Kind::Variable).variables);
  return refuse("unknown directive '" + std::string(peek().text) + "'");
}

// .reg .b32 %r<9>, x;
bool Parser::parseRegisters(Function &function) {
  Statement &statement = add(function, Statement::Kind::Registers);
  std::optional<Type> type = typeNamed(next().text);
  if (!type)
    return refuse("a register needs a scalar type that is known");
  do {
    Registers registers{{}, *type, -1};
    if (!expectWord(registers.name))
      return false;
    if (accept("<") && (!parseInteger(registers.count) || !expect(">")))
      return false;
    if (registers.count > (1 << 20))
      return refuse("more than a million registers");
    statement.registers.push_back(registers);
  } while (accept(","));
  return expect(";");
}

// .loc 1 12 3 [, function_name L, inlined_at 1 10 1]
bool Parser::parseLocation() {
  int64_t file = 0, line = 0, column = 0;
  if (!parseInteger(file) || !parseInteger(line) || !parseInteger(column))
    return false;
  location = {uint32_t(file), uint32_t(line)};
  if (!accept(","))
    return true;
  if (!accept("function_name"))
    return refuse("expected 'function_name' in .loc");
  next();
  if (accept("+") && !parseInteger(column))
    return false;
  if (!expect(",") || !expect("inlined_at"))
    return false;
  return parseInteger(file) && parseInteger(line) && parseInteger(column);
}

bool Parser::parseTargets(Function &function, std::string_view label) {
  Statement &statement = add(function, Statement::Kind::Targets);
  statement.word = label;
  bool branches = next().is(".branchtargets");
  while (!peek().is(";") && peek().kind != Token::Kind::End) {
    Token token = next();
    if (branches && token.kind == Token::Kind::Word)
      statement.operands.push_back(
          {Operand::Kind::Name, false, token.text, 0, {}});
  }
  return expect(";");
}

bool Parser::parseInstruction(Function &function) {
  Statement &statement = add(function, Statement::Kind::Instruction);
  if (accept("@")) {
    statement.guardNegated = accept("!");
    if (!expectWord(statement.guard))
      return false;
  }
  if (!expectWord(statement.word))
    return false;
  while (!peek().is(";")) {
    if (!statement.operands.empty() && !expect(","))
      return false;
    if (!parseOperand(statement.operands.emplace_back()))
      return false;
  }
  next();
  return true;
}

bool Parser::parseElements(Operand &operand, std::string_view close) {
  if (++nesting > 3) // PTX needs two: [a, {b, c}]
    return refuse("operands are nested too deeply");
  while (!accept(close)) {
    if (!operand.elements.empty() && !expect(","))
      return false;
    if (!parseOperand(operand.elements.emplace_back()))
      return false;
  }
  --nesting;
  return true;
}

bool Parser::parseOperand(Operand &operand) {
  if (accept("["))
    return parseAddress(operand);
  if (accept("{")) {
    operand.kind = Operand::Kind::Vector;
    return parseElements(operand, "}");
  }
  if (accept("(")) {
    operand.kind = Operand::Kind::List;
    return parseElements(operand, ")");
  }
  operand.negated = accept("!");
  if (peek().kind != Token::Kind::Word)
    return parseNumber(operand);
  operand.name = next().text;
  operand.kind =
      operand.name == "_" ? Operand::Kind::Sink : Operand::Kind::Name;
  if (operand.name == "WARP_SZ")
    operand = {Operand::Kind::Integer, false, {}, kLanes, {}};
  if ((peek().is("+") || peek().is("-")) &&
      operand.kind == Operand::Kind::Name) // mov.u64 %rd, x+4
    return parseInteger(operand.value);
  if (nesting > 0 || !accept("|"))
    return true;
  Operand first = std::move(operand);
  operand = {Operand::Kind::Pair, false, {}, 0, {}};
  operand.elements.push_back(std::move(first));
  ++nesting;
  bool second = parseOperand(operand.elements.emplace_back());
  --nesting;
  return second;
}

// [x], [x+4], [x+-4], [16], [%rd1, {%r1, %r2}]
bool Parser::parseAddress(Operand &operand) {
  operand.kind = Operand::Kind::Address;
  if (peek().kind == Token::Kind::Word)
    operand.name = next().text;
  if (!peek().is("]") && !peek().is(",") && !parseInteger(operand.value))
    return false;
  if (accept(","))
    return parseElements(operand, "]");
  return expect("]");
}

bool Parser::parseInteger(int64_t &value) {
  Operand number;
  if (!parseNumber(number))
    return false;
  if (number.kind != Operand::Kind::Integer)
    return refuse("expected a whole number");
  value = number.value;
  return true;
}

// Digits of a base, with an optional U at the end.
static bool parseDigits(std::string_view digits, int base, uint64_t &value) {
  if (!digits.empty() && digits.back() == 'U')
    digits.remove_suffix(1);
  auto [end, error] = std::from_chars(
      digits.data(), digits.data() + digits.size(), value, base);
  return error == std::errc() && end == digits.data() + digits.size() &&
         !digits.empty();
}

static bool parseUnsigned(std::string_view text, uint64_t &value) {
  if (text.size() > 1 && text[0] == '0') {
    char mark = char(std::tolower(uint8_t(text[1])));
    if (mark == 'x')
      return parseDigits(text.substr(2), 16, value);
    if (mark == 'b')
      return parseDigits(text.substr(2), 2, value);
    if (std::isdigit(uint8_t(mark)))
      return parseDigits(text.substr(1), 8, value);
  }
  return parseDigits(text, 10, value);
}

bool Parser::parseNumber(Operand &operand) {
  bool negative = false;
  while (peek().is("-") || peek().is("+"))
    negative ^= next().is("-");
  if (peek().kind != Token::Kind::Number)
    return refuse("expected an operand, found '" + std::string(peek().text) +
                  "'");
  std::string_view text = peek().text;
  char mark = text.size() > 1 ? char(std::tolower(uint8_t(text[1]))) : ' ';
  uint64_t bits = 0;
  bool known = false;
  if (text[0] == '0' && (mark == 'f' || mark == 'd')) {
    bool single = mark == 'f';
    known = text.size() == (single ? 10u : 18u) &&
            parseDigits(text.substr(2), 16, bits);
    operand.kind = single ? Operand::Kind::Real32 : Operand::Kind::Real;
    if (negative)
      bits ^= single ? uint64_t(1) << 31 : uint64_t(1) << 63;
  } else if (text.find('.') != text.npos) {
    double real = 0;
    auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), real);
    known = error == std::errc() && end == text.data() + text.size();
    operand.kind = Operand::Kind::Real;
    bits = std::bit_cast<uint64_t>(negative ? -real : real);
  } else {
    known = parseUnsigned(text, bits);
    operand.kind = Operand::Kind::Integer;
    bits = negative ? 0 - bits : bits;
  }
  if (!known)
    return refuse("'" + std::string(text) + "' is no number of PTX");
  operand.value = int64_t(bits);
  next();
  return true;
}
