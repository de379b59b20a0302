// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Each check of the loader refuses the one thing that it is for.
#include "runtime/format/Hash.h"
#include "test/runtime/executable/Damages.h"

#include <cstring>
#include <limits>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Bytes = std::vector<std::byte>;
using Tables = format::ExecutableT;

namespace {
// A change of the file's bytes behind whose back the table's hash is put right.
struct ByteDamage {
  const char *refusal;
  std::function<void(Bytes &)> apply;
};
} // namespace

static format::FileHeader &headerOf(Bytes &file) {
  return *reinterpret_cast<format::FileHeader *>(file.data());
}

TEST(Verify, Bytes) {
  const ByteDamage cases[] = {
      {"does not begin as a .ganx does",
       [](Bytes &f) { f[3] ^= std::byte{1}; }},
      {"is of version 9 of the format",
       [](Bytes &f) { headerOf(f).version = 9; }},
      {"has reserved bytes in its header that are not zero",
       [](Bytes &f) { headerOf(f).reserved[7] = 1; }},
      {"bytes, its header says", [](Bytes &f) { f.push_back({}); }},
      {"bytes, its header says", [](Bytes &f) { f.pop_back(); }},
      {"bytes that does not fit",
       [](Bytes &f) { headerOf(f).tableBytes = f.size(); }},
      {"has a table that is not a FlatBuffer of a .ganx",
       [](Bytes &f) { headerOf(f).tableBytes = 16; }},
      {"has a table that is not a FlatBuffer of a .ganx",
       [](Bytes &f) { f[sizeof(format::FileHeader)] = std::byte{0xff}; }},
      {"segment 1 differs from its hash",
       [](Bytes &f) { f.back() ^= std::byte{1}; }},
      {"has bytes before segment 1 that are not zero",
       [](Bytes &f) { f[f.size() - kernelImage().size() - 1] = std::byte{1}; }},
      {"bytes behind its last segment",
       [](Bytes &f) {
         f.push_back({});
         headerOf(f).fileBytes += 1;
       }},
  };
  for (const ByteDamage &damage : cases) {
    Bytes file = makeExecutable();
    damage.apply(file);
    repairTableHash(file);
    expectRefusal(file, damage.refusal);
  }
  Bytes file = makeExecutable();
  file[sizeof(format::FileHeader) + 100] ^= std::byte{1};
  expectRefusal(file, "has a table that differs from its hash");
}

TEST(Verify, Provenance) {
  expectRefusals({
      {"was made by ganc 0, whose format differs",
       [](Tables &t) { ++t.schema_hash; }},
      {"was made by ganc 0, whose format differs",
       [](Tables &t) { ++t.format_version; }},
      {"has a model text that differs from its hash",
       [](Tables &t) { t.source += " "; }},
      {"has reals that are neither f32 nor f64",
       [](Tables &t) { t.reals = format::ElementType::I32; }},
  });
}

// Assembling fills the segments in; this damages them behind its back.
TEST(Verify, Segments) {
  constexpr uint64_t page = format::kImageAlignment;
  const std::function<uint64_t(uint64_t)> places[] = {
      [](uint64_t offset) { return offset + 4; },
      [](uint64_t offset) { return offset + 64; },
      [](uint64_t offset) { return offset + 2 * page; },
      [](uint64_t) { return 0; }, [](uint64_t) { return UINT64_MAX - 63; }};
  for (const auto &place : places) {
    Bytes file = makeExecutable();
    const format::Executable *exe =
        format::GetExecutable(file.data() + sizeof(format::FileHeader));
    auto *segment = const_cast<format::Segment *>(exe->segments()->Get(1));
    *segment = format::Segment(place(segment->offset()), segment->bytes(),
                               segment->hash());
    repairTableHash(file);
    expectRefusal(file, "cannot stand at");
  }
}

