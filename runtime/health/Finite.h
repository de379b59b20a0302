// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whether numbers are finite: neither nan nor infinite.
#ifndef GAN_RUNTIME_HEALTH_FINITE_H
#define GAN_RUNTIME_HEALTH_FINITE_H

#include "runtime/format/Executable_generated.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace gan::runtime {

/// One number of many that is not finite.
struct NotFinite {
  uint64_t index = 0; // of its element
  double value = 0;
};

/// The first of the elements that is not finite, if there is one. Whole numbers
/// always are.
std::optional<NotFinite> findNotFinite(format::ElementType element,
                                       std::span<const std::byte> bytes);

/// "nan", "inf" or "-inf": for people, without the sign of a nan.
std::string nameOfNotFinite(double value);

} // namespace gan::runtime

#endif // GAN_RUNTIME_HEALTH_FINITE_H
