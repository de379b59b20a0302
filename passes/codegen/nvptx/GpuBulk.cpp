// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuBulk.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace gan;

// `operands` are $0, $1 .. of `text`: pointers and i64 as they are, i32 too.
static void assembly(KernelBuilder &k, StringRef text, ValueRange operands) {
  SmallVector<std::string> constraints;
  for (Value operand : operands)
    constraints.push_back(operand.getType().isInteger(32) ? "r" : "l");
  constraints.push_back("~{memory}");
  LLVM::InlineAsmOp::create(k.b, k.loc, /*res=*/TypeRange(), operands, text,
                            llvm::join(constraints, ","),
                            /*has_side_effects=*/true,
                            /*is_align_stack=*/false,
                            LLVM::tailcallkind::TailCallKind::None,
                            /*asm_dialect=*/{}, /*operand_attrs=*/{});
}

static Value narrow(KernelBuilder &k, Value x) {
  return arith::TruncIOp::create(k.b, k.loc, k.b.getI32Type(), x);
}

static void whenFirst(GpuKernel &g, function_ref<void()> body) {
  Value isFirst = arith::CmpIOp::create(
      g.k.b, g.k.loc, arith::CmpIPredicate::eq, g.thread(), g.k.constant(0));
  g.k.when(isFirst, body);
}

// ---- operands

// As many members as make a box, of those that a copy may have.
std::optional<BulkOperand> BulkOperand::find(GpuTile &t, const Operand &operand,
                                             BlockArgument tensor,
                                             const Space &space, Value first,
                                             int64_t depth) {
  const Problem &p = t.p;
  // A stage neither ends with k nor lies behind it.
  if (p.count(p.k) % depth != 0 || (p.splits > 1 && p.part() % depth != 0) ||
      (t.slices > 1 && t.slices * t.stride > p.count(p.k)))
    return std::nullopt;
  BulkOperand bulk;
  bulk.operand = operand;
  bulk.space = space;
  bulk.first = first;
  bulk.depth = depth;
  bulk.alongK = p.isAlong(operand, p.k);
  Type element = cast<RankedTensorType>(tensor.getType()).getElementType();
  std::optional<TensorBox> box;
  if (bulk.alongK) {
    for (bulk.members = t.edge; !box && bulk.members >= 8; bulk.members /= 2)
      box = findBox(p, operand, element, p.k, depth, space, bulk.members);
    bulk.members *= 2;
  } else {
    bulk.members = membersOfRow;
    box = findBox(p, operand, element, space, membersOfRow, p.k, depth);
  }
  if (!box)
    return std::nullopt;
  bulk.box = *box;
  bulk.box.map.argument = tensor.getArgNumber();
  return bulk;
}

int64_t BulkOperand::bytes() const { return box.map.bytesOfBox(); }

void BulkOperand::takeMap(GpuTile &t) { map = t.g.takeMap(box.map); }

void BulkOperand::copy(GpuTile &t, Value step, Value memory,
                       Value barrier) const {
  KernelBuilder &k = t.k;
  size_t rank = box.axes.size();
  std::string coordinates;
  for (size_t i = 0; i < rank; ++i)
    coordinates += (i ? ", $" : "$") + std::to_string(i + 3);
  std::string text = "cp.async.bulk.tensor." + std::to_string(rank) +
                     "d.shared::cluster.global.tile.mbarrier::complete_tx::"
                     "bytes [$0], [$1, {" +
                     coordinates + "}], [$2];";
  for (int64_t slice = 0; slice < t.slices; ++slice)
    for (int64_t member = 0; member < t.edge; member += members) {
      t.setPosition(space, k.add(first, k.constant(member)));
      t.setPosition(t.p.k, k.add(step, k.constant(slice * t.stride)));
      int64_t place = (slice * t.edge + member) / members * bytes();
      SmallVector<Value> operands = {k.advance(memory, {}, k.constant(place)),
                                     map, barrier};
      Index index = t.index(operand);
      for (unsigned axis : box.axes)
        operands.push_back(narrow(k, index.digits[axis].value));
      assembly(k, text, operands);
    }
}

// ---- barriers

static constexpr int64_t barrierBytes = 8;

StageBarriers::StageBarriers(GpuKernel &g, int64_t stages)
    : g(g), stages(stages), memory(g.share(stages * barrierBytes)) {
  KernelBuilder &k = g.k;
  state = g.own(k.b.getI64Type(), 1);
  k.store(k.constant(0), state, k.constant(0));
  whenFirst(g, [&] {
    for (int64_t stage = 0; stage < stages; ++stage)
      assembly(k, "mbarrier.init.shared::cta.b64 [$0], 1;",
               at(k.constant(stage)));
    assembly(k, "fence.proxy.async.shared::cta;", {});
  });
  g.barrier();
}

Value StageBarriers::at(Value stage) {
  return g.k.advance(memory, {}, g.k.mul(stage, barrierBytes));
}

void StageBarriers::expect(Value stage, int64_t bytes) {
  KernelBuilder &k = g.k;
  assembly(k, "mbarrier.arrive.expect_tx.shared::cta.b64 _, [$0], $1;",
           {at(stage), narrow(k, k.constant(bytes))});
}

void StageBarriers::wait(Value stage) {
  KernelBuilder &k = g.k;
  Value now = k.load(state, k.b.getI64Type(), k.constant(0));
  Value shifted = arith::ShRUIOp::create(k.b, k.loc, now, stage);
  assembly(k,
           "{\n.reg .pred isThere;\nwait:\n"
           "mbarrier.try_wait.parity.shared::cta.b64 isThere, [$0], $1;\n"
           "@!isThere bra.uni wait;\n}",
           {at(stage), narrow(k, k.rem(shifted, 2))});
  Value bit = arith::ShLIOp::create(k.b, k.loc, k.constant(1), stage);
  k.store(arith::XOrIOp::create(k.b, k.loc, now, bit), state, k.constant(0));
}

void StageBarriers::end() {
  KernelBuilder &k = g.k;
  whenFirst(g, [&] {
    for (int64_t stage = 0; stage < stages; ++stage)
      assembly(k, "mbarrier.inval.shared::cta.b64 [$0];",
               at(k.constant(stage)));
  });
  g.barrier();
}
