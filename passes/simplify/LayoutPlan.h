// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Decides how every tensor of a model lies in memory, so that as few bytes as
// possible have to be transposed.
//
// Tensors that can only agree (operands and result of an elementwise op, both
// ends of a transposition, a storage and what steps read and write of it) form
// a class, which has one layout, seen from each member through a permutation.
// Contractions, random numbers, data and outputs vote for the order of axes
// that they need, each with the bytes that it would cost them to transpose. The
// class with the heaviest votes is decided first; it then votes on what it
// meets at a broadcast, a sum or a reshape.
#ifndef GAN_PASSES_SIMPLIFY_LAYOUTPLAN_H
#define GAN_PASSES_SIMPLIFY_LAYOUTPLAN_H

#include "passes/simplify/LayoutRules.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <compare>
#include <set>
#include <vector>

namespace gan::simplify {

class LayoutPlan {
public:
  /// Adds a pure tensor function, with the arguments and results of a step.
  void addFunction(mlir::func::FuncOp function);
  /// Two storages of one type that have to lie alike.
  void addCopy(mlir::StringAttr storage, mlir::StringAttr original);
  /// Decides; after the last function, before the first question.
  void decide();

  Layout layoutOf(mlir::Value value);
  /// The identity of no rank for storages that no function reads or writes.
  Layout layoutOf(mlir::StringAttr storage);

private:
  // Member of a class: its layout is `relation` after the layout of `parent`.
  struct Node {
    unsigned parent;
    Layout relation;
    Shape shape;
    int64_t bytes = 0;
  };
  struct Vote {
    unsigned node;
    Layout layout;
    int64_t bytes; // to transpose if it is not heard
  };
  struct Cost {
    int64_t bytes = 0; // to transpose
    int64_t views = 0; // axes of extent 1 out of place: free, but parts kernels
    auto operator<=>(const Cost &) const = default;
  };
  struct Class {
    std::vector<Vote> votes;
    std::set<std::pair<unsigned, Layout>> heard;
    int64_t weight = 0;
    llvm::SetVector<mlir::Operation *> links; // ops that lead to other classes
    std::optional<Layout> layout;             // of the root
  };

  unsigned nodeOf(mlir::Value value);
  unsigned nodeOf(mlir::StringAttr storage, mlir::Type type);
  unsigned addNode(mlir::Type type);
  std::pair<unsigned, Layout> rootOf(unsigned node);
  void join(unsigned a, unsigned b, ShapeRef relation);
  void joinResults(mlir::func::FuncOp function);
  void addOp(mlir::Operation *op);

  void vote(unsigned node, Layout layout, int64_t bytes);
  void voteForIdentity(mlir::Value value);
  void voteAtBorders(mlir::func::FuncOp function);
  void voteOf(mlir::Operation *op);
  Cost costOf(const Class &one, ShapeRef candidate);
  void decideClass(Class &one);
  Layout layoutOfNode(unsigned node);
  void passOn(mlir::Operation *link);

  std::vector<Node> nodes;
  llvm::DenseMap<mlir::Value, unsigned> values;
  llvm::MapVector<mlir::StringAttr, unsigned> storages;
  std::vector<mlir::func::FuncOp> functions;
  std::vector<std::pair<mlir::StringAttr, mlir::StringAttr>> copies;
  llvm::MapVector<unsigned, Class> classes; // by root
};

} // namespace gan::simplify

#endif // GAN_PASSES_SIMPLIFY_LAYOUTPLAN_H
