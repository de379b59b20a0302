// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where in the source something comes from, in words.
#ifndef GAN_PASSES_PLACES_H
#define GAN_PASSES_PLACES_H

#include "mlir/IR/Location.h"

#include <string>

namespace gan {

/// "grad of layers.gan:10:11 from ring.gan:10:28": the place itself, then those
/// that called it, the outermost last. Of what was fused, the first. Empty
/// where nothing is known.
std::string spellPlace(mlir::Location place);

} // namespace gan

#endif // GAN_PASSES_PLACES_H
