// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one list of the instructions that the simulator knows: what it accepts,
// what it executes and what `gan-sim --instructions` prints come from it.
#ifndef GAN_RUNTIME_DEVICE_SIM_FORMS_H
#define GAN_RUNTIME_DEVICE_SIM_FORMS_H

#include "runtime/device/sim/Program.h"

#include <span>

namespace gan::sim {

struct Form;

/// An opcode matched against a form.
struct Match {
  const Form *form = nullptr;
  std::vector<std::string_view> taken; // the modifiers, in order
  std::vector<Type> types;             // those that are types

  bool has(std::string_view modifier) const;
  /// The first of the modifiers that occurs in the space-separated `choices`,
  /// or empty.
  std::string_view oneOf(std::string_view choices) const;
};

/// Gives `inst` its handler and what else it needs; false where this
/// combination of modifiers does not exist.
using Select = bool (*)(const Match &, Inst &);

/// `modifiers`: groups, separated by spaces, of alternatives, separated by '|';
/// a group with '?' at its end may be absent; "@name" stands for a set of types
/// (`typeSet`).
///
/// `operands`: one item each, a role and a type:
///   roles  d result        s source       P result|predicate
///          m address       l label        i immediate number
///          V result or {results}          v source or {sources}
///          n second address       t address, {coordinates}
///          b address of an mbarrier
///   types  0-3 the n-th type of the opcode, wN twice as wide, rN that or wider
///          p predicate, h 16, u 32, q 64 bits, * any
/// and '?' at the end of an operand that may be absent.
struct Form {
  std::string_view opcode;
  std::string_view modifiers;
  std::string_view operands;
  Class group;
  Flow flow;
  Select select;
};

std::span<const Form> forms();

/// The alternatives of "@int" and the like, separated by '|'.
std::string_view typeSet(std::string_view name);

/// Matches "ld.global.v4.f32" and the like; no form where there is none that
/// fits. `opcodeKnown` tells whether the bare opcode is in the list.
Match matchForm(std::string_view word, bool &opcodeKnown);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_FORMS_H
