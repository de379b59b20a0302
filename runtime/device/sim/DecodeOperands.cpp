// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Decoder.h"
#include "runtime/device/sim/Specials.h"

#include <bit>

using namespace gan::sim;

namespace {
/// One item of Form::operands, taken apart.
struct Item {
  char role;
  unsigned bits; // 0: any
  bool wider;    // the register may be wider than that
  bool real;     // the type is a floating-point one
  bool optional;
};
} // namespace

static Item parseItem(std::string_view text, const Match &match) {
  Item item{text[0], 0, false, false, text.ends_with('?')};
  size_t at = 1;
  bool doubled = text[at] == 'w';
  item.wider = text[at] == 'r';
  at += doubled || item.wider;
  constexpr std::pair<char, unsigned> fixed[] = {
      {'p', 1}, {'h', 16}, {'u', 32}, {'q', 64}, {'*', 0}};
  for (auto [code, bits] : fixed)
    if (text[at] == code)
      item.bits = bits;
  if (text[at] >= '0' && text[at] <= '3') {
    Type type = match.types[size_t(text[at] - '0')];
    item.bits = bitsOf(type) * (doubled ? 2 : 1);
    item.real = isFloat(type);
  }
  return item;
}

// "d0 s0 s0": operands in order, optional ones last.
bool Decoder::decodeOperands(const Statement &statement, const Match &found,
                             Inst &inst) {
  match = &found;
  vectors = 0;
  widths.clear();
  readsClock = false;
  anyBits = 32;
  inst.list = uint32_t(program.pool.size());
  std::string_view items = found.form->operands;
  size_t taken = 0;
  while (!items.empty()) {
    size_t end = std::min(items.find(' '), items.size());
    std::string_view item = items.substr(0, end);
    items.remove_prefix(std::min(end + 1, items.size()));
    if (taken == statement.operands.size()) {
      if (item.ends_with('?'))
        continue;
      return refuse("'" + std::string(statement.word) +
                    "' needs more operands");
    }
    if (!decodeOperand(item, statement.operands[taken++], inst))
      return false;
  }
  for (size_t i = 0; i < std::min(widths.size(), std::size(inst.bits)); ++i)
    inst.bits[i] = widths[i];
  if (readsClock && inst.flow == Flow::Plain)
    inst.flow = Flow::Clock;
  return taken == statement.operands.size() ||
         refuse("'" + std::string(statement.word) + "' has too many operands");
}

// Puts a source into the first free of a, b, c and f.
static Slot &freeSource(Inst &inst) {
  for (Slot *slot : {&inst.a, &inst.b, &inst.c})
    if (*slot == kNoSlot)
      return *slot;
  return inst.f;
}

bool Decoder::decodeOperand(std::string_view text, const Operand &operand,
                            Inst &inst) {
  Item item = parseItem(text, *match);
  switch (item.role) {
  case 'd':
    return decodeResult(operand, item.bits, item.wider, inst.d);
  case 's':
    return decodeSource(operand, item.bits, item.wider, item.real,
                        freeSource(inst));
  case 'P':
    return decodePair(operand, item.bits, item.wider, inst);
  case 'm':
    return decodeAddress(operand, inst);
  case 'l':
    return decodeLabel(operand, inst);
  case 'V':
  case 'v':
    return decodeVector(operand, item.bits, item.wider, item.real,
                        /*result=*/item.role == 'V', inst);
  case 'n': // a second address, always in a register or a variable
  case 't':
    return decodeSecondAddress(operand, inst);
  case 'b':
    return decodeMbarrier(operand, inst);
  default: // 'i'
    (inst.m == kNoSlot ? inst.imm : inst.imm2) = operand.value;
    return operand.kind == Operand::Kind::Integer ||
           refuse("this operand has to be a number");
  }
}

