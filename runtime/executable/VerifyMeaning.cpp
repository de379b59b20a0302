// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The meaning of a .ganx as a whole, and what the checks of its tables share.
#include "runtime/executable/Verify.h"

#include "runtime/executable/Executable.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

bool gan::runtime::verify::isKnown(format::ElementType type) {
  return type <= format::ElementType::MAX;
}

bool gan::runtime::verify::isVisible(format::ElementType type) {
  return isKnown(type) && type != format::ElementType::BF16;
}

bool gan::runtime::verify::isReal(format::ElementType type) {
  return type == format::ElementType::F32 || type == format::ElementType::F64;
}

Checked
gan::runtime::verify::tensorBytes(const flatbuffers::Vector<int64_t> &shape,
                                  format::ElementType element) {
  Checked bytes = elementBytes(element);
  if (shape.size() > kMaxAxes)
    return Checked(UINT64_MAX) + 1;
  for (int64_t size : shape) {
    if (size < 1)
      return Checked(UINT64_MAX) + 1;
    bytes *= static_cast<uint64_t>(size);
  }
  return bytes;
}

Status gan::runtime::verify::verifyMeaning(const format::Executable &executable,
                                           const std::string &name) {
  Subject subject{executable, name};
  if (!isReal(executable.reals()))
    return subject.refuse("has reals that are neither f32 nor f64");
  for (Status (*part)(const Subject &) :
       {verifyMemory, verifyCode, verifyGroups, verifyMaps, verifyData,
        verifyEntries, verifyKept, verifyPhases, verifyNetworks})
    if (Status good = part(subject); !good.ok())
      return good;
  return {};
}
