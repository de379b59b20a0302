// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/simplify/LayoutPlan.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::simplify;

// ---- classes: a union-find whose links carry permutations

unsigned LayoutPlan::addNode(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  int64_t bits = tensor.getElementType().getIntOrFloatBitWidth();
  nodes.push_back(Node{
      static_cast<unsigned>(nodes.size()), identityLayout(tensor.getRank()),
      Shape(tensor.getShape()), tensor.getNumElements() * ((bits + 7) / 8)});
  return nodes.size() - 1;
}

unsigned LayoutPlan::nodeOf(Value value) {
  auto [entry, isNew] = values.try_emplace(value, 0);
  if (isNew)
    entry->second = addNode(value.getType());
  return entry->second;
}

unsigned LayoutPlan::nodeOf(StringAttr storage, Type type) {
  auto [entry, isNew] = storages.try_emplace(storage, 0);
  if (isNew)
    entry->second = addNode(type);
  return entry->second;
}

// The root of the node's class, and the permutation that leads from a layout of
// the root to one of the node.
std::pair<unsigned, Layout> LayoutPlan::rootOf(unsigned node) {
  SmallVector<unsigned> path;
  while (nodes[node].parent != node) {
    path.push_back(node);
    node = nodes[node].parent;
  }
  for (unsigned one : llvm::reverse(path)) {
    if (nodes[one].parent != node)
      nodes[one].relation =
          permute(nodes[one].relation, nodes[nodes[one].parent].relation);
    nodes[one].parent = node;
  }
  return {node, path.empty() ? identityLayout(nodes[node].shape.size())
                             : nodes[path.front()].relation};
}

// layout(a) = relation after layout(b), unless the two are bound already.
void LayoutPlan::join(unsigned a, unsigned b, ShapeRef relation) {
  auto [rootA, fromA] = rootOf(a);
  auto [rootB, fromB] = rootOf(b);
  if (rootA == rootB)
    return;
  nodes[rootA].parent = rootB;
  nodes[rootA].relation =
      permute(inversePermutation(fromA), permute(relation, fromB));
}

// Whether the op can work in any layout and asks others to follow.
static bool isLink(Operation *op) {
  if (auto sum = dyn_cast<SumOp>(op))
    return !sum.getOrder();
  return isa<BroadcastOp, ArgmaxOp>(op) ||
         (isa<ReshapeOp>(op) && !transposition(op).has_value());
}

// Whether the op makes its result from nothing, wherever the axes are.
static bool isMadeAnywhere(Operation *op) {
  auto constant = dyn_cast<ConstantOp>(op);
  return isa<IotaOp>(op) || (constant && constant.getValue().isSplat());
}

void LayoutPlan::addOp(Operation *op) {
  unsigned result = nodeOf(op->getResult(0));
  if (keepsAxes(op))
    for (Value operand : op->getOperands())
      join(nodeOf(operand), result, identityLayout(nodes[result].shape.size()));
  else if (std::optional<Layout> relation = transposition(op))
    join(nodeOf(op->getOperand(0)), result, *relation);
}

// What is stored lies as the storage does.
void LayoutPlan::joinResults(func::FuncOp function) {
  Operation *end = function.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(end->getOperands()))
    if (auto name = function.getResultAttrOfType<StringAttr>(i, "gan.storage"))
      join(nodeOf(value), nodeOf(name, value.getType()),
           identityLayout(shapeOf(value).size()));
}

void LayoutPlan::addFunction(func::FuncOp function) {
  functions.push_back(function);
  for (auto [i, argument] : llvm::enumerate(function.getArguments()))
    if (auto name = function.getArgAttrOfType<StringAttr>(i, "gan.storage"))
      join(nodeOf(argument), nodeOf(name, argument.getType()),
           identityLayout(shapeOf(argument).size()));
  for (Operation &op : function.getBody().front().without_terminator())
    addOp(&op);
  joinResults(function);
}

void LayoutPlan::addCopy(StringAttr storage, StringAttr original) {
  copies.push_back({storage, original});
}

// ---- votes

void LayoutPlan::vote(unsigned node, Layout layout, int64_t bytes) {
  Class &one = classes[rootOf(node).first];
  if (layout.size() < 2 || !one.heard.insert({node, layout}).second)
    return;
  one.weight += bytes;
  one.votes.push_back({node, std::move(layout), bytes});
}

void LayoutPlan::voteForIdentity(Value value) {
  unsigned node = nodeOf(value);
  vote(node, identityLayout(nodes[node].shape.size()), nodes[node].bytes);
}

