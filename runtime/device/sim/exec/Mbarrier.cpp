// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Barriers in shared memory: a count of arrivals and of bytes that asynchronous
// copies still owe. What arrived before a phase completed is known to whoever
// saw it complete.
#include "runtime/device/sim/exec/Access.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Proxy.h"
#include "runtime/device/sim/exec/TensorCopy.h"

#include <cstring>

using namespace gan::sim;

namespace {
enum class Operation : uint8_t {
  Init,
  Invalidate,
  Arrive,
  ArriveDrop,
  ArriveExpect,
  Expect,
  Complete,
  Wait,
  WaitParity,
  ArriveCopies,          // .noinc: counts as an arrival
  ArriveCopiesUncounted, // one more is expected first
};
} // namespace

static void complain(Warp &warp, unsigned lane, const std::string &what,
                     const std::string &advice) {
  if (!warp.reported(Fault::BadOperand))
    warp.report(Fault::BadOperand, lane, what, advice);
}

void Mbarrier::advance() {
  if (pending != 0 || bytes != 0)
    return;
  ++phase;
  pending = expected;
  complete.join(arriving);
}

static void arrive(Warp &warp, unsigned lane, Mbarrier &barrier,
                   uint32_t count) {
  if (count > barrier.pending) {
    complain(warp, lane,
             std::to_string(count) + " arrive at an mbarrier that expects " +
                 std::to_string(barrier.pending) + " more",
             "initialise it for all who arrive in one phase");
    count = barrier.pending;
  }
  barrier.pending -= count;
  barrier.arriving.join(warp.knows);
  uint32_t &own = barrier.arriving.block[warp.index];
  own = std::max(own, warp.clock);
  barrier.advance();
}

static void initialise(Warp &warp, unsigned lane, Mbarrier &barrier,
                       uint32_t count) {
  if (count < 1 || count >= 1u << 20)
    complain(warp, lane,
             "an mbarrier for " + std::to_string(count) + " arrivals",
             "1 to 1048575 are possible");
  barrier = {};
  barrier.expected = barrier.pending = count;
  barrier.arriving.block.resize(warp.knows.block.size());
  barrier.complete.block.resize(warp.knows.block.size());
}

// True once the phase is over; then what it brought is known.
static bool waited(Warp &warp, const Mbarrier &barrier, uint64_t token,
                   bool parity) {
  bool over =
      parity ? (barrier.phase & 1) != (token & 1) : barrier.phase != token;
  if (over)
    warp.knows.join(barrier.complete);
  return over;
}

static void operate(Warp &warp, const Inst &inst, unsigned lane,
                    Mbarrier &barrier) {
  Operation operation = Operation(inst.aux);
  unsigned bits = operation == Operation::Wait ? 64 : 32;
  uint64_t value = inst.a == kNoSlot ? 1 : warp.readLane(inst.a, bits, lane);
  uint64_t token = barrier.phase;
  switch (operation) {
  case Operation::Init:
    initialise(warp, lane, barrier, uint32_t(value));
    break;
  case Operation::ArriveDrop:
    barrier.expected -= std::min(barrier.expected, uint32_t(value));
    arrive(warp, lane, barrier, uint32_t(value));
    break;
  case Operation::ArriveCopiesUncounted:
    ++barrier.pending;
    [[fallthrough]];
  case Operation::Arrive:
  case Operation::ArriveCopies:
    arrive(warp, lane, barrier, uint32_t(value));
    break;
  case Operation::ArriveExpect:
    barrier.bytes += int64_t(value);
    arrive(warp, lane, barrier, 1);
    break;
  case Operation::Expect:
    barrier.bytes += int64_t(value);
    break;
  case Operation::Complete:
    barrier.bytes -= int64_t(value);
    barrier.advance();
    break;
  case Operation::Wait:
  case Operation::WaitParity: {
    bool over =
        waited(warp, barrier, value, operation == Operation::WaitParity);
    warp.setPredicate(inst.d, 1u << lane, over ? kAllLanes : 0, 0);
    return;
  }
  case Operation::Invalidate:
    break;
  }
  if (inst.d != kNoSlot) {
    warp.lanes<uint64_t>(inst.d)[lane] = token;
    warp.carry(inst.d, 1u << lane, 0);
  }
}

static void visit(Warp &warp, const Inst &inst, const Access &access, void *) {
  Block &block = *warp.block;
  Operation operation = Operation(inst.aux);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    uint32_t offset = uint32_t(access.offset[lane]);
    bool begins = operation == Operation::Init;
    bool isThere = block.mbarriers.contains(offset);
    if (access.view->space != Space::Shared || (!isThere && !begins)) {
      complain(warp, lane, "this mbarrier was not initialised",
               "initialise it and pass a barrier before it is used");
      continue;
    }
    if (isThere && begins)
      complain(warp, lane, "this mbarrier was initialised before",
               "pass mbarrier.inval first");
    // For bulk copies it is only there behind a fence, as what is stored.
    if (begins)
      noteGenericWrite(warp, offset / 4, 2);
    if (operation == Operation::Wait || operation == Operation::WaitParity)
      landBulkCopies(block, offset);
    operate(warp, inst, lane, block.mbarriers[offset]);
    if (operation == Operation::Invalidate)
      block.mbarriers.erase(offset);
    if (access.view->valid)
      access.view->valid->set(access.offset[lane], 8, true);
  }
}

static void mbarrier(Warp &warp, const Inst &inst, uint32_t mask) {
  Operation operation = Operation(inst.aux);
  if (operation == Operation::ArriveCopies ||
      operation == Operation::ArriveCopiesUncounted)
    landAll(warp, inst, mask);
  forEachView(warp, inst, mask, {8, 8, uint8_t(kWrite | kStrong)}, visit,
              nullptr);
  // What follows is not what the arrival made known.
  if (operation != Operation::Wait && operation != Operation::WaitParity)
    ++warp.clock;
}

static Operation operationOf(const Match &match) {
  if (match.form->opcode == "cp")
    return match.has(".noinc") ? Operation::ArriveCopies
                               : Operation::ArriveCopiesUncounted;
  bool waits = match.has(".test_wait") || match.has(".try_wait");
  if (waits)
    return match.has(".parity") ? Operation::WaitParity : Operation::Wait;
  if (match.has(".arrive"))
    return match.has(".expect_tx") ? Operation::ArriveExpect
                                   : Operation::Arrive;
  constexpr std::pair<std::string_view, Operation> names[] = {
      {".init", Operation::Init},
      {".inval", Operation::Invalidate},
      {".arrive_drop", Operation::ArriveDrop},
      {".expect_tx", Operation::Expect},
  };
  for (auto [name, operation] : names)
    if (match.has(name))
      return operation;
  return Operation::Complete;
}

bool gan::sim::selectMbarrier(const Match &match, Inst &inst) {
  inst.aux = uint32_t(operationOf(match));
  inst.space = match.has(".shared") || match.has(".shared::cta") ||
                       inst.variableSpace == Space::Shared
                   ? Space::Shared
                   : Space::Generic;
  inst.run = mbarrier;
  return true;
}
