// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The processes that train one model together.
#ifndef GAN_RUNTIME_RANKS_COMMUNICATOR_H
#define GAN_RUNTIME_RANKS_COMMUNICATOR_H

#include "runtime/base/Status.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace gan::runtime {

/// What ranks do together: each calls the same functions in the same order,
/// with as many bytes. One thread calls at a time. What arrives depends on what
/// was given alone, never on timing. The memory is the host's.
class Communicator {
public:
  virtual ~Communicator() = default;

  virtual uint32_t rank() const = 0;
  virtual uint32_t size() const = 0; // 1 or more

  /// Completes each tensor in place: it consists of `size` equal parts, of
  /// which this rank has given the one of its number.
  virtual Status allGather(std::span<const std::span<std::byte>> tensors) = 0;

  /// Gives all ranks the bytes of rank 0.
  virtual Status broadcast(std::span<std::byte> bytes) = 0;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_RANKS_COMMUNICATOR_H
