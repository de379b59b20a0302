// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A file of equal slots that is filled in any order.
#ifndef GAN_RUNTIME_BASE_SLOTFILE_H
#define GAN_RUNTIME_BASE_SLOTFILE_H

#include "runtime/base/Status.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace gan::runtime {

/// Mapped for reading; what was never written reads as zeros and takes no disk.
/// Several threads and programs may use it at once: its user has to tell a slot
/// that is written from one that is not, or by half.
class SlotFile {
public:
  /// Creates the file where there is none. `Mismatch` where there is one of
  /// another size.
  static Result<SlotFile> open(const std::string &path, uint64_t slots,
                               uint64_t slotBytes);
  SlotFile(SlotFile &&other) noexcept;
  SlotFile &operator=(SlotFile &&) = delete;
  ~SlotFile();

  std::span<const std::byte> slot(uint64_t index) const {
    return content.subspan(index * slotBytes, slotBytes);
  }
  /// At most `slotBytes`, from the beginning of the slot.
  Status write(uint64_t index, std::span<const std::byte> bytes) const;

private:
  SlotFile(int descriptor, std::string path, uint64_t slotBytes)
      : fd(descriptor), name(std::move(path)), slotBytes(slotBytes) {}
  Status map(uint64_t bytes);
  int fd;
  std::string name;
  uint64_t slotBytes;
  std::span<const std::byte> content;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_SLOTFILE_H
