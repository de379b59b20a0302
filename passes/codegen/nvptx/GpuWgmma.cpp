// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles by wgmma: four warps multiply 64 rows of a by all columns they have of
// b, both in shared memory, and go on while they do.
//
// An operand lies as the hardware's swizzle of 64 bytes has it: rows of 64
// bytes, chunk c of row r at c ^ r / 2 % 4.
#include "passes/codegen/nvptx/GpuRounded.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t groupThreads = 128; // of four warps
static constexpr int64_t groupRows = 64;

namespace {
class WgmmaTile : public RoundedTile {
public:
  WgmmaTile(GpuTile &t, RealFormat format) : RoundedTile(t, format, {2}) {
    auto [row, column] = placeOfGroup(t.thread);
    Value slice = k.mul(t.slice, t.edge);
    ofA = descriptor(a.memory, k.add(slice, row));
    ofB = descriptor(b.memory, k.add(slice, column));
  }

private:
  int64_t sumsOfThread() const override { return columns() / 2; }
  void multiplyStage(Value stage, MutableArrayRef<Value> sums) override;
  void settle(MutableArrayRef<Value> sums) override;
  void publish() override { assembly("fence.proxy.async.shared::cta;"); }
  std::pair<Value, Value> place(Value i, Value thread) override;

  Value descriptor(Value memory, Value row);
  std::pair<Value, Value> placeOfGroup(Value thread);
  void assembly(StringRef text, MutableArrayRef<Value> sums = {},
                ArrayRef<Value> numbers = {});

  // The groups of a slice: 2 x 1 parts of the tile, 1 x 2 or 1 x 1.
  int64_t groupsDown() const { return t.edge / groupRows; }
  int64_t groupsAcross() const {
    return blockThreads / groupThreads / t.slices / groupsDown();
  }
  int64_t columns() const { return t.edge / groupsAcross(); }

  Value ofA, ofB; // descriptors of this group's part in the first stage
};
} // namespace

// Where the rows from `row` on lie: in units of 16 bytes the address, and the
// distance of 8 rows from bit 32 on; 2 from bit 62 on is the swizzle. The bits
// between are not looked at, with a swizzle, and 1 by convention.
Value WgmmaTile::descriptor(Value memory, Value row) {
  constexpr uint64_t form =
      uint64_t(2) << 62 | uint64_t(8 * rowBytes / 16) << 32 | uint64_t(1) << 16;
  Type i64 = k.b.getI64Type();
  Value address = LLVM::PtrToIntOp::create(
      k.b, k.loc, i64, k.advance(memory, {}, k.mul(row, rowBytes)));
  return k.add(k.div(address, 16), k.constant(static_cast<int64_t>(form)));
}

// The sums are results that take the place of what they were: the hardware
// writes registers, and nothing may move them while it does.
void WgmmaTile::assembly(StringRef text, MutableArrayRef<Value> sums,
                         ArrayRef<Value> numbers) {
  SmallVector<std::string> constraints;
  SmallVector<Value> operands(sums.begin(), sums.end());
  for (size_t i = 0; i < sums.size(); ++i)
    constraints.push_back("=f");
  for (size_t i = 0; i < sums.size(); ++i)
    constraints.push_back(std::to_string(i));
  for (Value number : numbers) {
    constraints.push_back("l");
    operands.push_back(number);
  }
  constraints.push_back("~{memory}");
  SmallVector<Type> types(sums.size(), t.type);
  TypeRange results;
  Type all;
  if (!sums.empty()) {
    all = LLVM::LLVMStructType::getLiteral(k.b.getContext(), types);
    results = all;
  }
  auto done = LLVM::InlineAsmOp::create(
      k.b, k.loc, results, operands, text, llvm::join(constraints, ","),
      /*has_side_effects=*/true, /*is_align_stack=*/false,
      LLVM::tailcallkind::TailCallKind::None, /*asm_dialect=*/{},
      /*operand_attrs=*/{});
  for (size_t i = 0; i < sums.size(); ++i)
    sums[i] = LLVM::ExtractValueOp::create(k.b, k.loc, done.getResult(0), i);
}

void WgmmaTile::multiplyStage(Value stage, MutableArrayRef<Value> sums) {
  SmallVector<std::string> names;
  for (size_t i = 0; i < sums.size(); ++i)
    names.push_back("$" + std::to_string(i));
  std::string all = llvm::join(names, ", ");
  std::string text = "{\n.reg .pred p;\nsetp.eq.b32 p, 0, 0;\n"
                     "wgmma.fence.sync.aligned;\n";
  SmallVector<Value> descriptors;
  Value ahead = k.div(stage, 16);
  for (int64_t step = 0; step < stepsOfStage; ++step) {
    text += llvm::formatv(
        "wgmma.mma_async.sync.aligned.m64n{0}{1} {{{2}}, "
        "${3}, ${4}, p, 1, 1{5};\n",
        columns(), isTf32 ? "k8.f32.tf32.tf32" : "k16.f32.bf16.bf16", all,
        2 * sums.size() + 2 * step, 2 * sums.size() + 2 * step + 1,
        isTf32 ? "" : ", 0, 0");
    Value within = k.constant(step * rowBytes / stepsOfStage / 16);
    for (Value side : {ofA, ofB})
      descriptors.push_back(k.add(side, k.add(ahead, within)));
  }
  assembly(text + "wgmma.commit_group.sync.aligned;\n}", sums, descriptors);
}

void WgmmaTile::settle(MutableArrayRef<Value> sums) {
  assembly("wgmma.wait_group.sync.aligned 0;", sums);
}

std::pair<Value, Value> WgmmaTile::placeOfGroup(Value thread) {
  Value group = k.div(thread, groupThreads);
  return {k.mul(k.div(group, groupsAcross()), groupRows),
          k.mul(k.rem(group, groupsAcross()), columns())};
}

// A warp has 16 rows; of 8 columns lane l has columns 2 (l % 4) and the next of
// rows l / 4 and l / 4 + 8.
std::pair<Value, Value> WgmmaTile::place(Value i, Value thread) {
  auto [groupRow, groupColumn] = placeOfGroup(thread);
  Value inGroup = k.rem(thread, groupThreads), lane = k.rem(inGroup, 32);
  Value row = k.add(k.mul(k.div(inGroup, 32), 16),
                    k.add(k.div(lane, 4), k.mul(k.rem(k.div(i, 2), 2), 8)));
  Value column = k.add(k.mul(k.div(i, 4), 8),
                       k.add(k.mul(k.rem(lane, 4), 2), k.rem(i, 2)));
  return {k.add(groupRow, row), k.add(groupColumn, column)};
}

bool gan::prefersWgmma(const GpuTile &t) {
  return t.k.target.hasWgmma && t.edge >= groupRows;
}

void gan::emitWgmmaTile(GpuTile &t, RealFormat format) {
  WgmmaTile(t, format).emit();
}
