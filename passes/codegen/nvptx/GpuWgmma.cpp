// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles by wgmma: four warps multiply 64 rows of a by all columns they have of
// b, both in shared memory, and go on while they do.
//
// An operand lies as the hardware's swizzle of 64 bytes has it: rows of 64
// bytes, chunk c of row r at c ^ r / 2 % 4. What is copied in bulk across k
// lies in rows of 64 members, as the swizzle of 128 bytes has it.
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
    ofA = descriptor(a, k.add(slice, row));
    ofB = descriptor(b, k.add(slice, column));
  }

private:
  int64_t sumsOfThread() const override { return columns() / 2; }
  void multiplyStage(Value stage, MutableArrayRef<Value> sums) override;
  void settle(MutableArrayRef<Value> sums) override;
  void publish() override { assembly("fence.proxy.async.shared::cta;"); }
  std::pair<Value, Value> place(Value i, Value thread) override;

  Value descriptor(const Side &side, Value member);
  Value ahead(const Side &side, int64_t step);
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

// Where the members from `member` on lie: in units of 16 bytes the address, the
// distance of 8 rows of shared memory from bit 32 on; from bit 62 on the
// swizzle: 2 of rows of 64 bytes, 1 of 128. The bits between are, across k, the
// distance of blocks of rows; along k they are not looked at, with a swizzle,
// and 1 by convention.
Value WgmmaTile::descriptor(const Side &side, Value member) {
  constexpr int64_t inBlock = BulkOperand::membersOfRow;
  int64_t length = side.isAcrossK() ? inBlock * elementBytes() : rowBytes;
  uint64_t apart = side.isAcrossK() ? inBlock * rowBytes / chunkBytes : 1;
  uint64_t swizzle = side.isAcrossK() ? 1 : 2;
  auto form = static_cast<int64_t>(
      swizzle << 62 | uint64_t(8 * length / chunkBytes) << 32 | apart << 16);
  Value byte = k.mul(member, rowBytes);
  if (side.isAcrossK())
    byte = k.add(k.mul(k.div(member, inBlock), inBlock * rowBytes),
                 k.mul(k.rem(member, inBlock), elementBytes()));
  Value address = LLVM::PtrToIntOp::create(k.b, k.loc, k.b.getI64Type(),
                                           k.advance(side.memory, {}, byte));
  return k.add(k.div(address, chunkBytes), k.constant(form));
}

// How far behind the first step of a stage the operand of instruction `step`
// lies, in units of 16 bytes.
Value WgmmaTile::ahead(const Side &side, int64_t step) {
  int64_t bytes = rowBytes / stepsOfStage; // of k in a row
  if (side.isAcrossK())
    bytes = bytes / elementBytes() * BulkOperand::membersOfRow * elementBytes();
  return k.constant(step * bytes / chunkBytes);
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
  Value full = k.div(stage, chunkBytes);
  std::string turns;
  if (!isTf32)
    turns = llvm::formatv(", {0}, {1}", int(a.isAcrossK()), int(b.isAcrossK()));
  for (int64_t step = 0; step < stepsOfStage; ++step) {
    text += llvm::formatv(
        "wgmma.mma_async.sync.aligned.m64n{0}{1} {{{2}}, "
        "${3}, ${4}, p, 1, 1{5};\n",
        columns(), isTf32 ? "k8.f32.tf32.tf32" : "k16.f32.bf16.bf16", all,
        2 * sums.size() + 2 * step, 2 * sums.size() + 2 * step + 1, turns);
    descriptors.push_back(k.add(ofA, k.add(full, ahead(a, step))));
    descriptors.push_back(k.add(ofB, k.add(full, ahead(b, step))));
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
