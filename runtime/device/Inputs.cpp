// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Inputs.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

static constexpr uint64_t kAlignment = 64; // of buffers, which kernels rely on
static constexpr uint64_t kMostBytes = uint64_t{256} << 20;

uint64_t gan::runtime::bindingBytes(const format::Binding &binding) {
  return elementCount(*binding.shape()) * elementBytes(binding.element());
}

InputBlock gan::runtime::layOutInputs(const format::Executable &tables,
                                      uint32_t entry) {
  InputBlock block;
  for (const format::Binding *input : *tables.entries()->Get(entry)->inputs()) {
    uint64_t bytes = tables.buffers()->Get(input->buffer())->bytes();
    block.offsets.push_back(block.bytes);
    block.bytes += (bytes + kAlignment - 1) / kAlignment * kAlignment;
  }
  return block;
}

uint64_t gan::runtime::inputBytes(const format::Executable &tables,
                                  std::span<const uint32_t> entries) {
  uint64_t bytes = 0;
  for (uint32_t entry : entries)
    bytes += layOutInputs(tables, entry).bytes;
  return bytes;
}

using Moves = flatbuffers::Vector<flatbuffers::Offset<format::Move>>;

// How many times a body is played at most; kMostRuns where the clock tells.
static uint64_t mostRounds(const format::ClockExpression &count) {
  if (count.op() != format::ClockOp::Number)
    return kMostRuns;
  // The comparisons are false for a count that is no number.
  return count.value() >= kMostRuns ? kMostRuns
         : count.value() >= 1       ? static_cast<uint64_t>(count.value())
                                    : 0;
}

// Most bytes of the runs of some moves, or kMostBytes where they may be more.
static uint64_t mostBytes(const format::Executable &tables,
                          const Moves *moves) {
  uint64_t bytes = 0;
  for (uint32_t i = 0; moves && i < moves->size(); ++i) {
    const format::Move &move = *moves->Get(i);
    uint32_t entry = move.entry();
    switch (move.kind()) {
    case format::MoveKind::Run:
      bytes += inputBytes(tables, {&entry, 1});
      break;
    case format::MoveKind::Repeat:
      bytes += mostRounds(*move.condition()) * mostBytes(tables, move.body());
      break;
    case format::MoveKind::When:
      bytes += std::max(mostBytes(tables, move.body()),
                        mostBytes(tables, move.otherwise()));
      break;
    }
    bytes = std::min(bytes, kMostBytes);
  }
  return bytes;
}

uint64_t gan::runtime::slotBytes(const format::Executable &tables) {
  uint64_t pass = 0, run = kAlignment;
  for (const format::Phase *phase : *tables.phases())
    pass = std::max(pass, mostBytes(tables, phase->body()));
  for (uint32_t entry = 0; entry < tables.entries()->size(); ++entry)
    run = std::max(run, inputBytes(tables, {&entry, 1}));
  return std::max(run, std::min(pass, kMostRuns * run));
}
