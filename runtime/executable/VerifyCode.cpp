// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Images that are segments, kernels whose entries lie in every image, launches
// that a GPU can make.
#include "runtime/executable/Verify.h"

#include "runtime/format/Layout.h"

#include <algorithm>
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

// "sm_80", "sm_90a"
static bool isArchitecture(std::string_view name) {
  if (!name.starts_with("sm_"))
    return false;
  name.remove_prefix(3);
  size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  std::string_view family = name.substr(digits);
  return digits >= 2 && digits <= 3 &&
         (family.empty() || family == "a" || family == "f");
}

static Status verifyGpuImages(const Subject &subject) {
  if (!subject.exe.gpu_images())
    return {};
  std::set<std::pair<std::string_view, format::GpuImageKind>> seen;
  for (uint32_t i = 0; i < subject.exe.gpu_images()->size(); ++i) {
    const format::GpuImage &image = *subject.exe.gpu_images()->Get(i);
    std::string_view architecture = image.architecture()->string_view();
    std::string what = nameOf("GPU image", i, *image.architecture());
    if (!isArchitecture(architecture) ||
        image.kind() > format::GpuImageKind::MAX)
      return subject.refuse(what + " is of an unknown architecture or kind");
    if (!seen.insert({architecture, image.kind()}).second)
      return subject.refuse(what + " is there twice");
    if (image.segment() >= subject.exe.segments()->size())
      return subject.refuse(what + " names segment " +
                            std::to_string(image.segment()) + " of " +
                            std::to_string(subject.exe.segments()->size()));
  }
  return {};
}

Status gan::runtime::verify::verifyLaunch(const Subject &subject,
                                          const format::GpuLaunch &launch,
                                          const std::string &what) {
  if (launch.blocks() < 1 || launch.blocks() > INT32_MAX ||
      launch.threads() < 1 || launch.threads() > kMaxGpuThreads ||
      launch.shared_bytes() > kMaxGpuShared)
    return subject.refuse(
        what + " wants " + std::to_string(launch.blocks()) + " blocks of " +
        std::to_string(launch.threads()) + " threads with " +
        std::to_string(launch.shared_bytes()) + " shared bytes, at most " +
        std::to_string(INT32_MAX) + ", " + std::to_string(kMaxGpuThreads) +
        " and " + std::to_string(kMaxGpuShared) + " are possible");
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
  if (kernel.elements() &&
      (kernel.elements()->size() != kernel.written()->size() ||
       std::any_of(kernel.elements()->begin(), kernel.elements()->end(),
                   [](auto element) {
                     return !isKnown(static_cast<format::ElementType>(element));
                   })))
    return subject.refuse(what +
                          " has not one known element type for each of "
                          "its " +
                          std::to_string(kernel.written()->size()) +
                          " arguments");
  if (kernel.tiles() > INT64_MAX || kernel.scratch_bytes() > kMaxScratchBytes)
    return subject.refuse(what + " wants " + std::to_string(kernel.tiles()) +
                          " tiles and " +
                          std::to_string(kernel.scratch_bytes()) +
                          " bytes of scratch, which is too much");
  return kernel.gpu() ? verifyLaunch(subject, *kernel.gpu(), what) : Status();
}

Status gan::runtime::verify::verifyCode(const Subject &subject) {
  for (Status (*images)(const Subject &) : {verifyImages, verifyGpuImages})
    if (Status good = images(subject); !good.ok())
      return good;
  Names names; // by which a GPU finds its code
  for (uint32_t i = 0; i < subject.exe.kernels()->size(); ++i) {
    const format::Kernel &kernel = *subject.exe.kernels()->Get(i);
    std::string what = nameOf("kernel", i, *kernel.name());
    if (kernel.gpu() && !names.add(*kernel.name()))
      return subject.refuse(what + " has no name of its own");
    if (Status good = verifyKernel(subject, kernel, what); !good.ok())
      return good;
  }
  return {};
}