// FlatBuffers' own verifier lets this pass.
TEST(Verify, Alignment) {
  Bytes file = makeExecutable();
  const format::Executable *exe =
      format::GetExecutable(file.data() + sizeof(format::FileHeader));
  const format::Storage *storage = exe->storage()->Get(0);
  auto *shape = reinterpret_cast<const uint8_t *>(storage->shape());
  // The field of the table that holds the distance to the shape; four bytes
  // less make a vector of what stands before its length.
  auto *field =
      const_cast<uint8_t *>(reinterpret_cast<const uint8_t *>(storage));
  uint32_t distance = 0;
  while (std::memcpy(&distance, field, sizeof(distance)),
         field + distance != shape)
    field += 4;
  distance -= 4;
  uint32_t length = 1;
  std::memcpy(field, &distance, sizeof(distance));
  std::memcpy(field + distance, &length, sizeof(length));
  repairTableHash(file);
  expectRefusal(file, "has numbers in its table that are not aligned");
}

TEST(Verify, Memory) {
  expectRefusals({
      {"buffer 4 of 8192 bytes cannot stand at 8",
       [](Tables &t) { t.buffers[H] = format::Buffer(8, 8192); }},
      {"of an arena of", [](Tables &t) { t.arena_bytes -= 64; }},
      {"cannot stand at 18446744073709551552",
       [](Tables &t) { t.buffers[H] = format::Buffer(UINT64_MAX - 63, 128); }},
      {"are possible", [](Tables &t) { t.arena_bytes = uint64_t{1} << 50; }},
      {"an arena of 8 bytes for a batch of 32 as number 0 of its planned",
       [](Tables &t) { t.batches = {{32, 8}}; }},
      {"for a batch of 0 as number 1 of its planned batches",
       [](Tables &t) { t.batches = {{32, t.arena_bytes}, {0, 8}}; }},
      {"for a batch of 32 as number 1",
       [](Tables &t) { t.batches = {{32, t.arena_bytes}, {32, 8}}; }},
      {"as number 1",
       [](Tables &t) {
         t.batches = {{32, t.arena_bytes}, {16, uint64_t{1} << 50}};
       }},
      {"storage 1 'G.w' has no name of its own",
       [](Tables &t) {
         t.storage.push_back(std::make_unique<format::StorageT>(*t.storage[0]));
       }},
      {"storage 0 '' has no name of its own",
       [](Tables &t) { t.storage[0]->name = ""; }},
      {"has an unknown kind or element type",
       [](Tables &t) { t.storage[0]->kind = format::StorageKind(3); }},
      {"has an unknown kind or element type",
       [](Tables &t) { t.storage[0]->element = format::ElementType(6); }},
      {"has an unknown kind or element type", // only between kernels
       [](Tables &t) { t.storage[0]->element = format::ElementType::BF16; }},
      {"has a layout that is no permutation of its 2 axes",
       [](Tables &t) { t.storage[0]->layout = {1, 1}; }},
      {"has a layout that is no permutation",
       [](Tables &t) { t.storage[0]->layout = {2, 0}; }},
      {"has a layout that is no permutation",
       [](Tables &t) { t.storage[0]->layout = {0}; }},
      {"storage 0 'G.w' names buffer 99 of 9",
       [](Tables &t) { t.storage[0]->buffer = 99; }},
      {"storage 0 'G.w' does not fit into its buffer of 8192 bytes",
       [](Tables &t) { t.storage[0]->shape[0] = 65; }},
      {"does not fit into its buffer",
       [](Tables &t) { t.storage[0]->shape[0] = -64; }},
      {"does not fit into its buffer",
       [](Tables &t) { t.storage[0]->shape = {1l << 62, 1l << 62}; }},
      {"storage 0 'G.w' has its value in segment 7 of 2",
       [](Tables &t) { t.storage[0]->value = 7; }},
      {"storage 0 'G.w' of 8192 bytes has a value of",
       [](Tables &t) { t.storage[0]->value = 1; }},
      {"shares buffer 0 with another storage",
       [](Tables &t) {
         t.storage.push_back(std::make_unique<format::StorageT>(*t.storage[0]));
         t.storage.back()->name = "G.v";
       }},
      {"buffer 8 shares bytes with another",
       [](Tables &t) { t.buffers[S] = t.buffers[W]; }},
      {"buffer 6 shares bytes with another",
       [](Tables &t) { t.buffers[K] = t.buffers[X]; }},
  });
}