bool Decoder::decodeResult(const Operand &operand, unsigned bits, bool wider,
                           Slot &slot) {
  if (operand.kind == Operand::Kind::Sink) {
    slot = kSink;
    return true;
  }
  Register single;
  const Register *found = operand.kind == Operand::Kind::Name
                              ? findRegister(operand.name, single)
                              : nullptr;
  if (!found)
    return refuse("'" + std::string(operand.name) +
                  "' is not a register that is declared");
  unsigned has = bitsOf(found->type);
  if (bits != 0 && has != bits && !(wider && has > bits && has > 1))
    return refuse("register '" + std::string(operand.name) + "' has " +
                  std::to_string(has) + " bits, the instruction needs " +
                  std::to_string(bits));
  slot = found->slot;
  widths.push_back(uint8_t(has));
  return true;
}

Slot Decoder::constant(unsigned bits, uint64_t value) {
  if (bits < 64)
    value &= (uint64_t(1) << bits) - 1;
  auto [place, isNew] = constants.try_emplace({bits, value}, kNoSlot);
  if (isNew) {
    place->second = allocate(bits);
    program.constants.push_back({place->second, uint8_t(bits), value});
  }
  return place->second;
}

// The bits of a number as a constant of so many bits.
static uint64_t bitsOfNumber(const Operand &operand, unsigned bits) {
  if (operand.kind == Operand::Kind::Real && bits == 32)
    return std::bit_cast<uint32_t>(
        float(std::bit_cast<double>(uint64_t(operand.value))));
  return uint64_t(operand.value);
}

bool Decoder::decodeSource(const Operand &operand, unsigned bits, bool wider,
                           bool real, Slot &slot) {
  if (operand.kind == Operand::Kind::Integer ||
      operand.kind == Operand::Kind::Real ||
      operand.kind == Operand::Kind::Real32) {
    unsigned width = bits == 0 ? anyBits : std::max(bits, bits == 1 ? 1u : 16u);
    if ((operand.kind == Operand::Kind::Integer && real && operand.value) ||
        (operand.kind == Operand::Kind::Real32 && width != 32) ||
        (operand.kind == Operand::Kind::Real && width < 32))
      return refuse("this number does not fit the type of the instruction");
    slot = constant(width, bitsOfNumber(operand, width));
    widths.push_back(uint8_t(width));
    return true;
  }
  if (operand.kind != Operand::Kind::Name)
    return refuse("expected a register or a number as operand");
  Register single;
  if (findRegister(operand.name, single)) {
    if (!decodeResult(operand, bits, wider, slot))
      return false;
    // !%p: the complement is computed into a slot of its own.
    if (operand.negated)
      slot = complement(slot);
    return true;
  }
  unsigned has = 0;
  if (operand.name.starts_with('%') &&
      (slot = special(operand.name, has)) != kNoSlot) {
    widths.push_back(uint8_t(has));
    return bits == 0 || has == bits ||
           refuse("'" + std::string(operand.name) + "' has " +
                  std::to_string(has) + " bits, the instruction needs " +
                  std::to_string(bits));
  }
  return decodeVariable(operand, bits, slot);
}

// mov.u64 %rd, x+4: an address as a constant.
bool Decoder::decodeVariable(const Operand &operand, unsigned bits,
                             Slot &slot) {
  std::optional<Place> place = findVariable(operand.name);
  if (!place)
    return refuse("'" + std::string(operand.name) + "' is not declared");
  unsigned width = bits == 0 ? anyBits : bits;
  if (width < 32)
    return refuse("an address does not fit into " + std::to_string(width) +
                  " bits");
  widths.push_back(uint8_t(width));
  slot = addressConstant(*place, operand.value, width);
  return true;
}

Slot Decoder::addressConstant(const Place &place, int64_t addend,
                              unsigned bits) {
  if (!place.dynamic)
    return constant(bits, uint64_t(place.offset + addend));
  Slot slot = allocate(bits);
  dynamicConstants.push_back({program.constants.size(), addend});
  program.constants.push_back({slot, uint8_t(bits), 0});
  return slot;
}

// d|p of setp, shfl and others; where p is missing it goes nowhere.
bool Decoder::decodePair(const Operand &operand, unsigned bits, bool wider,
                         Inst &inst) {
  if (operand.kind != Operand::Kind::Pair)
    return decodeResult(operand, bits, wider, inst.d);
  return decodeResult(operand.elements[0], bits, wider, inst.d) &&
         decodeResult(operand.elements[1], 1, /*wider=*/false, inst.e);
}

