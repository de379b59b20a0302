// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/executable/ShardTables.h"

#include <algorithm>

using namespace gan;
using namespace gan::test;

static std::unique_ptr<format::NodeT> node(format::NodeKind kind,
                                           uint32_t kernel,
                                           std::vector<uint32_t> arguments,
                                           std::vector<uint32_t> after) {
  auto result = std::make_unique<format::NodeT>();
  result->kind = kind;
  result->kernel = kernel;
  result->arguments = std::move(arguments);
  result->dependencies = std::move(after);
  return result;
}

// What shards share first, then what each has for itself.
static void placeBuffers(format::ExecutableT &exe) {
  constexpr uint64_t tensor = kElements * sizeof(float);
  exe.buffers.emplace_back(0, 2 * tensor);
  exe.buffers.emplace_back(0, 8);
  uint64_t offset = 0;
  auto place = [&](uint32_t buffer) {
    uint64_t bytes = exe.buffers[buffer].bytes();
    exe.buffers[buffer] = format::Buffer(offset, bytes);
    offset += std::max<uint64_t>(bytes, 64);
  };
  for (uint32_t buffer : {uint32_t{W}, uint32_t{Lr}, uint32_t{Key},
                          uint32_t{Loss}, uint32_t{S}, uint32_t{All}})
    place(buffer);
  exe.shard_offset = offset;
  for (uint32_t buffer :
       {uint32_t{X}, uint32_t{H}, uint32_t{G}, uint32_t{K}, uint32_t{Number}})
    place(buffer);
  exe.arena_bytes = offset;
}

format::ExecutableT gan::test::makeShardTables() {
  format::ExecutableT exe = makeTables();
  exe.shards = 2;
  placeBuffers(exe);
  format::EntryT &step = *exe.entries[1];
  step.inputs[0]->batch = 64;
  auto number = std::make_unique<format::BindingT>();
  number->kind = format::BindingKind::Shard;
  number->element = format::ElementType::I64;
  number->buffer = Number;
  step.inputs.push_back(std::move(number));
  step.nodes.clear();
  constexpr format::NodeKind launch = format::NodeKind::Launch;
  step.nodes.push_back(node(launch, Add, {X, W, H}, {}));
  step.nodes.push_back(node(format::NodeKind::Collective, 0, {H, All}, {0}));
  step.nodes.push_back(node(launch, Add, {W, All, W}, {1}));
  step.nodes.push_back(node(launch, Sum, {All, Loss}, {1}));
  step.nodes.push_back(node(launch, Add, {H, X, G}, {0}));
  return exe;
}

std::vector<std::byte> gan::test::makeShardExecutable() {
  return assemble(makeShardTables(), {kernelImage(), kernelImage()});
}
