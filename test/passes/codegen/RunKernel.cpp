// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/passes/codegen/RunKernel.h"

#include "runtime/device/cpu/Target.h"

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

MappedImage::Function MappedImage::entry(const EmittedKernel &kernel) const {
  return reinterpret_cast<Function>(static_cast<char *>(memory) +
                                    image.entries.lookup(kernel.name));
}

static void *aligned(Bytes &scratch) {
  auto address = reinterpret_cast<uintptr_t>(scratch.data());
  return reinterpret_cast<void *>((address + 63) & ~uintptr_t{63});
}

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
  Function function = entry(kernel);
  int64_t first = (kernel.tiles - 1) / span * span;
  for (int64_t begin = first; begin >= 0; begin -= span) {
    Bytes scratch(kernel.scratchBytes + 64, '\xff');
    function(arguments.data(), begin, std::min(begin + span, kernel.tiles),
             aligned(scratch));
  }
}

void MappedImage::repeat(int times, const EmittedKernel &kernel,
                         llvm::ArrayRef<Bytes> inputs,
                         llvm::MutableArrayRef<Bytes> outputs) const {
  std::vector<const void *> arguments;
  for (llvm::ArrayRef<Bytes> list : {inputs, llvm::ArrayRef<Bytes>(outputs)})
    for (const Bytes &bytes : list)
      arguments.push_back(bytes.data());
  Bytes scratch(kernel.scratchBytes + 64);
  for (int i = 0; i < times; ++i)
    entry(kernel)(arguments.data(), 0, kernel.tiles, aligned(scratch));
}

bool gan::test::canRun(llvm::StringRef target) {
  return runtime::canRun(target);
}