bool Decoder::decodeVector(const Operand &operand, unsigned bits, bool wider,
                           bool real, bool result, Inst &inst) {
  const Operand *elements = &operand;
  size_t count = 1;
  if (operand.kind == Operand::Kind::Vector) {
    elements = operand.elements.data();
    count = operand.elements.size();
  }
  if (count > 255 || vectors >= std::size(inst.counts))
    return refuse("this vector has too many elements");
  inst.counts[vectors++] = uint8_t(count);
  anyBits = bits == 0 && !match->types.empty() && count > 0
                ? unsigned(bitsOf(match->types[0]) / count)
                : 32;
  unsigned common = wider ? commonWidth({elements, count}, bits) : bits;
  for (size_t i = 0; i < count; ++i) {
    Slot slot = kSink;
    if (!(result
              ? decodeResult(elements[i], common, /*wider=*/false, slot)
              : decodeSource(elements[i], common, /*wider=*/false, real, slot)))
      return false;
    program.pool.push_back(slot);
  }
  return true;
}

// Where registers may be wider than `bits`, the first one says how wide all
// elements are, numbers too.
unsigned Decoder::commonWidth(std::span<const Operand> elements,
                              unsigned bits) const {
  Register single;
  for (const Operand &element : elements)
    if (const Register *found = findRegister(element.name, single))
      return std::max(bits, bitsOf(found->type));
  return bits;
}

bool Decoder::decodeAddress(const Operand &operand, Inst &inst) {
  if (operand.kind != Operand::Kind::Address)
    return refuse("this operand has to be an address in brackets");
  inst.imm = operand.value;
  for (const Operand &element : operand.elements)
    if (!decodeVector(element, 32, false, false, /*result=*/false, inst))
      return false;
  Register single;
  if (operand.name.empty()) {
    inst.m = constant(64, 0);
    inst.addressBits = 64;
    return true;
  }
  if (const Register *found = findRegister(operand.name, single)) {
    inst.m = found->slot;
    inst.addressBits = uint8_t(bitsOf(found->type));
    return inst.addressBits >= 32 ||
           refuse("an address needs a register of 32 or 64 bits");
  }
  std::optional<Place> place = findVariable(operand.name);
  if (!place)
    return refuse("'" + std::string(operand.name) + "' is not declared");
  inst.m = addressConstant(*place, 0, 64);
  inst.addressBits = 64;
  inst.variableSpace = place->space;
  return true;
}

// The first address keeps its place in the instruction, this one goes to `a`.
bool Decoder::decodeSecondAddress(const Operand &operand, Inst &inst) {
  Inst second;
  if (!decodeAddress(operand, second))
    return false;
  if (second.addressBits != 64)
    return refuse("this address needs a register of 64 bits");
  inst.a = second.m;
  inst.immSource = second.imm;
  std::copy(std::begin(second.counts), std::end(second.counts), inst.counts);
  return true;
}

bool Decoder::decodeMbarrier(const Operand &operand, Inst &inst) {
  Inst third;
  if (!decodeAddress(operand, third))
    return false;
  inst.b = third.m;
  inst.imm2 = third.imm;
  inst.aux = third.addressBits == 64 ? kWideBarrier : 0;
  return true;
}

bool Decoder::decodeLabel(const Operand &operand, Inst &inst) {
  if (operand.kind != Operand::Kind::Name)
    return refuse("this operand has to be a label");
  for (int at = scope; at >= 0; at = scopes[at].parent) {
    auto targets = scopes[at].targets.find(operand.name);
    if (inst.flow != Flow::BranchTable || targets == scopes[at].targets.end())
      continue;
    for (const Operand &label : targets->second->operands) {
      program.pool.push_back(0);
      fixups->push_back({label.name, scope, current, 0, program.pool.size()});
    }
    inst.aux = uint32_t(targets->second->operands.size());
    return true;
  }
  if (inst.flow == Flow::BranchTable)
    return refuse("there is no .branchtargets '" + std::string(operand.name) +
                  "' before this line");
  fixups->push_back({operand.name, scope, current, program.code.size()});
  return true;
}
