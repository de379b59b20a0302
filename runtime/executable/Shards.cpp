// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/executable/Shards.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

using namespace gan;
using namespace gan::runtime;

uint32_t gan::runtime::shardsOf(const format::Executable &tables) {
  return std::max<uint32_t>(tables.shards(), 1);
}

bool gan::runtime::isOfShard(const format::Executable &tables,
                             const format::Buffer &buffer) {
  return shardsOf(tables) > 1 && buffer.bytes() > 0 &&
         buffer.offset() >= tables.shard_offset();
}

bool gan::runtime::runsPerShard(const format::Executable &tables,
                                const format::Node &node) {
  return node.kind() != format::NodeKind::Collective &&
         std::any_of(node.arguments()->begin(), node.arguments()->end(),
                     [&](uint32_t buffer) {
                       return isOfShard(tables, *tables.buffers()->Get(buffer));
                     });
}

bool gan::runtime::writesArgument(const format::Executable &tables,
                                  const format::Node &node, uint32_t argument) {
  switch (node.kind()) {
  case format::NodeKind::Copy:
    return argument == 1;
  case format::NodeKind::Collective:
    return argument >= node.arguments()->size() / 2;
  case format::NodeKind::Launch:
    break;
  }
  return tables.kernels()->Get(node.kernel())->written()->Get(argument);
}

namespace {
using Nodes = std::vector<std::unique_ptr<format::NodeT>>;
using Bindings = std::vector<std::unique_ptr<format::BindingT>>;

class Spreader {
public:
  Spreader(format::ExecutableT &tables, uint32_t rank, uint32_t ranks)
      : tables(tables), ranks(ranks), local(tables.shards / ranks),
        firstShard(rank * local), begin(tables.shard_offset),
        stride(tables.arena_bytes - begin) {}
  void run();

private:
  void spreadBuffers();
  void spreadInputs(Bindings &inputs);
  void spreadNodes(format::EntryT &entry);
  void addUnit(const format::EntryT &entry, uint32_t first, uint32_t count);
  void addNode(const format::NodeT &node, uint32_t copy, bool isOfShard);
  void addCollective(const format::NodeT &node);
  std::vector<uint32_t> waitsOf(const format::NodeT &node, uint32_t copy,
                                bool isOfShard) const;
  bool isPart(uint32_t buffer) const { return !own[buffer].empty(); }
  bool runsPerShard(const format::NodeT &node) const {
    return node.kind != format::NodeKind::Collective &&
           std::any_of(node.arguments.begin(), node.arguments.end(),
                       [&](uint32_t buffer) { return isPart(buffer); });
  }
  uint32_t addBuffer(uint64_t offset, uint64_t bytes) {
    tables.buffers.emplace_back(offset, bytes);
    return tables.buffers.size() - 1;
  }

  format::ExecutableT &tables;
  const uint32_t ranks, local, firstShard;
  const uint64_t begin, stride;
  std::vector<std::vector<uint32_t>> own; // by buffer: of each local shard
  // Of the entry at hand.
  Nodes nodes;
  std::vector<format::GroupedNodes> groups;
  std::vector<bool> arePerShard;             // by old node
  std::vector<std::vector<uint32_t>> places; // by old node: of its copies
};
} // namespace

void Spreader::spreadBuffers() {
  own.resize(tables.buffers.size());
  for (uint32_t i = 0; i < own.size(); ++i) {
    format::Buffer buffer = tables.buffers[i];
    if (buffer.bytes() == 0 || buffer.offset() < begin)
      continue;
    own[i].push_back(i);
    for (uint32_t shard = 1; shard < local; ++shard)
      own[i].push_back(
          addBuffer(buffer.offset() + shard * stride, buffer.bytes()));
  }
  tables.arena_bytes = begin + local * stride;
}

void Spreader::spreadInputs(Bindings &inputs) {
  Bindings spread;
  for (std::unique_ptr<format::BindingT> &input : inputs) {
    if (!isPart(input->buffer)) {
      spread.push_back(std::move(input));
      continue;
    }
    for (uint32_t shard = 0; shard < local; ++shard) {
      spread.push_back(std::make_unique<format::BindingT>(*input));
      bool isData = input->kind == format::BindingKind::Data;
      spread.back()->buffer = own[input->buffer][shard];
      spread.back()->first =
          (firstShard + shard) * (isData ? input->shape[0] : 1);
    }
  }
  inputs = std::move(spread);
}

