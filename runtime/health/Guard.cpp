// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/health/Guard.h"

using namespace gan;
using namespace gan::runtime;

static Status read(const format::Storage &storage, Device &device,
                   FileBytes &into) {
  into.resize(elementCount(*storage.shape()) * elementBytes(storage.element()));
  return device.read(storage.buffer(), into);
}

Status gan::runtime::readStorage(const Executable &executable, Device &device,
                                 StorageBytes &into) {
  const auto &storage = *executable.tables().storage();
  into.resize(storage.size());
  for (uint32_t i = 0; i < storage.size(); ++i)
    if (Status status = read(*storage.Get(i), device, into[i]); !status.ok())
      return status;
  return device.wait();
}

Status gan::runtime::writeStorage(const Executable &executable, Device &device,
                                  const StorageBytes &from) {
  const auto &storage = *executable.tables().storage();
  for (uint32_t i = 0; i < storage.size(); ++i)
    if (Status status = device.write(storage.Get(i)->buffer(), from[i]);
        !status.ok())
      return status;
  return device.wait();
}

Status Guard::learn(Device &device) {
  if (Status status = readStorage(executable, device, good); !status.ok())
    return status;
  const auto &storage = *executable.tables().storage();
  isWatched.clear();
  for (uint32_t i = 0; i < storage.size(); ++i)
    isWatched.push_back(!findNotFinite(storage.Get(i)->element(), good[i]));
  return Status();
}

Result<std::optional<BadStorage>> Guard::check(Device &device) {
  const auto &storage = *executable.tables().storage();
  for (uint32_t i = 0; i < storage.size(); ++i) {
    if (!isWatched[i])
      continue;
    Status status = read(*storage.Get(i), device, looked);
    if (status.ok())
      status = device.wait();
    if (!status.ok())
      return status;
    if (std::optional<NotFinite> found =
            findNotFinite(storage.Get(i)->element(), looked))
      return std::optional<BadStorage>({.storage = i, .found = *found});
  }
  return std::optional<BadStorage>();
}

std::string Guard::textOf(const BadStorage &bad) const {
  const format::Storage &table =
      *executable.tables().storage()->Get(bad.storage);
  // The index in memory, along the axes of the shape that people know.
  const auto &shape = *table.shape();
  std::vector<uint64_t> place(shape.size());
  uint64_t rest = bad.found.index;
  for (uint32_t k = shape.size(); k-- > 0;) {
    uint32_t axis = table.layout()->Get(k);
    place[axis] = rest % shape.Get(axis);
    rest /= shape.Get(axis);
  }
  std::string text = table.name()->str();
  for (size_t axis = 0; axis < place.size(); ++axis)
    text += (axis ? ", " : "[") + std::to_string(place[axis]);
  return text + (place.empty() ? "" : "]") + " is " +
         nameOfNotFinite(bad.found.value);
}
