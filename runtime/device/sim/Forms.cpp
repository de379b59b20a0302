// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Forms.h"

#include <utility>

using namespace gan::sim;

// Cuts the text before the first `mark` off and returns it.
static std::string_view cut(std::string_view &text, char mark) {
  size_t end = std::min(text.find(mark), text.size());
  std::string_view head = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

static bool contains(std::string_view alternatives, std::string_view piece) {
  while (!alternatives.empty()) {
    std::string_view one = cut(alternatives, '|');
    if (one == piece || (one.starts_with('@') && contains(typeSet(one), piece)))
      return true;
  }
  return false;
}

bool Match::has(std::string_view modifier) const {
  for (std::string_view one : taken)
    if (one == modifier)
      return true;
  return false;
}

std::string_view Match::oneOf(std::string_view choices) const {
  while (!choices.empty()) {
    std::string_view choice = cut(choices, ' ');
    if (has(choice))
      return choice;
  }
  return {};
}

std::string_view gan::sim::typeSet(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> sets[] = {
      {"@int", ".u16|.u32|.u64|.s16|.s32|.s64"},
      {"@wide", ".u32|.u64|.s32|.s64"},
      {"@bits", ".b16|.b32|.b64"},
      {"@half", ".f16|.f16x2|.bf16|.bf16x2"},
      {"@any", ".b16|.b32|.b64|.u16|.u32|.u64|.s16|.s32|.s64|.f32|.f64"},
      {"@mem", ".b8|.u8|.s8|.b16|.u16|.s16|.b32|.u32|.s32|.b64|.u64|.s64|"
               ".f32|.f64|.b128|.f16|.f16x2|.bf16|.bf16x2"},
      {"@round", ".rn|.rz|.rm|.rp"},
      {"@space", ".global|.shared|.shared::cta|.local|.const|.param|"
                 ".param::entry|.param::func"},
      {"@scope", ".cta|.cluster|.gpu|.sys"},
      {"@cvt", ".u8|.u16|.u32|.u64|.s8|.s16|.s32|.s64|.f16|.bf16|.f32|.f64"},
      {"@cmp", ".eq|.ne|.lt|.le|.gt|.ge|.lo|.ls|.hi|.hs|.equ|.neu|.ltu|.leu|"
               ".gtu|.geu|.num|.nan"},
      {"@evict", ".L1::evict_normal|.L1::evict_unchanged|.L1::evict_first|"
                 ".L1::evict_last|.L1::no_allocate|.L2::evict_last|"
                 ".L2::evict_normal|.L2::evict_first"},
      {"@wgmma", ".m64n8k8|.m64n16k8|.m64n24k8|.m64n32k8|.m64n40k8|"
                 ".m64n48k8|.m64n56k8|.m64n64k8|.m64n72k8|.m64n80k8|"
                 ".m64n88k8|.m64n96k8|.m64n104k8|.m64n112k8|.m64n120k8|"
                 ".m64n128k8|.m64n136k8|.m64n144k8|.m64n152k8|.m64n160k8|"
                 ".m64n168k8|.m64n176k8|.m64n184k8|.m64n192k8|.m64n200k8|"
                 ".m64n208k8|.m64n216k8|.m64n224k8|.m64n232k8|.m64n240k8|"
                 ".m64n248k8|.m64n256k8|.m64n8k16|.m64n16k16|.m64n24k16|"
                 ".m64n32k16|.m64n40k16|.m64n48k16|.m64n56k16|.m64n64k16|"
                 ".m64n72k16|.m64n80k16|.m64n88k16|.m64n96k16|.m64n104k16|"
                 ".m64n112k16|.m64n120k16|.m64n128k16|.m64n136k16|"
                 ".m64n144k16|.m64n152k16|.m64n160k16|.m64n168k16|"
                 ".m64n176k16|.m64n184k16|.m64n192k16|.m64n200k16|"
                 ".m64n208k16|.m64n216k16|.m64n224k16|.m64n232k16|"
                 ".m64n240k16|.m64n248k16|.m64n256k16"},
      {"@prefetch", ".L2::64B|.L2::128B|.L2::256B"},
  };
  for (auto [key, alternatives] : sets)
    if (key == name)
      return alternatives;
  return {};
}

// Takes the pieces of the opcode group by group; PTX fixes their order.
static bool matches(const Form &form, std::string_view pieces, Match &match) {
  match = {&form, {}, {}};
  std::string_view groups = form.modifiers;
  std::string_view piece;
  auto next = [&] {
    size_t end =
        pieces.empty() ? 0 : std::min(pieces.find('.', 1), pieces.size());
    piece = pieces.substr(0, end);
    pieces.remove_prefix(end);
  };
  next();
  while (!groups.empty()) {
    std::string_view group = cut(groups, ' ');
    bool optional = group.ends_with('?');
    if (optional)
      group.remove_suffix(1);
    if (piece.empty() || !contains(group, piece)) {
      if (!optional)
        return false;
      continue;
    }
    match.taken.push_back(piece);
    if (std::optional<Type> type = typeNamed(piece))
      match.types.push_back(*type);
    next();
  }
  return piece.empty();
}

Match gan::sim::matchForm(std::string_view word, bool &opcodeKnown) {
  std::string_view opcode = word.substr(0, word.find('.'));
  std::string_view pieces = word.substr(opcode.size());
  opcodeKnown = false;
  Match match;
  for (const Form &form : forms()) {
    if (form.opcode != opcode)
      continue;
    opcodeKnown = true;
    if (matches(form, pieces, match))
      return match;
  }
  return {};
}
