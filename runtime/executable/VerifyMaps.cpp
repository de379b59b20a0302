// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What launches of one image take beside addresses: maps of tensors that lie in
// their arguments, and memory that their blocks share.
#include "runtime/executable/Executable.h"
#include "runtime/executable/Verify.h"

#include <map>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

// By the name of a launch, the least bytes of its arguments.
using Launches = std::map<std::string_view, std::vector<uint64_t>>;

static Launches listLaunches(const format::Executable &exe) {
  Launches launches;
  for (const format::Kernel *kernel : *exe.kernels())
    if (kernel->gpu())
      launches[kernel->name()->string_view()].assign(
          kernel->argument_bytes()->begin(), kernel->argument_bytes()->end());
  if (!exe.gpu_groups())
    return launches;
  for (const format::GpuGroup *group : *exe.gpu_groups()) {
    std::vector<uint64_t> &bytes = launches[group->name()->string_view()];
    for (uint32_t number : *group->kernels()) {
      const auto &own = *exe.kernels()->Get(number)->argument_bytes();
      bytes.insert(bytes.end(), own.begin(), own.end());
    }
  }
  return launches;
}

// A box has elements along each axis, its rows lie side by side, and no element
// of the tensor lies behind the argument.
static bool isPossible(const format::TensorMap &map, uint64_t bytes) {
  const auto &axes = *map.axes();
  if (axes.size() < 1 || axes.size() > kMaxBoxAxes || !isKnown(map.element()) ||
      (map.row_bytes() != 32 && map.row_bytes() != 64 &&
       map.row_bytes() != 128))
    return false;
  Checked last = 0;
  for (uint32_t i = 0; i < axes.size(); ++i) {
    const format::BoxAxis &axis = *axes.Get(i);
    if (axis.extent() < 1 || axis.extent() > UINT32_MAX || axis.box() < 1 ||
        axis.box() > kMaxBox || axis.step() < 1 || axis.step() > kMaxBoxStep ||
        (i > 0 && axis.stride() % 16 != 0))
      return false;
    last = last + Checked(axis.extent() - 1) * Checked(axis.stride());
  }
  uint64_t element = axes.Get(0)->stride();
  last = last + Checked(element);
  return axes.Get(0)->step() == 1 && element == elementBytes(map.element()) &&
         axes.Get(0)->box() * element == map.row_bytes() && last.ok() &&
         last.value() <= bytes;
}

static Status verifyEntry(const Subject &subject, const Launches &launches,
                          const format::GpuEntry &entry,
                          const std::string &what) {
  auto launch = launches.find(entry.name()->string_view());
  if (launch == launches.end())
    return subject.refuse(what + ", which is neither a kernel nor a group");
  uint32_t maps = entry.maps() ? entry.maps()->size() : 0;
  uint64_t parameters =
      (launch->second.size() * 8 + 63) / 64 * 64 + uint64_t(maps) * 128;
  if (entry.shared_bytes() > kMaxGpuShared || parameters > kMaxGpuParameters)
    return subject.refuse(
        what + " with " + std::to_string(parameters) +
        " bytes of parameters and " + std::to_string(entry.shared_bytes()) +
        " shared bytes, at most " + std::to_string(kMaxGpuParameters) +
        " and " + std::to_string(kMaxGpuShared) + " are possible");
  for (uint32_t i = 0; i < maps; ++i) {
    const format::TensorMap &map = *entry.maps()->Get(i);
    bool isThere = map.argument() < launch->second.size();
    if (!isThere || !isPossible(map, launch->second[map.argument()]))
      return subject.refuse(what + " with map " + std::to_string(i) +
                            " of argument " + std::to_string(map.argument()) +
                            ", which is not there or has no such boxes");
  }
  return {};
}

Status gan::runtime::verify::verifyMaps(const Subject &subject) {
  if (!subject.exe.gpu_images())
    return {};
  Launches launches = listLaunches(subject.exe);
  for (uint32_t i = 0; i < subject.exe.gpu_images()->size(); ++i) {
    const format::GpuImage &image = *subject.exe.gpu_images()->Get(i);
    if (!image.entries())
      continue;
    Names names;
    for (uint32_t j = 0; j < image.entries()->size(); ++j) {
      const format::GpuEntry &entry = *image.entries()->Get(j);
      std::string what = nameOf("GPU image", i, *image.architecture()) +
                         " has " + nameOf("entry", j, *entry.name());
      if (!names.add(*entry.name()))
        return subject.refuse(what + " twice");
      if (Status good = verifyEntry(subject, launches, entry, what); !good.ok())
        return good;
    }
  }
  return {};
}
