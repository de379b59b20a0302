// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/passes/codegen/RunKernel.h"

#include <cstring>
#include <sys/mman.h>

using namespace gan;
using namespace gan::test;

MappedImage::MappedImage(const Image &image) : image(image) {
  memory = mmap(nullptr, image.bytes.size(), PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  std::memcpy(memory, image.bytes.data(), image.bytes.size());
  mprotect(memory, image.bytes.size(), PROT_READ | PROT_EXEC);
}

MappedImage::~MappedImage() { munmap(memory, image.bytes.size()); }

void MappedImage::run(const EmittedKernel &kernel, llvm::ArrayRef<Bytes> inputs,
                      llvm::MutableArrayRef<Bytes> outputs,
                      int64_t span) const {
  std::vector<const void *> arguments;
  for (const Bytes &bytes : inputs)
    arguments.push_back(bytes.data());
  for (Bytes &bytes : outputs) {
    std::fill(bytes.begin(), bytes.end(), '\xff');
    arguments.push_back(bytes.data());
  }
  using Function = void (*)(const void *const *, int64_t, int64_t, void *);
  auto function = reinterpret_cast<Function>(static_cast<char *>(memory) +
                                             image.entries.lookup(kernel.name));
  int64_t first = (kernel.tiles - 1) / span * span;
  for (int64_t begin = first; begin >= 0; begin -= span) {
    std::vector<char> scratch(kernel.scratchBytes + 64, '\xff');
    auto address =
        (reinterpret_cast<uintptr_t>(scratch.data()) + 63) & ~uintptr_t{63};
    function(arguments.data(), begin, std::min(begin + span, kernel.tiles),
             reinterpret_cast<void *>(address));
  }
}

bool gan::test::canRun(llvm::StringRef target) {
  if (target == "x86-64-v4")
    return __builtin_cpu_supports("x86-64-v4");
  return __builtin_cpu_supports("x86-64-v3");
}
