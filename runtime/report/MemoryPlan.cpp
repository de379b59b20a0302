// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MemoryPlan.h"

#include <algorithm>
#include <map>

using namespace gan;
using namespace gan::runtime;

static constexpr size_t kMostBoxes = 600;

static Json storageOf(const format::Executable &tables) {
  static const char *const kKinds[] = {"parameters", "states",
                                       "optimizer states"};
  struct Sum {
    uint64_t tensors = 0, bytes = 0;
  };
  std::map<std::pair<std::string, format::StorageKind>, Sum> sums;
  for (const format::Storage *storage : *tables.storage()) {
    Sum &sum = sums[{storage->owner()->str(), storage->kind()}];
    ++sum.tensors;
    sum.bytes +=
        elementCount(*storage->shape()) * elementBytes(storage->element());
  }
  Json list = Json::array();
  for (const auto &[key, sum] : sums)
    list.push_back({{"owner", key.first},
                    {"kind", kKinds[static_cast<unsigned>(key.second)]},
                    {"tensors", sum.tensors},
                    {"bytes", sum.bytes}});
  return list;
}

namespace {
struct Box {
  uint64_t offset, bytes;
  uint32_t first, last; // nodes
  bool isStorage;
};
} // namespace

static std::vector<Box> boxesOf(const format::Executable &tables,
                                const format::Entry &entry) {
  uint32_t end = entry.nodes()->size() ? entry.nodes()->size() - 1 : 0;
  std::map<uint32_t, Box> boxes; // by buffer
  auto use = [&](uint32_t buffer, uint32_t first, uint32_t last, bool isKept) {
    const format::Buffer &place = *tables.buffers()->Get(buffer);
    auto box = boxes.try_emplace(
        buffer, Box{place.offset(), place.bytes(), first, last, isKept});
    Box &found = box.first->second;
    found.first = std::min(found.first, first);
    found.last = std::max(found.last, last);
  };
  for (const format::Storage *storage : *tables.storage())
    use(storage->buffer(), 0, end, /*isKept=*/true);
  for (const format::Binding *input : *entry.inputs())
    use(input->buffer(), 0, 0, /*isKept=*/false);
  for (const format::Binding *output : *entry.outputs())
    use(output->buffer(), end, end, /*isKept=*/false);
  for (uint32_t node = 0; node < entry.nodes()->size(); ++node)
    for (uint32_t buffer : *entry.nodes()->Get(node)->arguments())
      use(buffer, node, node, /*isKept=*/false);
  std::vector<Box> list;
  for (const auto &[buffer, box] : boxes)
    list.push_back(box);
  std::sort(list.begin(), list.end(), [](const Box &a, const Box &b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.offset < b.offset;
  });
  list.resize(std::min(list.size(), kMostBoxes));
  return list;
}

Json gan::runtime::memoryPlan(const Executable &executable) {
  const format::Executable &tables = executable.tables();
  const format::Entry *largest = nullptr;
  for (const format::Entry *entry : *tables.entries())
    if (entry->kind() == format::EntryKind::Step &&
        (!largest || entry->nodes()->size() > largest->nodes()->size()))
      largest = entry;
  Json plan = {{"arena", tables.arena_bytes()}, {"storage", storageOf(tables)}};
  if (!largest)
    return plan;
  Json boxes = Json::array();
  for (const Box &box : boxesOf(tables, *largest))
    boxes.push_back(
        Json{box.offset, box.bytes, box.first, box.last, box.isStorage});
  plan["entry"] = largest->name()->str();
  plan["nodes"] = largest->nodes()->size();
  plan["boxes"] = std::move(boxes);
  return plan;
}
