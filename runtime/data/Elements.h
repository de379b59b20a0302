// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Values of an element type that is known only when the program runs.
#ifndef GAN_RUNTIME_DATA_ELEMENTS_H
#define GAN_RUNTIME_DATA_ELEMENTS_H

#include "runtime/format/Executable_generated.h"

#include <cstddef>
#include <span>

namespace gan::runtime {

/// Writes `value`, rounded once to `type`, as element `index` of `out`.
void storeElement(format::ElementType type, std::span<std::byte> out,
                  size_t index, double value);

/// Element `index` of `bytes`; integers beyond 2^53 are rounded.
double loadElement(format::ElementType type, std::span<const std::byte> bytes,
                   size_t index);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_ELEMENTS_H
