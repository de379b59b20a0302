// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX text as tokens.
#ifndef GAN_RUNTIME_DEVICE_SIM_LEXER_H
#define GAN_RUNTIME_DEVICE_SIM_LEXER_H

#include "runtime/device/sim/Types.h"

#include <string>
#include <vector>

namespace gan::sim {

struct Token {
  enum class Kind : uint8_t {
    Word,      // name, opcode with its dots, label: %r1, ld.global.f32, $L_2
    Directive, // begins with a dot: .reg, .v4, .b32
    Number,    // 12, 0x1f, 0f3F800000, 1.5, 7U
    String,    // without its quotes
    Mark,      // one character of punctuation
    End,
  };
  Kind kind = Kind::End;
  std::string_view text;
  int line = 0;

  bool is(std::string_view expected) const {
    return text == expected && kind != Kind::String && kind != Kind::End;
  }
};

/// The tokens of `text`, `End` last. `Damaged` for a character that PTX does
/// not know, and for a comment or string that does not end.
Result<std::vector<Token>> tokenise(std::string_view text,
                                    const std::string &file);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_LEXER_H
