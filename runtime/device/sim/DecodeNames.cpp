// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Decoder.h"
#include "runtime/device/sim/Windows.h"

#include <charconv>

using namespace gan::sim;

constexpr uint32_t kMostLocalBytes = 512 << 10; // of every device

static uint32_t roundUp(uint64_t value, uint32_t to) {
  return uint32_t((value + to - 1) / to * to);
}

void Decoder::openScope(int parent) {
  scopes.emplace_back().parent = parent;
  scope = int(scopes.size()) - 1;
}

Slot Decoder::allocate(unsigned bits) {
  Slot slot = program.units;
  program.units += std::max(1u, bits / 16);
  return slot;
}

bool Decoder::declareOnce(std::string_view name) {
  if (scopes[scope].registers.contains(name) ||
      scopes[scope].variables.contains(name))
    return refuse("'" + std::string(name) + "' is declared twice");
  return true;
}

bool Decoder::declareRegisters(const Statement &statement) {
  for (const Registers &declared : statement.registers) {
    if (!declareOnce(declared.name))
      return false;
    unsigned bits = bitsOf(declared.type);
    Register entry{program.units, declared.type, declared.count};
    int64_t count = std::max<int64_t>(declared.count, 1);
    for (int64_t i = 0; i < count; ++i)
      allocate(bits);
    if (program.units > (1u << 24))
      return refuse("the kernel has too many registers");
    scopes[scope].registers[declared.name] = entry;
  }
  return true;
}

Decoder::Place Decoder::placeLocal(const Variable &variable) {
  program.localBytes = roundUp(program.localBytes, variable.align);
  Place place{Space::Local, program.localBytes};
  program.localBytes = uint32_t(program.localBytes + variable.bytes);
  return place;
}

// One place for each variable, however often its function is inlined.
Decoder::Place Decoder::placeShared(const Variable &variable) {
  auto found = shared.find(&variable);
  if (found != shared.end())
    return found->second;
  Place place{Space::Shared, 0, variable.bytes == 0};
  if (place.dynamic)
    dynamicAlign = std::max(dynamicAlign, variable.align);
  if (!place.dynamic) {
    program.sharedBytes = roundUp(program.sharedBytes, variable.align);
    place.offset = kSharedStart + program.sharedBytes;
    // Beyond what is refused in the end no more is counted.
    program.sharedBytes = uint32_t(
        std::min<uint64_t>(program.sharedBytes + variable.bytes, 1u << 30));
  }
  return shared[&variable] = place;
}

bool Decoder::declareVariables(const Statement &statement) {
  for (const Variable &variable : statement.variables) {
    if (!declareOnce(variable.name))
      return false;
    if (variable.space == Space::Local || variable.space == Space::Param) {
      scopes[scope].variables[variable.name] = placeLocal(variable);
      if (program.localBytes > kMostLocalBytes)
        return refuse("a thread has at most 512 KiB of local memory");
    } else if (variable.space == Space::Shared)
      scopes[scope].variables[variable.name] = placeShared(variable);
    else
      return refuse("a variable of this space belongs outside of functions");
  }
  return true;
}

void Decoder::declareParameters(const Function &entry) {
  for (const Variable &variable : entry.parameters) {
    uint32_t offset = roundUp(program.parameterBytes, variable.align);
    scopes[scope].variables[variable.name] = {Space::Param, offset};
    program.parameterBytes = uint32_t(offset + variable.bytes);
    program.parameters.push_back(
        {std::string(variable.name), offset, uint32_t(variable.bytes)});
  }
}

// %r7 of %r<9>: the digits count from the family's first slot.
const Decoder::Register *Decoder::findRegister(std::string_view name,
                                               Register &single) const {
  size_t digits = name.find_last_not_of("0123456789") + 1;
  int64_t number = -1;
  std::from_chars(name.data() + digits, name.data() + name.size(), number);
  for (int at = scope; at >= 0; at = scopes[at].parent) {
    auto exact = scopes[at].registers.find(name);
    if (exact != scopes[at].registers.end() && exact->second.count < 0)
      return &exact->second;
    auto family = scopes[at].registers.find(name.substr(0, digits));
    if (family == scopes[at].registers.end() || number < 0 ||
        number >= family->second.count)
      continue;
    single = family->second;
    unsigned units = std::max(1u, bitsOf(single.type) / 16);
    single.slot += uint32_t(number) * units;
    return &single;
  }
  return nullptr;
}

std::optional<Decoder::Place> Decoder::findVariable(std::string_view name) {
  for (int at = scope; at >= 0; at = scopes[at].parent) {
    auto found = scopes[at].variables.find(name);
    if (found != scopes[at].variables.end())
      return found->second;
  }
  for (const Variable &variable : module.variables)
    if (variable.space == Space::Shared && variable.name == name)
      return placeShared(variable);
  auto found = symbols.find(name);
  if (found == symbols.end())
    return std::nullopt;
  return Place{Space::Global, int64_t(found->second)};
}

// Dynamic shared memory begins where the static one ends.
void Decoder::placeDynamicShared() {
  program.sharedBytes = roundUp(program.sharedBytes, dynamicAlign);
  for (auto [index, addend] : dynamicConstants)
    program.constants[index].value =
        uint64_t(kSharedStart + program.sharedBytes + addend);
}