// What an op demands whatever its neighbours say.
void LayoutPlan::voteOf(Operation *op) {
  if (keepsAxes(op) || transposition(op) || isMadeAnywhere(op))
    return;
  if (isLink(op)) {
    classes[rootOf(nodeOf(op->getOperand(0))).first].links.insert(op);
    classes[rootOf(nodeOf(op->getResult(0))).first].links.insert(op);
    return;
  }
  // A product of matrices takes and gives all three as they lie.
  if (isa<MatmulOp>(op))
    return vote(nodeOf(op->getResult(0)),
                identityLayout(shapeOf(op->getResult(0)).size()), /*bytes=*/0);
  for (Value operand : op->getOperands())
    voteForIdentity(operand);
  voteForIdentity(op->getResult(0));
}

// What is read and shown lies as the file has it.
void LayoutPlan::voteAtBorders(func::FuncOp function) {
  for (auto [i, value] : llvm::enumerate(function.getArguments()))
    if (!function.getArgAttr(i, "gan.storage"))
      voteForIdentity(value);
  Operation *end = function.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(end->getOperands()))
    if (!function.getResultAttr(i, "gan.storage"))
      voteForIdentity(value);
}

LayoutPlan::Cost LayoutPlan::costOf(const Class &one, ShapeRef candidate) {
  Cost cost;
  for (const Vote &vote : one.votes) {
    Layout own = permute(rootOf(vote.node).second, candidate);
    if (movesElements(nodes[vote.node].shape, own, vote.layout))
      cost.bytes += vote.bytes;
    else if (own != vote.layout)
      ++cost.views;
  }
  return cost;
}

// The cheapest of the layouts voted for; the first of equals, so that
// contractions win over borders.
void LayoutPlan::decideClass(Class &one) {
  std::set<Layout> tried;
  Cost least;
  for (const Vote &vote : one.votes) {
    Layout candidate =
        permute(inversePermutation(rootOf(vote.node).second), vote.layout);
    if (!tried.insert(candidate).second)
      continue;
    Cost cost = costOf(one, candidate);
    if (!one.layout || cost < least) {
      least = cost;
      one.layout = candidate;
    }
  }
}

// Asks the class on the other side of `link` to follow the decided one.
void LayoutPlan::passOn(Operation *link) {
  Value x = link->getOperand(0), y = link->getResult(0);
  bool knowsX = classes[rootOf(nodeOf(x)).first].layout.has_value();
  if (knowsX == classes[rootOf(nodeOf(y)).first].layout.has_value())
    return;
  std::optional<Layout> asked;
  if (auto broadcast = dyn_cast<BroadcastOp>(link); broadcast && !knowsX)
    asked = broadcastOperand(broadcast, layoutOf(y));
  if (auto sum = dyn_cast<SumOp>(link); sum && knowsX)
    asked = reducedLayout(sum.getDims(), layoutOf(x));
  if (auto argmax = dyn_cast<ArgmaxOp>(link); argmax && knowsX)
    asked = reducedLayout(argmax.getDims(), layoutOf(x));
  if (isa<ReshapeOp>(link))
    asked = knowsX ? reshapeLayout(shapeOf(x), shapeOf(y), layoutOf(x))
                   : reshapeLayout(shapeOf(y), shapeOf(x), layoutOf(y));
  unsigned other = nodeOf(knowsX ? y : x);
  if (asked)
    vote(other, *asked, nodes[other].bytes);
}

void LayoutPlan::decide() {
  for (auto [storage, original] : copies)
    if (storages.contains(storage) && storages.contains(original)) {
      unsigned node = storages[storage];
      join(node, storages[original], identityLayout(nodes[node].shape.size()));
    }
  // First values are drawn once: what that costs weighs nothing.
  for (func::FuncOp function : functions)
    if (function->getAttrOfType<StringAttr>("gan.role") != "init")
      for (Operation &op : function.getBody().front().without_terminator())
        voteOf(&op);
  for (func::FuncOp function : functions)
    voteAtBorders(function);
  // A storage that nobody cares about stays as it is.
  for (auto [name, node] : storages)
    vote(node, identityLayout(nodes[node].shape.size()), /*bytes=*/1);
  while (true) {
    Class *heaviest = nullptr;
    for (auto &[root, one] : classes)
      if (!one.layout && !one.votes.empty() &&
          (!heaviest || one.weight > heaviest->weight))
        heaviest = &one;
    if (!heaviest)
      return;
    decideClass(*heaviest);
    for (Operation *link : heaviest->links)
      passOn(link);
  }
}

// The root of a class without votes has the identity.
Layout LayoutPlan::layoutOfNode(unsigned node) {
  auto [root, relation] = rootOf(node);
  auto *found = classes.find(root);
  if (found == classes.end() || !found->second.layout)
    return relation;
  return permute(relation, *found->second.layout);
}

Layout LayoutPlan::layoutOf(Value value) { return layoutOfNode(nodeOf(value)); }

Layout LayoutPlan::layoutOf(StringAttr storage) {
  auto found = storages.find(storage);
  return found == storages.end() ? Layout() : layoutOfNode(found->second);
}
