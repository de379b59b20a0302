// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Decoder.h"
#include "runtime/device/sim/Specials.h"
#include "runtime/device/sim/exec/Families.h"

#include <algorithm>

using namespace gan::sim;

Slot Decoder::special(std::string_view name, unsigned &bits) {
  const SpecialName *found = findSpecial(name);
  if (!found)
    return kNoSlot;
  bits = found->bits;
  readsClock |= found->what == Special::Clock;
  auto [place, isNew] =
      specials.try_emplace({found->what, found->bits}, kNoSlot);
  if (isNew) {
    place->second = allocate(found->bits);
    program.specials.push_back(
        {place->second, found->what, uint8_t(found->bits)});
  }
  return place->second;
}

Slot Decoder::complement(Slot predicate) {
  Slot slot = allocate(1);
  Inst inst;
  inst.group = Class::Integer;
  inst.d = slot;
  inst.a = predicate;
  inst.run = complementHandler();
  // Under the same guard it would leave the other lanes stale, which nobody
  // reads.
  push(*current, inst);
  return slot;
}

namespace {
/// The parts of: call (results), name, (arguments);
struct CallParts {
  const Operand *results = nullptr;
  std::string_view name;
  const Operand *arguments = nullptr;
};
} // namespace

static CallParts partsOf(const Statement &statement) {
  CallParts parts;
  for (const Operand &operand : statement.operands) {
    if (operand.kind == Operand::Kind::Name && parts.name.empty())
      parts.name = operand.name;
    else if (operand.kind == Operand::Kind::List)
      (parts.name.empty() ? parts.results : parts.arguments) = &operand;
  }
  return parts;
}

// The body of the callee in place of the call; its `ret`s jump behind it.
bool Decoder::emitCall(const Statement &statement) {
  CallParts parts = partsOf(statement);
  if (parts.name == "__assertfail")
    return emitTrap(statement);
  const Function *callee = module.find(parts.name);
  if (!callee || callee->isEntry)
    return refuse("the function '" + std::string(parts.name) +
                  "' that is called has no body here");
  if (std::find(calls.begin(), calls.end(), callee) != calls.end())
    return refuse("'" + std::string(parts.name) +
                  "' calls itself, which the simulator cannot do");
  if (program.code.size() > (1u << 18))
    return refuse("the kernel is too long once its calls are inlined");
  // Lanes without the call go around it.
  Inst around;
  around.flow = Flow::Branch;
  around.group = Class::Control;
  if (!setGuard(statement, around))
    return false;
  around.guardNegated = !around.guardNegated;
  size_t aroundAt = program.code.size();
  if (around.guard != kNoSlot)
    push(statement, around);

  int outer = scope;
  scopes.emplace_back();
  int inner = int(scopes.size()) - 1;
  if (!bindCall(statement, *callee, inner))
    return false;
  std::vector<size_t> own;
  std::vector<size_t> *outerReturns = std::exchange(returns, &own);
  scope = inner;
  bool emitted = emitFunction(*callee);
  scope = outer;
  returns = outerReturns;
  current = &statement;
  if (!emitted)
    return false;
  for (size_t at : own)
    program.code[at].target = uint32_t(program.code.size());
  if (!copyResults(statement, *callee, inner))
    return false;
  if (around.guard != kNoSlot)
    program.code[aroundAt].target = uint32_t(program.code.size());
  return true;
}

bool Decoder::emitTrap(const Statement &statement) {
  Inst inst;
  inst.flow = Flow::Trap;
  inst.group = Class::Control;
  inst.aux = 1; // an assertion of the program
  if (!setGuard(statement, inst))
    return false;
  push(statement, inst);
  return true;
}

bool Decoder::bindCall(const Statement &statement, const Function &callee,
                       int inner) {
  CallParts parts = partsOf(statement);
  size_t results = parts.results ? parts.results->elements.size() : 0;
  size_t arguments = parts.arguments ? parts.arguments->elements.size() : 0;
  if (results != callee.results.size() || arguments != callee.parameters.size())
    return refuse(
        "'" + std::string(parts.name) + "' takes " +
        std::to_string(callee.parameters.size()) + " arguments and returns " +
        std::to_string(callee.results.size()) + ", the call says otherwise");
  for (size_t i = 0; i < results; ++i)
    if (!bindParameter(statement, callee.results[i], parts.results->elements[i],
                       inner, /*copyIn=*/false))
      return false;
  for (size_t i = 0; i < arguments; ++i)
    if (!bindParameter(statement, callee.parameters[i],
                       parts.arguments->elements[i], inner, /*copyIn=*/true))
      return false;
  return true;
}

// A .param is the caller's variable itself: the callee only reads arguments.
bool Decoder::bindParameter(const Statement &statement, const Variable &formal,
                            const Operand &actual, int inner, bool copyIn) {
  if (formal.space == Space::Param) {
    std::optional<Place> place = findVariable(actual.name);
    if (!place)
      return refuse("'" + std::string(actual.name) + "' is not declared");
    scopes[inner].variables[formal.name] = *place;
    return true;
  }
  unsigned bits = bitsOf(formal.type);
  Register entry{allocate(bits), formal.type, -1};
  scopes[inner].registers[formal.name] = entry;
  if (!copyIn)
    return true;
  Slot from = kNoSlot;
  if (!decodeSource(actual, bits, /*wider=*/false, isFloat(formal.type), from))
    return false;
  copyRegister(statement, entry.slot, from, formal.type);
  return true;
}

void Decoder::copyRegister(const Statement &statement, Slot to, Slot from,
                           Type type) {
  Inst inst;
  inst.group = Class::Move;
  inst.run = moveHandler(bitsOf(type));
  inst.d = to;
  inst.a = from;
  push(statement, inst);
}

bool Decoder::copyResults(const Statement &statement, const Function &callee,
                          int inner) {
  CallParts parts = partsOf(statement);
  for (size_t i = 0; i < callee.results.size(); ++i) {
    const Variable &formal = callee.results[i];
    if (formal.space != Space::Reg)
      continue;
    Slot to = kNoSlot;
    if (!decodeResult(parts.results->elements[i], bitsOf(formal.type),
                      /*wider=*/false, to))
      return false;
    copyRegister(statement, to, scopes[inner].registers[formal.name].slot,
                 formal.type);
  }
  return true;
}
