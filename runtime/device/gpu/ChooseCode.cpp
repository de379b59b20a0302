// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/ChooseCode.h"

#include <charconv>

using namespace gan;
using namespace gan::runtime;

namespace {
// "sm_90a": code that uses what only the GPUs of 9.0 have runs on no other.
struct Architecture {
  explicit Architecture(std::string_view name)
      : isOnlyOne(name.back() == 'a'), isFamily(name.back() == 'f') {
    std::from_chars(name.data() + 3, name.data() + name.size(), number);
  }
  unsigned number = 0;
  bool isOnlyOne, isFamily;
};
} // namespace

static bool runs(const format::GpuImage &image,
                 const GpuProperties &properties) {
  Architecture made(image.architecture()->string_view());
  bool isCubin = image.kind() == format::GpuImageKind::Cubin;
  if (made.number > properties.architecture ||
      (isCubin && !properties.takesCubins))
    return false;
  if (made.isOnlyOne)
    return made.number == properties.architecture;
  bool isGeneration = made.number / 10 == properties.architecture / 10;
  if (isCubin)
    return isGeneration;
  return !made.isFamily || isGeneration;
}

// Machine code before text, the newest of either first.
static bool isBetter(const format::GpuImage &a, const format::GpuImage &b) {
  if (a.kind() != b.kind())
    return a.kind() == format::GpuImageKind::Cubin;
  return Architecture(a.architecture()->string_view()).number >
         Architecture(b.architecture()->string_view()).number;
}

static const char *nameOf(format::GpuImageKind kind) {
  return kind == format::GpuImageKind::Ptx ? "PTX" : "cubin";
}

// The first place in the model that needs the kernel.
static std::string placeOf(const Executable &executable, uint32_t kernel) {
  for (const format::Entry *entry : *executable.tables().entries())
    for (const format::Node *node : *entry->nodes())
      if (node->kind() == format::NodeKind::Launch &&
          node->kernel() == kernel && node->location())
        return node->location()->str();
  return executable.path();
}

static Status checkKernels(const Executable &executable,
                           const GpuProperties &properties) {
  for (uint32_t i = 0; i < executable.tables().kernels()->size(); ++i) {
    const format::Kernel &kernel = *executable.tables().kernels()->Get(i);
    if (!kernel.gpu())
      return Status(Code::Unsupported,
                    "kernel '" + kernel.name()->str() +
                        "' has no form for GPUs",
                    placeOf(executable, i));
    if (kernel.gpu()->shared_bytes() > properties.sharedBytes)
      return Status(Code::Unsupported,
                    "kernel '" + kernel.name()->str() + "' shares " +
                        std::to_string(kernel.gpu()->shared_bytes()) +
                        " bytes in a block, this GPU has " +
                        std::to_string(properties.sharedBytes),
                    placeOf(executable, i));
  }
  return {};
}

Result<GpuCode> gan::runtime::chooseCode(const Executable &executable,
                                         const GpuProperties &properties) {
  const auto *images = executable.tables().gpu_images();
  if (!images || images->size() == 0)
    return Status(Code::Unsupported,
                  "has no code for GPUs: build it with --target=cuda",
                  executable.path());
  const format::GpuImage *best = nullptr;
  std::string known;
  for (const format::GpuImage *image : *images) {
    known += (known.empty() ? "" : ", ") + image->architecture()->str() + " (" +
             nameOf(image->kind()) + ")";
    if (runs(*image, properties) && (!best || isBetter(*image, *best)))
      best = image;
  }
  if (!best)
    return Status(Code::Unsupported,
                  "has code for " + known + ", but none that this GPU (" +
                      properties.description + ", sm_" +
                      std::to_string(properties.architecture) + ") runs",
                  executable.path());
  if (Status good = checkKernels(executable, properties); !good.ok())
    return good;
  if (best->entries())
    for (const format::GpuEntry *entry : *best->entries())
      if (entry->shared_bytes() > properties.mostShared)
        return Status(Code::Unsupported,
                      "launch '" + entry->name()->str() + "' shares " +
                          std::to_string(entry->shared_bytes()) +
                          " bytes in a block, this GPU has " +
                          std::to_string(properties.mostShared),
                      executable.path());
  return GpuCode{best, executable.segment(best->segment()),
                 executable.tables().model()->str() + ".ptx"};
}