// Of copies of a node of the shard that of the same shard, else all.
std::vector<uint32_t> Spreader::waitsOf(const format::NodeT &node,
                                        uint32_t copy, bool isOfShard) const {
  std::vector<uint32_t> waits;
  for (uint32_t earlier : node.dependencies) {
    const std::vector<uint32_t> &copies = places[earlier];
    if (isOfShard && arePerShard[earlier])
      waits.push_back(copies[copy]);
    else
      waits.insert(waits.end(), copies.begin(), copies.end());
  }
  return waits;
}

void Spreader::addNode(const format::NodeT &node, uint32_t copy,
                       bool isOfShard) {
  auto made = std::make_unique<format::NodeT>(node);
  for (uint32_t &buffer : made->arguments)
    if (isPart(buffer))
      buffer = own[buffer][copy];
  made->dependencies = waitsOf(node, copy, isOfShard);
  nodes.push_back(std::move(made));
}

void Spreader::addCollective(const format::NodeT &node) {
  std::vector<uint32_t> waits = waitsOf(node, 0, /*isOfShard=*/false), copies;
  std::vector<uint32_t> parts, wholes;
  size_t tensors = node.arguments.size() / 2;
  for (size_t i = 0; i < tensors; ++i) {
    uint32_t from = node.arguments[i], whole = node.arguments[tensors + i];
    uint64_t bytes = tables.buffers[from].bytes();
    uint64_t place = tables.buffers[whole].offset() + firstShard * bytes;
    wholes.push_back(whole);
    parts.push_back(addBuffer(place, local * bytes));
    for (uint32_t shard = 0; shard < local; ++shard) {
      auto copy = std::make_unique<format::NodeT>();
      copy->kind = format::NodeKind::Copy;
      copy->arguments = {own[from][shard],
                         addBuffer(place + shard * bytes, bytes)};
      copy->dependencies = waits;
      copy->location = node.location;
      copies.push_back(nodes.size());
      nodes.push_back(std::move(copy));
    }
  }
  if (ranks > 1) {
    auto made = std::make_unique<format::NodeT>(node);
    made->arguments = std::move(parts);
    made->arguments.insert(made->arguments.end(), wholes.begin(), wholes.end());
    made->dependencies = std::move(copies);
    copies = {static_cast<uint32_t>(nodes.size())};
    nodes.push_back(std::move(made));
  }
  places.push_back(std::move(copies));
}

// A node, or those of a group, which stay together.
void Spreader::addUnit(const format::EntryT &entry, uint32_t first,
                       uint32_t count) {
  const format::NodeT &node = *entry.nodes[first];
  if (node.kind == format::NodeKind::Collective)
    return addCollective(node);
  bool isOfShard = runsPerShard(node);
  places.resize(first + count);
  for (uint32_t copy = 0; copy < (isOfShard ? local : 1); ++copy)
    for (uint32_t i = first; i < first + count; ++i) {
      places[i].push_back(nodes.size());
      addNode(*entry.nodes[i], copy, isOfShard);
    }
}

void Spreader::spreadNodes(format::EntryT &entry) {
  nodes.clear();
  groups.clear();
  places.clear();
  arePerShard.clear();
  for (const std::unique_ptr<format::NodeT> &node : entry.nodes)
    arePerShard.push_back(runsPerShard(*node));
  auto group = entry.groups.begin();
  for (uint32_t first = 0; first < entry.nodes.size();) {
    bool isGroup = group != entry.groups.end() && group->first() == first;
    uint32_t count =
        isGroup ? tables.gpu_groups[group->group()]->kernels.size() : 1;
    uint32_t begin = nodes.size();
    addUnit(entry, first, count);
    for (uint32_t at = begin; isGroup && at < nodes.size(); at += count)
      groups.emplace_back(at, group->group());
    group += isGroup;
    first += count;
  }
  entry.nodes = std::move(nodes);
  entry.groups = std::move(groups);
}

void Spreader::run() {
  spreadBuffers();
  for (std::unique_ptr<format::EntryT> &entry : tables.entries) {
    spreadInputs(entry->inputs);
    spreadNodes(*entry);
  }
  // Those tell what the arena of one shard would need.
  if (local > 1)
    tables.batches.clear();
  tables.shards = 1;
  tables.shard_offset = tables.arena_bytes;
}

void gan::runtime::spreadShards(format::ExecutableT &tables, uint32_t rank,
                                uint32_t ranks) {
  Spreader(tables, rank, ranks).run();
}
