// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The special registers of PTX that keep their value while a warp runs.
#ifndef GAN_RUNTIME_DEVICE_SIM_SPECIALS_H
#define GAN_RUNTIME_DEVICE_SIM_SPECIALS_H

#include "runtime/device/sim/Program.h"

namespace gan::sim {

struct SpecialName {
  std::string_view name;
  Special what;
  unsigned bits;
};

/// The special register of that name, or null.
const SpecialName *findSpecial(std::string_view name);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_SPECIALS_H
