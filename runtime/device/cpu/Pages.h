// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pages of memory from the system: the arena, scratch, and code.
#ifndef GAN_RUNTIME_DEVICE_CPU_PAGES_H
#define GAN_RUNTIME_DEVICE_CPU_PAGES_H

#include "runtime/base/Status.h"

#include <cstddef>
#include <span>

namespace gan::runtime {

/// Owns a stretch of anonymous memory, given back when destroyed. Begins at a
/// multiple of 4096 bytes.
class Pages {
public:
  Pages() = default;
  /// Readable and writable, all zero; in huge pages where the system has them.
  static Result<Pages> allocate(uint64_t bytes);
  /// A copy of `code`, readable and executable, never writable at the same
  /// time.
  static Result<Pages> allocateCode(std::span<const std::byte> code);

  Pages(Pages &&other) noexcept;
  Pages &operator=(Pages &&other) noexcept;
  ~Pages();

  std::byte *data() const { return start; }

private:
  std::byte *mapped = nullptr; // what the system gave, ...
  size_t mappedBytes = 0;
  std::byte *start = nullptr; // ... and the aligned place in it
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CPU_PAGES_H
