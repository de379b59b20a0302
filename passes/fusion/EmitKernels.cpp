// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/FusionRules.h"
#include "passes/fusion/GroupGraph.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace mlir;
using namespace gan;
using namespace gan::fusion;

// Position in the block of the last member: the key by which ready groups are
// taken, so that the order is that of the source.
static size_t positionOf(const Group &group,
                         const DenseMap<Operation *, size_t> &positions) {
  size_t last = 0;
  for (Operation *op : group.homes)
    last = std::max(last, positions.lookup(op));
  return last;
}

// Producers first; among the ready ones the earliest of the source.
static SmallVector<Group *> sortGroups(GroupGraph &graph) {
  DenseMap<Operation *, size_t> positions;
  for (auto [index, op] : llvm::enumerate(graph.block))
    positions[&op] = index;
  DenseMap<Group *, size_t> waiting;
  DenseMap<Group *, SmallVector<Group *>> readers;
  std::set<std::pair<size_t, Group *>> ready;
  for (const std::unique_ptr<Group> &group : graph.groups) {
    const llvm::SetVector<Group *> &producers = graph.producersOf(*group);
    waiting[group.get()] = producers.size();
    for (Group *producer : producers)
      readers[producer].push_back(group.get());
    if (producers.empty())
      ready.insert({positionOf(*group, positions), group.get()});
  }
  SmallVector<Group *> order;
  while (!ready.empty()) {
    Group *group = ready.begin()->second;
    ready.erase(ready.begin());
    order.push_back(group);
    for (Group *reader : readers[group])
      if (--waiting[reader] == 0)
        ready.insert({positionOf(*reader, positions), reader});
  }
  assert(order.size() == graph.groups.size() && "groups form a cycle");
  return order;
}

// Where a fault in the kernel points: its hero, or the last op it computes.
static Operation *causeOf(const Group &group) {
  for (Operation *op : group.members)
    if (isHero(op))
      return op;
  return group.homes.front();
}

// Clones the members, and the constants they use, into the body of `kernel`.
static void fillBody(KernelOp kernel, const Group &group,
                     ArrayRef<Value> inputs, ArrayRef<Operation *> outputs) {
  Block &body = kernel.getBody().emplaceBlock();
  IRMapping mapping;
  for (Value input : inputs)
    mapping.map(input, body.addArgument(input.getType(), input.getLoc()));
  OpBuilder builder = OpBuilder::atBlockEnd(&body);
  SmallVector<Operation *> members(group.members.begin(), group.members.end());
  llvm::sort(members,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  for (Operation *op : members) {
    for (Value operand : op->getOperands())
      if (Operation *def = operand.getDefiningOp<ConstantOp>())
        if (!mapping.contains(operand))
          builder.clone(*def, mapping);
    if (!mapping.contains(op->getResult(0)))
      builder.clone(*op, mapping);
  }
  SmallVector<Value> yielded;
  for (Operation *output : outputs)
    yielded.push_back(mapping.lookup(output->getResult(0)));
  YieldOp::create(builder, kernel.getLoc(), yielded);
}

static void emitKernel(OpBuilder &builder, GroupGraph &graph,
                       const Group &group, IRMapping &results) {
  llvm::SetVector<Value> inputs = group.inputs();
  SmallVector<Operation *> outputs = graph.outputsOf(group);
  SmallVector<Value> operands;
  for (Value input : inputs)
    operands.push_back(results.lookupOrDefault(input));
  SmallVector<Type> types;
  for (Operation *output : outputs)
    types.push_back(output->getResult(0).getType());
  auto kernel = KernelOp::create(builder, causeOf(group)->getLoc(), types,
                                 *group.kind, operands);
  fillBody(kernel, group, inputs.getArrayRef(), outputs);
  for (auto [output, result] : llvm::zip_equal(outputs, kernel.getOutputs()))
    results.map(output->getResult(0), result);
}

unsigned fusion::emitKernels(GroupGraph &graph) {
  SmallVector<Operation *> old;
  for (Operation &op : graph.block.without_terminator())
    old.push_back(&op);
  SmallVector<Group *> order = sortGroups(graph);
  OpBuilder builder(graph.block.getTerminator());
  IRMapping results;
  unsigned kernels = 0;
  for (Group *group : order) {
    if (!group->kind) {
      builder.clone(*group->homes.front(), results);
      continue;
    }
    emitKernel(builder, graph, *group, results);
    ++kernels;
  }
  for (OpOperand &operand : graph.block.getTerminator()->getOpOperands())
    operand.set(results.lookupOrDefault(operand.get()));
  for (Operation *op : llvm::reverse(old))
    op->erase();
  return kernels;
}