TEST(Verify, Code) {
  expectRefusals({
      {"image 1 'x86-64-v3' has no target of its own",
       [](Tables &t) { t.images[1]->target = "x86-64-v3"; }},
      {"image 0 'x86-64-v3' names segment 2 of 2",
       [](Tables &t) { t.images[0]->segment = 2; }},
      {"kernel 0 'add' has 1 entries for 2 images",
       [](Tables &t) { t.kernels[0]->entry_offsets.pop_back(); }},
      {"kernel 0 'add' begins at byte",
       [](Tables &t) {
         t.kernels[0]->entry_offsets[1] = kernelImage().size();
       }},
      {"has 3 sizes and 4 marks of writing",
       [](Tables &t) { t.kernels[0]->written.push_back(true); }},
      {"has not one known element type for each of its 3 arguments",
       [](Tables &t) { t.kernels[0]->elements.pop_back(); }},
      {"has not one known element type for each of its 3 arguments",
       [](Tables &t) {
         t.kernels[0]->elements[2] = static_cast<format::ElementType>(99);
       }},
      {"bytes of scratch, which is too much",
       [](Tables &t) { t.kernels[0]->scratch_bytes = uint64_t{1} << 40; }},
      {"kernel 0 'add' wants 18446744073709551615 tiles",
       [](Tables &t) { t.kernels[0]->tiles = UINT64_MAX; }},
  });
}

// The last segment, 64 bytes further on.
TEST(Verify, Pages) {
  Bytes file = makeExecutable();
  auto *segment = const_cast<format::Segment *>(
      format::GetExecutable(file.data() + sizeof(format::FileHeader))
          ->segments()
          ->Get(1));
  uint64_t offset = segment->offset();
  *segment = format::Segment(offset + 64, segment->bytes(), segment->hash());
  file.insert(file.begin() + static_cast<ptrdiff_t>(offset), 64, {});
  headerOf(file).fileBytes += 64;
  repairTableHash(file);
  expectRefusal(file, "image 1 'x86-64-v4' does not begin at a page");
}

TEST(Verify, Nodes) {
  expectRefusals({
      {"entry 'train.0' node 0 names buffer 9 of 9",
       [](Tables &t) { t.entries[1]->nodes[0]->arguments[1] = 9; }},
      {"node 0 launches kernel 5 of 5",
       [](Tables &t) { t.entries[1]->nodes[0]->kernel = 5; }},
      {"node 0 gives 2 arguments to a kernel that takes 3",
       [](Tables &t) { t.entries[1]->nodes[0]->arguments.pop_back(); }},
      {"node 0 gives a buffer of 4 bytes as argument 1, the kernel needs 8192",
       [](Tables &t) { t.entries[1]->nodes[0]->arguments[1] = Lr; }},
      {"node 1 waits for node 1, which is not before it",
       [](Tables &t) { t.entries[1]->nodes[1]->dependencies = {1}; }},
      {"node 0 is neither a launch nor a copy nor a collective",
       [](Tables &t) { t.entries[1]->nodes[0]->kind = format::NodeKind(3); }},
      {"node 4 is a copy with 3 buffers",
       [](Tables &t) { t.entries[1]->nodes[4]->arguments.push_back(K); }},
      {"node 4 copies 8192 bytes into 4",
       [](Tables &t) { t.entries[1]->nodes[4]->arguments[1] = Loss; }},
      {"or onto themselves",
       [](Tables &t) { t.entries[1]->nodes[4]->arguments[1] = G; }},
      {"writes argument 2 over a part of argument 0",
       [](Tables &t) {
         t.buffers[G] = format::Buffer(t.buffers[H].offset() + 64, 8192);
         t.entries[1]->nodes[2]->arguments = {H, W, G};
       }},
      {"has 16385 nodes, at most 16384 are possible",
       [](Tables &t) {
         while (t.entries[1]->nodes.size() <= 16384)
           t.entries[1]->nodes.push_back(
               std::make_unique<format::NodeT>(*t.entries[1]->nodes[0]));
       }},
  });
}

