// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The decoder; a class only so that its parts can live in several files: flow
// (Decode.cpp), names (DecodeNames.cpp), operands (DecodeOperands.cpp) and
// calls (DecodeCalls.cpp).
#ifndef GAN_RUNTIME_DEVICE_SIM_DECODER_H
#define GAN_RUNTIME_DEVICE_SIM_DECODER_H

#include "runtime/device/sim/Decode.h"
#include "runtime/device/sim/Forms.h"

#include <span>

namespace gan::sim {

class Decoder {
public:
  Decoder(const Module &module, const Symbols &symbols)
      : module(module), symbols(symbols) {}
  Status run(std::string_view entry);
  Program take() { return std::move(program); }

private:
  struct Register {
    Slot slot = kNoSlot;
    Type type = Type::B32;
    int64_t count = -1; // of %r<9>; -1: a single one
  };
  /// Where a variable lies in its space.
  struct Place {
    Space space = Space::Global;
    int64_t offset = 0;
    bool dynamic = false; // behind the static shared memory
  };
  struct Scope {
    int parent = -1;
    std::map<std::string_view, Register> registers;
    std::map<std::string_view, Place> variables;
    std::map<std::string_view, uint32_t> labels;
    std::map<std::string_view, const Statement *> targets;
  };
  /// A label that was used before it was seen.
  struct Fixup {
    std::string_view label;
    int scope;
    const Statement *statement;
    size_t inst;      // whose `target` it is, or
    size_t entry = 0; // the place in the pool, plus one
  };

  // Flow.
  bool emitFunction(const Function &function);
  bool emitStatement(const Statement &statement);
  bool emitInstruction(const Statement &statement);
  bool emitReturn(const Statement &statement);
  bool resolve(const std::vector<Fixup> &fixups);
  Inst &push(const Statement &statement, Inst inst);
  bool setGuard(const Statement &statement, Inst &inst);
  void noteEffects(const Match &match, const Inst &inst);
  void placeDynamicShared();

  // Names.
  void openScope(int parent);
  bool declareRegisters(const Statement &statement);
  bool declareVariables(const Statement &statement);
  void declareParameters(const Function &entry);
  Place placeLocal(const Variable &variable);
  Place placeShared(const Variable &variable);
  const Register *findRegister(std::string_view name, Register &single) const;
  std::optional<Place> findVariable(std::string_view name);
  bool declareOnce(std::string_view name);

  // Operands.
  bool decodeOperands(const Statement &statement, const Match &match,
                      Inst &inst);
  bool decodeOperand(std::string_view item, const Operand &operand, Inst &inst);
  bool decodeResult(const Operand &operand, unsigned bits, bool wider,
                    Slot &slot);
  bool decodeSource(const Operand &operand, unsigned bits, bool wider,
                    bool real, Slot &slot);
  bool decodePair(const Operand &operand, unsigned bits, bool wider,
                  Inst &inst);
  bool decodeVector(const Operand &operand, unsigned bits, bool wider,
                    bool real, bool result, Inst &inst);
  unsigned commonWidth(std::span<const Operand> elements, unsigned bits) const;
  bool decodeAddress(const Operand &operand, Inst &inst);
  bool decodeSecondAddress(const Operand &operand, Inst &inst);
  bool decodeMbarrier(const Operand &operand, Inst &inst);
  bool decodeLabel(const Operand &operand, Inst &inst);
  bool decodeVariable(const Operand &operand, unsigned bits, Slot &slot);
  Slot constant(unsigned bits, uint64_t value);
  Slot addressConstant(const Place &place, int64_t addend, unsigned bits);
  Slot special(std::string_view name, unsigned &bits);
  Slot complement(Slot predicate);
  Slot allocate(unsigned bits);

  // Calls.
  bool emitCall(const Statement &statement);
  bool emitTrap(const Statement &statement);
  bool bindCall(const Statement &statement, const Function &callee, int inner);
  bool bindParameter(const Statement &statement, const Variable &formal,
                     const Operand &actual, int inner, bool copyIn);
  void copyRegister(const Statement &statement, Slot to, Slot from, Type type);
  bool copyResults(const Statement &statement, const Function &callee,
                   int inner);

  bool refuse(const std::string &sentence);

  const Module &module;
  const Symbols &symbols;
  Program program;
  std::vector<Scope> scopes;
  int scope = -1;
  std::vector<Fixup> *fixups = nullptr; // of the function being emitted
  std::vector<size_t> *returns =
      nullptr; // its jumps to its end; null in the entry
  std::vector<const Function *> calls;
  std::map<const Variable *, Place> shared;
  std::map<std::pair<unsigned, uint64_t>, Slot> constants;
  std::map<std::pair<Special, unsigned>, Slot> specials;
  std::vector<std::pair<size_t, int64_t>> dynamicConstants;
  uint32_t dynamicAlign = 16;  // of what lies behind static shared memory
  size_t vectors = 0;          // vector operands of the instruction so far
  std::vector<uint8_t> widths; // bits of its operands, in order
  bool readsClock = false;
  unsigned anyBits = 32; // of a number where the form says any width
  const Match *match = nullptr;
  const Statement *current = nullptr;
  Status failure;
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_DECODER_H
