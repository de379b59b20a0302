// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels run in process.
#ifndef GAN_TEST_PASSES_CODEGEN_RUNKERNEL_H
#define GAN_TEST_PASSES_CODEGEN_RUNKERNEL_H

#include "passes/codegen/EmitKernels.h"

namespace gan::test {

/// The bytes of a tensor in memory.
using Bytes = std::vector<char>;

/// An image mapped readable and executable for the life of the object.
class MappedImage {
public:
  explicit MappedImage(const Image &image);
  ~MappedImage();
  MappedImage(const MappedImage &) = delete;
  MappedImage &operator=(const MappedImage &) = delete;

  /// Runs tiles [0, tiles) of a kernel in spans of `span` tiles, the last span
  /// first, each span with scratch of its own filled with NaNs; `outputs` are
  /// overwritten.
  void run(const EmittedKernel &kernel, llvm::ArrayRef<Bytes> inputs,
           llvm::MutableArrayRef<Bytes> outputs, int64_t span) const;

  /// Runs all tiles at once, `times` times.
  void repeat(int times, const EmittedKernel &kernel,
              llvm::ArrayRef<Bytes> inputs,
              llvm::MutableArrayRef<Bytes> outputs) const;

private:
  using Function = void (*)(const void *const *, int64_t, int64_t, void *);
  Function entry(const EmittedKernel &kernel) const;

  const Image &image;
  void *memory;
};

/// Whether this machine can run code for `target`.
bool canRun(llvm::StringRef target);

} // namespace gan::test

#endif // GAN_TEST_PASSES_CODEGEN_RUNKERNEL_H