TEST(Verify, Order) {
  expectRefusals({
      {"entry 'train.0' node 1 does not wait for node 0, which touches",
       [](Tables &t) { t.entries[1]->nodes[1]->dependencies = {}; }},
      {"node 2 does not wait for node 0",
       [](Tables &t) {
         t.entries[1]->nodes[2]->arguments = {W, X, W};
         t.entries[1]->nodes[2]->dependencies = {};
       }},
      {"node 5 does not wait for node 3",
       [](Tables &t) { t.entries[1]->nodes[5]->dependencies = {4}; }},
      {"node 5 does not wait for node 4",
       [](Tables &t) { t.entries[1]->nodes[5]->dependencies = {3}; }},
  });
}

TEST(Verify, Entries) {
  expectRefusals({
      {"entry 1 'init' has no name of its own",
       [](Tables &t) { t.entries[1]->name = "init"; }},
      {"is of an unknown kind, or a second init",
       [](Tables &t) { t.entries[2]->kind = format::EntryKind::Init; }},
      {"is of an unknown kind",
       [](Tables &t) { t.entries[2]->kind = format::EntryKind(9); }},
      {"makes 100000 moves, at most 65536",
       [](Tables &t) { t.entries[1]->moves = 100000; }},
  });
}

TEST(Verify, Bindings) {
  auto data = [](Tables &t) -> auto & { return *t.entries[1]->inputs[0]; };
  auto clock = [](Tables &t) -> auto & { return *t.entries[1]->inputs[1]; };
  auto key = [](Tables &t) -> auto & { return *t.entries[0]->inputs[0]; };
  auto loss = [](Tables &t) -> auto & { return *t.entries[1]->outputs[0]; };
  expectRefusals({
      {"input 0 'photos.x' has an unknown kind",
       [&](Tables &t) { data(t).kind = format::BindingKind(8); }},
      {"entry 'train.0' input 0 'photos.x' names buffer 9 of 9",
       [&](Tables &t) { data(t).buffer = 9; }},
      {"does not fit into its buffer of 4 bytes",
       [&](Tables &t) { data(t).buffer = Lr; }},
      {"is for move 1 of 1", [&](Tables &t) { data(t).move = 1; }},
      {"'photos.y' is of no data field",
       [&](Tables &t) { data(t).name = "photos.y"; }},
      {"differs from its field in more than the batch",
       [&](Tables &t) { data(t).shape = {16, 32}; }},
      {"differs from its field in more than the batch",
       [&](Tables &t) { data(t).element = format::ElementType::I32; }},
      {"is a clock without an expression, or not one real",
       [&](Tables &t) { clock(t).clock.reset(); }},
      {"is a clock without an expression, or not one real",
       [&](Tables &t) { clock(t).element = format::ElementType::I32; }},
      {"is a key that is not two i64",
       [&](Tables &t) { key(t).element = format::ElementType::F64; }},
      {"is a key that is not two i64", [&](Tables &t) { key(t).shape = {1}; }},
      {"is a metric that is not one real",
       [&](Tables &t) { loss(t).element = format::ElementType::I32; }},
      {"says whether a phase is over, but is not one bool",
       [&](Tables &t) { loss(t).kind = format::BindingKind::Until; }},
      {"is of a kind that goes in",
       [&](Tables &t) {
         loss(t).kind = format::BindingKind::Data;
         loss(t).name = "photos.x";
         loss(t).shape = {32, 64};
         loss(t).buffer = X;
       }},
      {"is of a kind that comes out",
       [&](Tables &t) { data(t).kind = format::BindingKind::Output; }},
      {"shares its buffer with another input or with storage",
       [&](Tables &t) { data(t).buffer = W; }},
      {"output 0 '' has no name of its own",
       [&](Tables &t) { loss(t).name = ""; }},
  });
}

