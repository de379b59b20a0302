// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Parser.h"

#include <cstring>

using namespace gan::sim;

// No initialiser or array of a kernel comes near this many bytes; what each
// thread or block has of its own is smaller on every device.
constexpr uint64_t kMostBytes = uint64_t(1) << 32;
constexpr uint64_t kMostOwnBytes = uint64_t(512) << 10;

// .global .align 4 .b8 a[16] = {...}, b; the space was read.
bool Parser::parseVariables(Space space, bool external,
                            std::vector<Variable> &into) {
  Variable model;
  model.space = space;
  model.external = external;
  uint64_t vector = 1;
  if (!parseVariableHead(model, vector))
    return false;
  do {
    Variable variable = model;
    if (!parseVariable(variable, vector))
      return false;
    into.push_back(std::move(variable));
  } while (accept(","));
  return expect(";");
}

// Alignment, vector and type, in any order; `.ptr .global` of a parameter.
bool Parser::parseVariableHead(Variable &model, uint64_t &vector) {
  bool typed = false, aligned = false;
  while (peek().kind == Token::Kind::Directive) {
    if (accept(".align")) {
      int64_t align = 0;
      if (!parseInteger(align))
        return false;
      if (align < 1 || align > 1024 || (align & (align - 1)))
        return refuse("an alignment is a power of two up to 1024");
      // That of `.ptr` speaks of what it points to.
      if (!aligned)
        model.align = uint32_t(align);
      aligned = true;
    } else if (accept(".v2")) {
      vector = 2;
    } else if (accept(".v4")) {
      vector = 4;
    } else if (accept(".ptr")) {
      aligned = true;
      if (accept(".global") || accept(".shared") || accept(".const"))
        continue;
      accept(".local");
    } else if (std::optional<Type> type = typeNamed(peek().text)) {
      next();
      model.type = *type;
      typed = true;
    } else {
      return refuse("unknown directive '" + std::string(peek().text) +
                    "' in a declaration");
    }
  }
  uint32_t natural = uint32_t(bitsOf(model.type) / 8 * vector);
  model.align = std::max(model.align, natural);
  return typed || refuse("a declaration needs a type");
}

bool Parser::parseVariable(Variable &variable, uint64_t vector) {
  variable.line = peek().line;
  if (!expectWord(variable.name))
    return false;
  runtime::Checked bytes = vector * (bitsOf(variable.type) / 8);
  bool open = false;
  if (!parseDimensions(bytes, open))
    return false;
  if (!bytes.atMost(kMostBytes))
    return refuse("a variable of more than 4 GiB");
  variable.bytes = open ? 0 : bytes.value();
  bool isGlobal =
      variable.space == Space::Global || variable.space == Space::Const;
  if (!isGlobal && variable.bytes > kMostOwnBytes)
    return refuse("a variable of more than 512 KiB outside of global memory");
  return !accept("=") || parseInitialiser(variable);
}

bool Parser::parseDimensions(runtime::Checked &bytes, bool &open) {
  while (accept("[")) {
    if (accept("]")) {
      open = true;
      continue;
    }
    int64_t extent = 0;
    if (!parseInteger(extent) || !expect("]"))
      return false;
    bytes *= uint64_t(extent);
  }
  return true;
}

bool Parser::parseInitialiser(Variable &variable) {
  variable.initialised = true;
  variable.content.resize(variable.bytes);
  uint64_t offset = 0;
  int depth = 0;
  do {
    while (accept("{"))
      ++depth;
    if (!parseInitialiserElement(variable, offset))
      return false;
    while (depth > 0 && accept("}"))
      --depth;
  } while (depth > 0 ? expect(",") : false);
  return failure.ok();
}

// A number, or the address of a variable: x, x+4, generic(x), generic(x)+4.
bool Parser::parseInitialiserElement(Variable &variable, uint64_t &offset) {
  unsigned width = bitsOf(variable.type) / 8;
  if (offset + width > variable.content.size())
    return refuse("more initial values than '" + std::string(variable.name) +
                  "' has room for");
  if (peek().kind == Token::Kind::Word) {
    bool generic = peek().is("generic") && peek(1).is("(");
    if (generic)
      position += 2;
    Variable::Relocation relocation{offset, next().text, 0};
    if ((generic && !expect(")")) ||
        (accept("+") && !parseInteger(relocation.addend)))
      return false;
    if (width != 8)
      return refuse("an address needs 8 bytes");
    variable.relocations.push_back(relocation);
  } else {
    Operand number;
    if (!parseNumber(number))
      return false;
    double wide;
    std::memcpy(&wide, &number.value, 8);
    float narrow = float(wide);
    bool narrowed =
        number.kind == Operand::Kind::Real && variable.type == Type::F32;
    std::memcpy(variable.content.data() + offset,
                narrowed ? static_cast<void *>(&narrow) : &number.value, width);
  }
  offset += width;
  return true;
}

bool Parser::parseParameters(std::vector<Variable> &into) {
  if (!expect("("))
    return false;
  while (!accept(")")) {
    if (!into.empty() && !expect(","))
      return false;
    into.emplace_back();
    if (!parseParameter(into.back()))
      return false;
  }
  return true;
}

bool Parser::parseParameter(Variable &parameter) {
  if (!peek().is(".param") && !peek().is(".reg"))
    return refuse("a parameter is a .param or a .reg");
  parameter.space = next().is(".reg") ? Space::Reg : Space::Param;
  uint64_t vector = 1;
  return parseVariableHead(parameter, vector) &&
         parseVariable(parameter, vector);
}
