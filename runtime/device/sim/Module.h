// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX as parsed: the file's declarations and, per function, its statements in
// order. Names are not resolved here; Decode.h does that.
#ifndef GAN_RUNTIME_DEVICE_SIM_MODULE_H
#define GAN_RUNTIME_DEVICE_SIM_MODULE_H

#include "runtime/device/sim/Types.h"

#include <memory>
#include <string>
#include <vector>

namespace gan::sim {

/// One operand as written.
struct Operand {
  enum class Kind : uint8_t {
    Name,    // %r1, %tid.x, a variable, a label; `negated` for !%p
    Integer, // `value`
    Real,    // `value` holds the bits of a double: 1.5, 0d3FF8000000000000
    Real32,  // `value` holds the bits of a float: 0f3FC00000
    Address, // [name+value] or [value]; `elements` what follows a comma inside
    Vector,  // {a, b}
    Pair,    // a|b
    List,    // (a, b): of a call
    Sink,    // _
  };
  Kind kind = Kind::Sink;
  bool negated = false;
  std::string_view name;
  int64_t value = 0;
  std::vector<Operand> elements;
};

/// A variable of any space but Reg, or a parameter (which may be in Reg).
struct Variable {
  struct Relocation { // the address of a variable inside an initialiser
    uint64_t offset;
    std::string_view name;
    int64_t addend;
  };
  std::string_view name;
  Space space = Space::Global;
  Type type = Type::B8;
  uint32_t align = 1;
  uint64_t bytes = 0; // 0: `extern .shared x[]`, the launch says
  bool external = false;
  bool initialised = false;
  std::vector<std::byte> content; // of `bytes` where initialised
  std::vector<Relocation> relocations;
  int line = 0;
};

/// .reg .b32 %r<9>; count is then 9, and -1 for a single name.
struct Registers {
  std::string_view name;
  Type type;
  int64_t count;
};

/// `.loc`: the line of the program that PTX was made from.
struct SourceLine {
  uint32_t file = 0; // 0: none
  uint32_t line = 0;
};

struct Statement {
  enum class Kind : uint8_t {
    Instruction,
    Label,
    OpenScope,
    CloseScope,
    Registers,
    Variable,
    Targets, // L: .branchtargets A, B; and `.calltargets`
  };
  Kind kind = Kind::Instruction;
  int line = 0;
  SourceLine source;
  std::string_view guard; // empty: none
  bool guardNegated = false;
  std::string_view word; // opcode with modifiers, or label
  std::vector<Operand> operands;
  std::vector<Registers> registers;
  std::vector<Variable> variables;
};

struct Function {
  std::string_view name;
  bool isEntry = false;
  bool hasBody = false;
  int line = 0;
  std::vector<Variable> results;
  std::vector<Variable> parameters;
  std::vector<Statement> statements;
  Dim3 maxThreads = {0, 0, 0};      // .maxntid; zero: not said
  Dim3 requiredThreads = {0, 0, 0}; // .reqntid
};

/// A parsed file. Every string_view points into `text`, which moves with it.
struct Module {
  std::string file;                  // for messages
  std::unique_ptr<std::string> text; // the PTX
  std::string_view target;           // "sm_80"
  std::vector<Variable> variables;
  std::vector<Function> functions;
  std::vector<std::string> sourceFiles; // index: number of `.file`

  /// The function with a body of that name, or null.
  const Function *find(std::string_view name) const;
};

/// Parses PTX. `Damaged` with "FILE:LINE" for what is not PTX or is not known.
Result<Module> parseModule(std::string text, std::string file);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_MODULE_H