TEST(Verify, Draws) {
  // Entry 3 draws z for entry 2.
  auto make = [](Tables &t) {
    auto key = std::make_unique<format::BindingT>(*t.entries[0]->inputs[0]);
    auto drawn = std::make_unique<format::BindingT>(*key);
    drawn->kind = format::BindingKind::Output;
    drawn->name = "z";
    auto taken = std::make_unique<format::BindingT>(*drawn);
    taken->kind = format::BindingKind::Draw;
    taken->buffer = X;
    auto draws = std::make_unique<format::EntryT>();
    draws->name = "samples.draws";
    draws->kind = format::EntryKind::Draws;
    draws->moves = 1;
    draws->inputs.push_back(std::move(key));
    draws->outputs.push_back(std::move(drawn));
    t.entries.push_back(std::move(draws));
    t.entries[2]->inputs.push_back(std::move(taken));
    t.entries[2]->draws = 3;
  };
  Tables tables = makeTables();
  make(tables);
  EXPECT_EQ(Executable::loadBytes(
                assemble(std::move(tables), {kernelImage(), kernelImage()}),
                "test.ganx")
                .status()
                .text(),
            "ok");
  auto refuse = [&](const char *refusal, std::function<void(Tables &)> damage) {
    expectRefusals({{refusal, [&](Tables &t) {
                       make(t);
                       damage(t);
                     }}});
  };
  refuse("input 0 'z' is drawn by entry 0 of 4, which draws for no output",
         [](Tables &t) { t.entries[2]->draws = 0; });
  refuse("input 0 'z' chooses among 3 classes, but is no draw of reals",
         [](Tables &t) { t.entries[2]->inputs[0]->classes = 3; });
  refuse("is drawn by entry 4 of 4",
         [](Tables &t) { t.entries[2]->draws = 4; });
  refuse("which draws for no output",
         [](Tables &t) { t.entries[2]->kind = format::EntryKind::Draws; });
  refuse("input 0 'y' is none of what entry 3 draws",
         [](Tables &t) { t.entries[2]->inputs[0]->name = "y"; });
  refuse("is none of what entry 3 draws",
         [](Tables &t) { t.entries[2]->inputs[0]->shape = {1, 2}; });
  refuse("is none of what entry 3 draws", [](Tables &t) {
    t.entries[2]->inputs[0]->element = format::ElementType::F64;
  });
}

TEST(Verify, Data) {
  auto x = [](Tables &t) -> auto & { return *t.data[0]->fields[0]; };
  auto ring = [](Tables &t) -> auto & { return *t.data[0]->fields[1]; };
  expectRefusals({
      {"data 0 '' has no name of its own",
       [](Tables &t) { t.data[0]->name = ""; }},
      {"field 1 'x' has no name of its own",
       [&](Tables &t) { ring(t).name = "x"; }},
      {"is of an unknown kind 'sound'",
       [&](Tables &t) { x(t).kind = "sound"; }},
      {"has an element type that is not its kind's",
       [&](Tables &t) { x(t).kind = "label"; }},
      {"has a shape out of range", [&](Tables &t) { x(t).shape = {1l << 60}; }},
      {"is an image without three axes and a range",
       [&](Tables &t) { x(t).kind = "image"; }},
      {"is an image of an unknown filter, or resized to less than its extents",
       [&](Tables &t) {
         x(t).kind = "image";
         x(t).shape = {1, 8, 8};
         x(t).low = -1;
         x(t).high = 1;
         x(t).resize = 7;
       }},
      {"has 0 stacks of 2 pictures",
       [&](Tables &t) {
         x(t).kind = "image";
         x(t).shape = {3, 8, 8};
         x(t).high = 1;
         x(t).stack = 2;
       }},
      {"has 9 stacks of 1 pictures",
       [&](Tables &t) {
         x(t).kind = "image";
         x(t).shape = {3, 8, 8};
         x(t).high = 1;
         x(t).count = 9;
       }},
      {"is of another record, but not of a field like it and a label or index "
       "that differs",
       [&](Tables &t) {
         x(t).other = x(t).name;
         x(t).differs = x(t).name;
       }},
      {"takes the mean of 4 of 3 vectors",
       [&](Tables &t) {
         x(t).kind = "vector";
         x(t).of = 3;
         x(t).mean = 4;
       }},
      {"takes the mean of 0 of 3 vectors", [&](Tables &t) { ring(t).of = 3; }},
      {"has 0 classes",
       [&](Tables &t) {
         x(t).kind = "label";
         x(t).element = format::ElementType::I32;
       }},
      {"has 257 classes",
       [&](Tables &t) {
         x(t).kind = "map";
         x(t).element = format::ElementType::I32;
         x(t).shape = {8, 8};
         x(t).classes = 257;
       }},
      {"is a map with other axes, or resized to less than its extents",
       [&](Tables &t) {
         x(t).kind = "map";
         x(t).element = format::ElementType::I32;
         x(t).shape = {8};
         x(t).classes = 3;
       }},
      {"is a map with other axes, or resized to less than its extents",
       [&](Tables &t) {
         x(t).kind = "map";
         x(t).element = format::ElementType::I32;
         x(t).shape = {8, 8};
         x(t).classes = 3;
         x(t).resize = 7;
       }},
      {"is a sequence with other axes",
       [&](Tables &t) {
         x(t).kind = "sequence";
         x(t).element = format::ElementType::I32;
         x(t).shape = {8, 8};
         x(t).classes = 3;
       }},
      {"expected rows of 3",
       [&](Tables &t) {
         ring(t).kind = "swiss_roll";
         ring(t).shape = {3};
       }},
      {"has 4 numbers for centres, expected rows of 3",
       [&](Tables &t) { ring(t).shape = {3}; }},
      {"has centres, a deviation or a count out of range",
       [&](Tables &t) { ring(t).std = -1; }},
      {"has centres, a deviation or a count out of range",
       [&](Tables &t) {
         ring(t).centres[1] = std::numeric_limits<double>::infinity();
       }},
  });
}

