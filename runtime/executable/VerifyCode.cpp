// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Images that are segments, and kernels whose entries lie in every image.
#include "runtime/executable/Verify.h"

#include "runtime/format/Layout.h"

#include <cstdint>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

static Status verifyImages(const Subject &subject) {
  Names names;
  for (uint32_t i = 0; i < subject.exe.images()->size(); ++i) {
    const format::Image &image = *subject.exe.images()->Get(i);
    std::string what = nameOf("image", i, *image.target());
    if (!names.add(*image.target()))
      return subject.refuse(what + " has no target of its own");
    if (image.segment() >= subject.exe.segments()->size())
      return subject.refuse(what + " names segment " +
                            std::to_string(image.segment()) + " of " +
                            std::to_string(subject.exe.segments()->size()));
    if (subject.exe.segments()->Get(image.segment())->offset() %
            format::kImageAlignment !=
        0)
      return subject.refuse(what + " does not begin at a page");
  }
  return {};
}

static Status verifyKernel(const Subject &subject, const format::Kernel &kernel,
                           const std::string &what) {
  if (kernel.entry_offsets()->size() != subject.exe.images()->size())
    return subject.refuse(
        what + " has " + std::to_string(kernel.entry_offsets()->size()) +
        " entries for " + std::to_string(subject.exe.images()->size()) +
        " images");
  for (uint32_t i = 0; i < subject.exe.images()->size(); ++i) {
    const format::Image &image = *subject.exe.images()->Get(i);
    uint64_t size = subject.exe.segments()->Get(image.segment())->bytes();
    if (kernel.entry_offsets()->Get(i) >= size)
      return subject.refuse(what + " begins at byte " +
                            std::to_string(kernel.entry_offsets()->Get(i)) +
                            " of an image of " + std::to_string(size));
  }
  if (kernel.argument_bytes()->size() != kernel.written()->size() ||
      kernel.argument_bytes()->size() > kMaxArguments)
    return subject.refuse(
        what + " has " + std::to_string(kernel.argument_bytes()->size()) +
        " sizes and " + std::to_string(kernel.written()->size()) +
        " marks of writing for its arguments, at most " +
        std::to_string(kMaxArguments));
  if (kernel.tiles() > INT64_MAX || kernel.scratch_bytes() > kMaxScratchBytes)
    return subject.refuse(what + " wants " + std::to_string(kernel.tiles()) +
                          " tiles and " +
                          std::to_string(kernel.scratch_bytes()) +
                          " bytes of scratch, which is too much");
  return {};
}

Status gan::runtime::verify::verifyCode(const Subject &subject) {
  if (Status good = verifyImages(subject); !good.ok())
    return good;
  for (uint32_t i = 0; i < subject.exe.kernels()->size(); ++i) {
    const format::Kernel &kernel = *subject.exe.kernels()->Get(i);
    if (Status good =
            verifyKernel(subject, kernel, nameOf("kernel", i, *kernel.name()));
        !good.ok())
      return good;
  }
  return {};
}
