// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "passes/inline/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_SPLITDRAWSPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

// Whether `draw` has numbers for each sample. Others belong to no sample, and
// nobody would want to choose them for one.
static bool isPerSample(RandomOp draw) { return !draw.getPlain(); }

namespace {
// Takes the draws out of one output, into a function beside it.
class Splitter {
public:
  Splitter(func::FuncOp output, SymbolTable &symbols)
      : output(output), symbols(symbols), builder(output) {}
  int64_t split();

private:
  void gatherDraws();
  func::FuncOp makeDraws();
  void takeArguments(StringRef draws);
  DictionaryAttr nameOf(RandomOp draw) {
    return builder.getDictionaryAttr(
        builder.getNamedAttr(drawAttribute, draw.getStreamAttr()));
  }
  DictionaryAttr argumentOf(RandomOp draw);

  func::FuncOp output;
  SymbolTable &symbols;
  OpBuilder builder;
  // By the stream, in their order; a stream gives one value however often it
  // occurs.
  llvm::MapVector<StringAttr, SmallVector<RandomOp>> draws;
};
} // namespace

// A second draw of a stream that is not the first again stays where it is.
void Splitter::gatherDraws() {
  for (auto draw : output.getBody().front().getOps<RandomOp>()) {
    if (!isPerSample(draw))
      continue;
    SmallVector<RandomOp> &same = draws[draw.getStreamAttr()];
    if (same.empty() ||
        OperationEquivalence::isEquivalentTo(
            draw, same.front(), OperationEquivalence::IgnoreLocations))
      same.push_back(draw);
  }
}

func::FuncOp Splitter::makeDraws() {
  SmallVector<Type> types;
  SmallVector<DictionaryAttr> names;
  for (auto &[stream, same] : draws) {
    types.push_back(same.front().getType());
    names.push_back(nameOf(same.front()));
  }
  Type key = RankedTensorType::get({2}, builder.getI64Type());
  auto function = func::FuncOp::create(builder, output.getLoc(),
                                       (output.getSymName() + ".draws").str(),
                                       builder.getFunctionType(key, types));
  function->setAttr("gan.role", builder.getStringAttr("draws"));
  function.setArgAttr(0, "gan.key", builder.getI64IntegerAttr(0));
  function.setAllResultAttrs(names);
  OpBuilder body = OpBuilder::atBlockBegin(function.addEntryBlock());
  SmallVector<Value> values;
  for (auto &[stream, same] : draws) {
    Operation *copy = body.clone(*same.front());
    copy->setOperand(0, function.getArgument(0));
    values.push_back(copy->getResult(0));
  }
  func::ReturnOp::create(body, output.getLoc(), values);
  symbols.insert(function, output->getIterator());
  return function;
}

DictionaryAttr Splitter::argumentOf(RandomOp draw) {
  NamedAttrList bindings(nameOf(draw));
  if (IntegerAttr classes = draw.getClassesAttr())
    bindings.set(classesAttribute, classes);
  return bindings.getDictionary(builder.getContext());
}

// The key, too, is no argument where nothing else is drawn.
void Splitter::takeArguments(StringRef from) {
  output->setAttr(drawsAttribute,
                  FlatSymbolRefAttr::get(builder.getContext(), from));
  for (auto &[stream, same] : draws) {
    unsigned last = output.getNumArguments();
    (void)output.insertArgument(last, same.front().getType(),
                                argumentOf(same.front()),
                                same.front().getLoc());
    for (RandomOp draw : same) {
      draw.replaceAllUsesWith(static_cast<Value>(output.getArgument(last)));
      draw.erase();
    }
  }
  for (unsigned i = output.getNumArguments(); i-- > 0;)
    if (output.getArgAttr(i, "gan.key") && output.getArgument(i).use_empty())
      (void)output.eraseArgument(i);
}

int64_t Splitter::split() {
  gatherDraws();
  if (draws.empty())
    return 0;
  takeArguments(makeDraws().getSymName());
  return draws.size();
}

namespace {
struct SplitDrawsPass : gan::impl::SplitDrawsPassBase<SplitDrawsPass> {
  using SplitDrawsPassBase::SplitDrawsPassBase;
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>())) {
      auto role = function->getAttrOfType<StringAttr>("gan.role");
      if (role && role.getValue() == "output")
        numDraws += Splitter(function, symbols).split();
    }
  }
};
} // namespace
