// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/Pages.h"

#include <cstring>
#include <sys/mman.h>

using namespace gan::runtime;

static constexpr size_t kHugePage = size_t{2} << 20;

static Status outOfMemory(uint64_t bytes) {
  return Status(Code::OutOfMemory, "the system does not give " +
                                       std::to_string(bytes) +
                                       " bytes of memory");
}

Result<Pages> Pages::allocate(uint64_t bytes) {
  Pages pages;
  if (bytes == 0)
    return pages;
  // One huge page more than asked for, so as to begin at a multiple of one.
  size_t slack = bytes >= kHugePage ? kHugePage : 0;
  pages.mappedBytes = bytes + slack;
  void *place = mmap(nullptr, pages.mappedBytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED)
    return outOfMemory(bytes);
  pages.mapped = pages.start = static_cast<std::byte *>(place);
  if (slack) {
    uintptr_t address = reinterpret_cast<uintptr_t>(place);
    pages.start += (kHugePage - address % kHugePage) % kHugePage;
    // Advice: a system without huge pages is only slower.
    (void)madvise(pages.start, bytes, MADV_HUGEPAGE);
  }
  return pages;
}

Result<Pages> Pages::allocateCode(std::span<const std::byte> code) {
  Result<Pages> pages = allocate(code.size());
  if (!pages.ok() || code.empty())
    return pages;
  std::memcpy(pages->start, code.data(), code.size());
  if (mprotect(pages->mapped, pages->mappedBytes, PROT_READ | PROT_EXEC) != 0)
    return Status(Code::Unsupported,
                  "the system does not let this program make code executable");
  return pages;
}

Pages::Pages(Pages &&other) noexcept { *this = std::move(other); }

Pages &Pages::operator=(Pages &&other) noexcept {
  std::swap(mapped, other.mapped);
  std::swap(mappedBytes, other.mappedBytes);
  std::swap(start, other.start);
  return *this;
}

Pages::~Pages() {
  if (mapped)
    munmap(mapped, mappedBytes);
}
