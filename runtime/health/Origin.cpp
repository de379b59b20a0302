// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/health/Origin.h"
#include "runtime/base/File.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

static const format::Node &nodeOf(const Executable &executable, uint32_t entry,
                                  uint32_t node) {
  return *executable.tables().entries()->Get(entry)->nodes()->Get(node);
}

// The kernel of a launch; null for a copy, and where an older writer has not
// said what its arguments hold.
static const format::Kernel *kernelOf(const Executable &executable,
                                      const format::Node &node) {
  if (node.kind() != format::NodeKind::Launch)
    return nullptr;
  const format::Kernel *kernel =
      executable.tables().kernels()->Get(node.kernel());
  return kernel->elements() ? kernel : nullptr;
}

static format::ElementType elementOf(const format::Kernel &kernel, uint32_t i) {
  return static_cast<format::ElementType>(kernel.elements()->Get(i));
}

// Of an argument that the node reads. A copy knows bytes only; what it reads
// that no node wrote is storage or an input.
static std::optional<format::ElementType>
elementOfRead(const Executable &executable, uint32_t entry,
              const format::Node &node, uint32_t i) {
  if (const format::Kernel *kernel = kernelOf(executable, node))
    return elementOf(*kernel, i);
  if (node.kind() != format::NodeKind::Copy)
    return std::nullopt;
  uint32_t buffer = node.arguments()->Get(i);
  for (const format::Storage *storage : *executable.tables().storage())
    if (storage->buffer() == buffer)
      return storage->element();
  for (const format::Binding *input :
       *executable.tables().entries()->Get(entry)->inputs())
    if (input->buffer() == buffer)
      return input->element();
  return std::nullopt;
}

Result<std::optional<NotFinite>> OriginFinder::look(Device &device,
                                                    format::ElementType element,
                                                    uint32_t buffer,
                                                    uint64_t bytes) const {
  FileBytes content(bytes);
  Status status = device.read(buffer, content);
  if (status.ok())
    status = device.wait();
  if (!status.ok())
    return status;
  return findNotFinite(element, content);
}

const OriginFinder::Extent *OriginFinder::at(uint32_t buffer,
                                             uint64_t bytes) const {
  uint64_t begin = executable.tables().buffers()->Get(buffer)->offset();
  for (const Extent &extent : extents)
    if (extent.begin < begin + bytes && begin < extent.end)
      return &extent;
  return nullptr;
}

void OriginFinder::put(uint32_t buffer, uint64_t bytes,
                       std::optional<size_t> source) {
  uint64_t begin = executable.tables().buffers()->Get(buffer)->offset();
  std::erase_if(extents, [&](const Extent &extent) {
    return extent.begin < begin + bytes && begin < extent.end;
  });
  extents.push_back({begin, begin + bytes, source});
}

// What is bad of what the node reads. Bytes that no node wrote are looked at
// now, unless the node itself has written over them.
Result<std::vector<size_t>>
OriginFinder::sourcesOfReads(Device &device, uint32_t entry, uint32_t index) {
  const format::Node &node = nodeOf(executable, entry, index);
  const format::Kernel *kernel = kernelOf(executable, node);
  std::vector<size_t> found;
  const auto &arguments = *node.arguments();
  auto isWritten = [&](uint32_t i) {
    return kernel ? kernel->written()->Get(i) != 0 : i == 1;
  };
  for (uint32_t i = 0; i < arguments.size(); ++i) {
    uint32_t buffer = arguments.Get(i);
    uint64_t bytes = kernel
                         ? kernel->argument_bytes()->Get(i)
                         : executable.tables().buffers()->Get(buffer)->bytes();
    if (isWritten(i))
      continue;
    if (const Extent *extent = at(buffer, bytes)) {
      if (extent->source)
        found.push_back(*extent->source);
      continue;
    }
    bool isInPlace = false;
    for (uint32_t k = 0; k < arguments.size(); ++k)
      isInPlace |= isWritten(k) && arguments.Get(k) == buffer;
    std::optional<format::ElementType> element =
        elementOfRead(executable, entry, node, i);
    if (!element || isInPlace)
      continue;
    Result<std::optional<NotFinite>> bad =
        look(device, *element, buffer, bytes);
    if (!bad.ok())
      return bad.status();
    if (!*bad)
      continue;
    sources.push_back({{.isInput = true,
                        .entry = entry,
                        .node = index,
                        .buffer = buffer,
                        .found = **bad},
                       {}});
    put(buffer, bytes, sources.size() - 1);
    found.push_back(sources.size() - 1);
  }
  return found;
}

// Whether the host reads the buffer as a metric of the entry.
bool OriginFinder::isKept(uint32_t entry, uint32_t buffer) const {
  for (const format::Binding *output :
       *executable.tables().entries()->Get(entry)->outputs())
    if (output->kind() == format::BindingKind::Metric &&
        output->buffer() == buffer)
      return true;
  return false;
}

Status OriginFinder::afterNode(Device &device, uint32_t entry, uint32_t index) {
  const format::Node &node = nodeOf(executable, entry, index);
  const format::Kernel *kernel = kernelOf(executable, node);
  Result<std::vector<size_t>> reads = sourcesOfReads(device, entry, index);
  if (!reads.ok())
    return reads.status();
  if (!kernel && node.kind() == format::NodeKind::Copy) {
    uint32_t into = node.arguments()->Get(1);
    put(into, executable.tables().buffers()->Get(into)->bytes(),
        reads->empty() ? std::nullopt : std::optional(reads->front()));
    return Status();
  }
  for (uint32_t i = 0; kernel && i < node.arguments()->size(); ++i) {
    if (!kernel->written()->Get(i))
      continue;
    uint32_t buffer = node.arguments()->Get(i);
    uint64_t bytes = kernel->argument_bytes()->Get(i);
    Result<std::optional<NotFinite>> bad =
        look(device, elementOf(*kernel, i), buffer, bytes);
    if (!bad.ok())
      return bad.status();
    std::optional<size_t> source;
    if (*bad) {
      source = sources.size();
      sources.push_back(
          {{.entry = entry, .node = index, .buffer = buffer, .found = **bad},
           *reads});
      if (isKept(entry, buffer))
        metrics.push_back(*source);
    }
    put(buffer, bytes, source);
  }
  return Status();
}

std::optional<Origin>
OriginFinder::find(const std::vector<bool> &isWatched) const {
  std::vector<size_t> open = metrics;
  const auto &storage = *executable.tables().storage();
  for (uint32_t i = 0; i < storage.size(); ++i) {
    const Extent *extent = at(storage.Get(i)->buffer(), /*bytes=*/1);
    if (isWatched[i] && extent && extent->source)
      open.push_back(*extent->source);
  }
  std::vector<bool> seen(sources.size());
  std::optional<size_t> first;
  while (!open.empty()) {
    size_t source = open.back();
    open.pop_back();
    if (seen[source])
      continue;
    seen[source] = true;
    const std::vector<size_t> &madeOf = sources[source].madeOf;
    if (madeOf.empty() && (!first || source < *first))
      first = source;
    open.insert(open.end(), madeOf.begin(), madeOf.end());
  }
  return first ? std::optional(sources[*first].origin) : std::nullopt;
}