TEST(Verify, Game) {
  auto phase = [](Tables &t) -> auto & { return *t.phases[0]; };
  auto repeat = [](Tables &t) -> auto & { return *t.phases[0]->body[0]; };
  expectRefusals({
      {"phase 0 '' has no name of its own",
       [&](Tables &t) { phase(t).name = ""; }},
      {"has a length of 0 and a batch of 32",
       [&](Tables &t) { phase(t).length = 0; }},
      {"and a batch of 0", [&](Tables &t) { phase(t).batch = 0; }},
      {"or an unknown unit",
       [&](Tables &t) { phase(t).unit = format::LengthUnit(3); }},
      {"phase 0 'train' has a move of an unknown kind",
       [&](Tables &t) { repeat(t).kind = format::MoveKind(3); }},
      {"runs entry 3 of 3", [&](Tables &t) { repeat(t).body[0]->entry = 3; }},
      {"or one that is no step",
       [&](Tables &t) { repeat(t).body[0]->entry = 0; }},
      {"repeats or decides without a clock",
       [&](Tables &t) { repeat(t).condition.reset(); }},
      {"has a clock whose operation 5 has 0 operands",
       [&](Tables &t) { repeat(t).condition->op = format::ClockOp::Add; }},
      {"has a clock whose operation 99 has 0 operands",
       [&](Tables &t) { repeat(t).condition->op = format::ClockOp(99); }},
      {"phase 0 'train' ends by entry 3 of 3",
       [&](Tables &t) {
         phase(t).check = 1;
         phase(t).until = 3;
       }},
      {"ends by entry 2 of 3, which does not say whether a phase is over",
       [&](Tables &t) {
         phase(t).check = 1;
         phase(t).until = 2;
       }},
      {"ends by entry 2 of 3, which does not say whether a phase is over",
       [&](Tables &t) {
         phase(t).check = 1;
         phase(t).until = 2;
         t.entries[2]->kind = format::EntryKind::Until;
       }},
  });
}

TEST(Verify, Networks) {
  auto network = [](Tables &t) -> auto & { return *t.networks[0]; };
  expectRefusals({
      {"network 0 '' has no name of its own",
       [&](Tables &t) { network(t).name = ""; }},
      {"network 0 'G' uses value 3 before it is given",
       [&](Tables &t) { network(t).outputs = {3}; }},
      {"uses value 2 before it is given",
       [&](Tables &t) { network(t).ops[0]->operands = {0, 2}; }},
      {"gives value 0 of 3 twice",
       [&](Tables &t) { network(t).ops[0]->results = {0}; }},
      {"or has none such",
       [&](Tables &t) { network(t).ops[0]->results = {7}; }},
      {"has a type or shape out of range",
       [&](Tables &t) { network(t).values[0]->shape = {0}; }},
      {"names storage 'G.v', which there is not",
       [&](Tables &t) { network(t).values[1]->storage = "G.v"; }},
      {"differs from storage 'G.w' in type or size",
       [&](Tables &t) { network(t).values[1]->shape = {32}; }},
  });
}
