// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Decoder.h"
#include "runtime/device/sim/Windows.h"

#include <charconv>

using namespace gan::sim;

// As ptxas has it: a launch has to ask for more.
constexpr uint32_t kMostShared = 48 * 1024;

bool Decoder::refuse(const std::string &sentence) {
  int line = current ? current->line : 0;
  if (failure.ok())
    failure = Status(Code::Damaged, sentence,
                     module.file + ":" + std::to_string(line));
  return false;
}

// "sm_90a" is 90.
static unsigned architectureOf(std::string_view target) {
  unsigned number = 0;
  if (target.starts_with("sm_"))
    std::from_chars(target.data() + 3, target.data() + target.size(), number);
  return number;
}

Status Decoder::run(std::string_view entry) {
  const Function *function = module.find(entry);
  if (!function || !function->isEntry)
    return Status(Code::NotFound,
                  "there is no kernel '" + std::string(entry) + "'",
                  module.file);
  program.name = entry;
  program.file = module.file;
  program.sourceFiles = module.sourceFiles;
  program.maxThreads = function->maxThreads;
  program.requiredThreads = function->requiredThreads;
  program.architecture = architectureOf(module.target);
  openScope(-1);
  declareParameters(*function);
  if (!emitFunction(*function))
    return failure;
  if (program.sharedBytes > kMostShared)
    return Status(Code::Damaged,
                  "a kernel has at most " + std::to_string(kMostShared) +
                      " bytes of variables in shared memory, found " +
                      std::to_string(program.sharedBytes) +
                      "; what is more is an extern array",
                  module.file + ":" + std::to_string(function->line));
  placeDynamicShared();
  return Status();
}

// The body with its labels; `returns` is null for the kernel itself.
bool Decoder::emitFunction(const Function &function) {
  std::vector<Fixup> own;
  std::vector<Fixup> *outer = std::exchange(fixups, &own);
  calls.push_back(&function);
  for (const Statement &statement : function.statements)
    if (!emitStatement(statement))
      return false;
  // Whoever runs past the end returns.
  Statement end;
  end.line = function.statements.empty() ? function.line
                                         : function.statements.back().line;
  if (!returns)
    push(end, {}).flow = Flow::Exit;
  calls.pop_back();
  fixups = outer;
  return resolve(own);
}

bool Decoder::resolve(const std::vector<Fixup> &own) {
  for (const Fixup &fixup : own) {
    int at = fixup.scope;
    while (at >= 0 && !scopes[at].labels.contains(fixup.label))
      at = scopes[at].parent;
    current = fixup.statement;
    if (at < 0)
      return refuse("there is no label '" + std::string(fixup.label) + "'");
    uint32_t target = scopes[at].labels[fixup.label];
    if (fixup.entry > 0)
      program.pool[fixup.entry - 1] = target;
    else
      program.code[fixup.inst].target = target;
  }
  return true;
}

bool Decoder::emitStatement(const Statement &statement) {
  current = &statement;
  switch (statement.kind) {
  case Statement::Kind::OpenScope:
    openScope(scope);
    return true;
  case Statement::Kind::CloseScope:
    scope = scopes[scope].parent;
    return true;
  case Statement::Kind::Label:
    if (!scopes[scope]
             .labels.emplace(statement.word, program.code.size())
             .second)
      return refuse("label '" + std::string(statement.word) +
                    "' is defined twice");
    return true;
  case Statement::Kind::Targets:
    scopes[scope].targets[statement.word] = &statement;
    return true;
  case Statement::Kind::Registers:
    return declareRegisters(statement);
  case Statement::Kind::Variable:
    return declareVariables(statement);
  case Statement::Kind::Instruction:
    break;
  }
  if (statement.word == "call" || statement.word == "call.uni")
    return emitCall(statement);
  if (statement.word == "ret" || statement.word == "ret.uni")
    return emitReturn(statement);
  return emitInstruction(statement);
}

Inst &Decoder::push(const Statement &statement, Inst inst) {
  program.code.push_back(inst);
  program.origins.push_back({statement.line, statement.source});
  return program.code.back();
}

bool Decoder::setGuard(const Statement &statement, Inst &inst) {
  if (statement.guard.empty())
    return true;
  Register single;
  const Register *found = findRegister(statement.guard, single);
  if (!found || found->type != Type::Pred)
    return refuse("'" + std::string(statement.guard) +
                  "' is not a predicate register");
  inst.guard = found->slot;
  inst.guardNegated = statement.guardNegated;
  return true;
}

// In the kernel a return ends the thread, in a function it jumps to the end.
bool Decoder::emitReturn(const Statement &statement) {
  Inst inst;
  inst.group = Class::Control;
  if (!setGuard(statement, inst))
    return false;
  inst.flow = returns ? Flow::Branch : Flow::Exit;
  if (returns)
    returns->push_back(program.code.size());
  push(statement, inst);
  return true;
}

bool Decoder::emitInstruction(const Statement &statement) {
  bool opcodeKnown = false;
  Match found = matchForm(statement.word, opcodeKnown);
  if (!found.form)
    return refuse(
        opcodeKnown
            ? "the simulator knows no such form of this instruction: '" +
                  std::string(statement.word) + "'"
            : "the simulator does not know the instruction '" +
                  std::string(statement.word) + "'");
  Inst inst;
  inst.group = found.form->group;
  inst.flow = found.form->flow;
  if (!setGuard(statement, inst) || !decodeOperands(statement, found, inst))
    return false;
  if (found.form->select && !found.form->select(found, inst))
    return refuse("there is no such combination of modifiers: '" +
                  std::string(statement.word) + "'");
  if (inst.moves) {
    inst.d = program.pool[inst.list];
    inst.a = program.pool[inst.list + 1];
  }
  noteEffects(found, inst);
  push(statement, inst);
  return true;
}

// What the launch has to know of the program as a whole.
void Decoder::noteEffects(const Match &match, const Inst &inst) {
  bool outside = inst.space == Space::Global || inst.space == Space::Generic;
  bool ordered = !match.oneOf(".volatile .relaxed .acquire .release").empty();
  if (inst.group == Class::Atomic || ordered)
    program.communicates |= outside;
  program.copiesAsync |= inst.group == Class::Async;
  program.hasAsyncProxy |= match.form->opcode == "wgmma" || match.has(".bulk");
}

Result<Program> gan::sim::decode(const Module &module, std::string_view entry,
                                 const Symbols &symbols) {
  Decoder decoder(module, symbols);
  Status status = decoder.run(entry);
  if (!status.ok())
    return status;
  return decoder.take();
}
