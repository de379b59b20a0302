// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/executable/TestExecutable.h"

#include "runtime/format/Hash.h"
#include "runtime/format/Layout.h"
#include "test/runtime/executable/TestKernels.h"

#include <algorithm>
#include <cstring>

using namespace gan;
using namespace gan::test;

using format::ElementType;

static constexpr uint64_t kBytes = kElements * sizeof(float);
static const std::vector<int64_t> kShape = {32, 64};

static std::unique_ptr<format::NodeT> node(format::NodeKind kind,
                                           uint32_t kernel,
                                           std::vector<uint32_t> arguments,
                                           std::vector<uint32_t> dependencies) {
  auto result = std::make_unique<format::NodeT>();
  result->kind = kind;
  result->kernel = kernel;
  result->arguments = std::move(arguments);
  result->dependencies = std::move(dependencies);
  result->location = "test.gan:1:1";
  return result;
}

static std::unique_ptr<format::NodeT>
launch(uint32_t kernel, std::vector<uint32_t> arguments,
       std::vector<uint32_t> dependencies) {
  return node(format::NodeKind::Launch, kernel, std::move(arguments),
              std::move(dependencies));
}

static std::unique_ptr<format::BindingT>
binding(format::BindingKind kind, std::string name, ElementType element,
        std::vector<int64_t> shape, uint32_t buffer) {
  auto result = std::make_unique<format::BindingT>();
  result->kind = kind;
  result->name = std::move(name);
  result->element = element;
  result->shape = std::move(shape);
  result->buffer = buffer;
  return result;
}

static std::unique_ptr<format::ClockExpressionT> clock(format::ClockOp op,
                                                       double value = 0) {
  auto result = std::make_unique<format::ClockExpressionT>();
  result->op = op;
  result->value = value;
  return result;
}

// 0.5 * progress
static std::unique_ptr<format::ClockExpressionT> learningRate() {
  auto result = clock(format::ClockOp::Mul);
  result->arguments.push_back(clock(format::ClockOp::Number, 0.5));
  result->arguments.push_back(clock(format::ClockOp::Progress));
  return result;
}

static std::unique_ptr<format::KernelT> kernel(std::string name, uint64_t entry,
                                               std::vector<uint64_t> bytes,
                                               std::vector<bool> written,
                                               uint64_t tiles) {
  auto result = std::make_unique<format::KernelT>();
  result->name = std::move(name);
  result->entry_offsets = {entry, entry};
  result->elements.assign(bytes.size(), ElementType::F32);
  result->argument_bytes = std::move(bytes);
  result->written = std::move(written);
  result->tiles = tiles;
  result->flops = kElements;
  result->bytes = 3 * kBytes;
  result->hero = "elementwise";
  return result;
}

static void addMemory(format::ExecutableT &exe) {
  uint64_t offset = 0;
  for (uint32_t i = 0; i < kBuffers; ++i) {
    bool isSmall = i == Lr || i == Loss || i == Key;
    uint64_t bytes = i == Key ? 16 : isSmall ? 4 : kBytes;
    exe.buffers.emplace_back(offset, bytes);
    offset += std::max<uint64_t>(bytes, 64);
  }
  exe.arena_bytes = offset;
  auto w = std::make_unique<format::StorageT>();
  w->name = "G.w";
  w->owner = "G";
  w->shape = {64, 32};
  w->layout = {1, 0};
  w->buffer = W;
  exe.storage.push_back(std::move(w));
}

static void addCode(format::ExecutableT &exe) {
  for (const char *target : {"x86-64-v3", "x86-64-v4"}) {
    auto image = std::make_unique<format::ImageT>();
    image->target = target;
    image->segment = exe.images.size();
    exe.images.push_back(std::move(image));
  }
  std::vector<uint64_t> at = kernelOffsets();
  uint64_t tiles = kElements / kTile;
  exe.kernels.push_back(kernel("add", at[Add], {kBytes, kBytes, kBytes},
                               {false, false, true}, tiles));
  exe.kernels.push_back(kernel("scale", at[Scale], {kBytes, 4, kBytes},
                               {false, false, true}, tiles));
  exe.kernels.push_back(kernel("sum", at[Sum], {kBytes, 4}, {false, true}, 1));
  exe.kernels.push_back(
      kernel("fill", at[Fill], {16, kBytes}, {false, true}, tiles));
  exe.kernels[Fill]->elements[0] = ElementType::I64;
  exe.kernels.push_back(
      kernel("scratch", at[Scratch], {kBytes}, {true}, tiles));
  exe.kernels[Scratch]->scratch_bytes = 4096;
}

static std::unique_ptr<format::EntryT> entry(std::string name,
                                             format::EntryKind kind) {
  auto result = std::make_unique<format::EntryT>();
  result->name = std::move(name);
  result->kind = kind;
  result->moves = 1;
  return result;
}

static void addEntries(format::ExecutableT &exe) {
  auto init = entry("init", format::EntryKind::Init);
  init->inputs.push_back(
      binding(format::BindingKind::Key, "", ElementType::I64, {2}, Key));
  init->nodes.push_back(launch(Fill, {Key, W}, {}));
  exe.entries.push_back(std::move(init));

  auto step = entry("train.0", format::EntryKind::Step);
  step->inputs.push_back(binding(format::BindingKind::Data, "photos.x",
                                 ElementType::F32, kShape, X));
  step->inputs.push_back(
      binding(format::BindingKind::Clock, "", ElementType::F32, {}, Lr));
  step->inputs.back()->clock = learningRate();
  step->outputs.push_back(binding(format::BindingKind::Metric, "player.loss",
                                  ElementType::F32, {}, Loss));
  step->nodes.push_back(launch(Add, {X, W, H}, {}));
  step->nodes.push_back(launch(Scale, {H, Lr, G}, {0}));
  step->nodes.push_back(launch(Add, {W, G, W}, {1}));
  step->nodes.push_back(launch(Sum, {H, Loss}, {0}));
  step->nodes.push_back(node(format::NodeKind::Copy, 0, {G, K}, {1}));
  step->nodes.push_back(launch(Add, {K, X, H}, {3, 4}));
  exe.entries.push_back(std::move(step));

  auto samples = entry("samples", format::EntryKind::Output);
  samples->outputs.push_back(binding(format::BindingKind::Output, "samples",
                                     ElementType::F32, kShape, S));
  samples->nodes.push_back(launch(Add, {W, W, S}, {}));
  exe.entries.push_back(std::move(samples));
}

static void addGame(format::ExecutableT &exe) {
  auto run = std::make_unique<format::MoveT>();
  run->entry = 1;
  auto repeat = std::make_unique<format::MoveT>();
  repeat->kind = format::MoveKind::Repeat;
  repeat->condition = clock(format::ClockOp::Number, 3);
  repeat->body.push_back(std::move(run));
  auto phase = std::make_unique<format::PhaseT>();
  phase->name = "train";
  phase->length = 10;
  phase->batch = 32;
  phase->body.push_back(std::move(repeat));
  exe.phases.push_back(std::move(phase));

  auto photos = std::make_unique<format::DataT>();
  photos->name = "photos";
  auto x = std::make_unique<format::DataFieldT>();
  x->name = "x";
  x->kind = "vector";
  x->shape = {64};
  photos->fields.push_back(std::move(x));
  auto ring = std::make_unique<format::DataFieldT>();
  ring->name = "ring";
  ring->kind = "mixture";
  ring->shape = {2};
  ring->centres = {1, 0, -1, 0};
  ring->std = 0.05;
  photos->fields.push_back(std::move(ring));
  exe.data.push_back(std::move(photos));
}

static std::unique_ptr<format::GraphValueT> value(std::vector<int64_t> shape,
                                                  std::string storage = "") {
  auto result = std::make_unique<format::GraphValueT>();
  result->shape = std::move(shape);
  result->storage = std::move(storage);
  return result;
}

static void addNetwork(format::ExecutableT &exe) {
  auto network = std::make_unique<format::NetworkT>();
  network->name = "G";
  network->values.push_back(value({32, 64}));
  network->values.push_back(value({32, 64}, "G.w"));
  network->values.push_back(value({32, 64}));
  network->inputs = {0};
  network->outputs = {2};
  auto op = std::make_unique<format::GraphOpT>();
  op->name = "add";
  op->operands = {0, 1};
  op->results = {2};
  network->ops.push_back(std::move(op));
  exe.networks.push_back(std::move(network));
}

format::ExecutableT gan::test::makeTables() {
  format::ExecutableT exe;
  exe.format_version = format::kFormatVersion;
  exe.schema_hash = format::schemaHash();
  exe.compiler = "ganc 0";
  exe.model = "test";
  exe.source_name = "test.gan";
  exe.source = "model test { }";
  exe.source_hash = format::hashBytes(exe.source.data(), exe.source.size());
  addMemory(exe);
  addCode(exe);
  addEntries(exe);
  addGame(exe);
  addNetwork(exe);
  return exe;
}

format::ExecutableT gan::test::makeGpuTables() {
  format::ExecutableT exe = makeTables();
  auto image = std::make_unique<format::GpuImageT>();
  image->architecture = "sm_80";
  image->segment = exe.images.size();
  exe.gpu_images.push_back(std::move(image));
  for (uint32_t i = 0; i < kKernels; ++i) {
    auto launch = std::make_unique<format::GpuLaunchT>();
    launch->threads = kTile;
    launch->blocks = i == Sum ? 1 : kElements / kTile;
    launch->shared_bytes = i == Scratch ? 256 : 0;
    exe.kernels[i]->gpu = std::move(launch);
  }
  auto pair = std::make_unique<format::GpuGroupT>();
  pair->name = "pair";
  pair->kernels = {Add, Sum};
  pair->follows = {false, false};
  pair->launch = std::make_unique<format::GpuLaunchT>();
  pair->launch->threads = kTile;
  pair->launch->blocks = kElements / kTile + 1;
  exe.gpu_groups.push_back(std::move(pair));
  exe.entries[1]->groups = {format::GroupedNodes(/*first=*/2, /*group=*/0)};
  return exe;
}

std::vector<std::byte> gan::test::kernelPtx() {
  std::span<const std::byte> bytes = std::as_bytes(std::span(kernelText()));
  return {bytes.begin(), bytes.end()};
}

std::vector<std::byte> gan::test::kernelImage() {
  std::span<const std::byte> bytes = kernelBytes();
  return {bytes.begin(), bytes.end()};
}

static flatbuffers::FlatBufferBuilder pack(const format::ExecutableT &tables) {
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(format::Executable::Pack(builder, &tables),
                 format::ExecutableIdentifier());
  return builder;
}

static uint64_t alignUp(uint64_t offset) {
  return (offset + format::kImageAlignment - 1) / format::kImageAlignment *
         format::kImageAlignment;
}

std::vector<std::byte>
gan::test::assemble(format::ExecutableT tables,
                    const std::vector<std::vector<std::byte>> &images) {
  tables.segments.assign(images.size(), format::Segment(1, 1, 1));
  uint64_t end = sizeof(format::FileHeader) + pack(tables).GetSize();
  for (size_t i = 0; i < images.size(); ++i) {
    tables.segments[i] =
        format::Segment(alignUp(end), images[i].size(),
                        format::hashBytes(images[i].data(), images[i].size()));
    end = alignUp(end) + images[i].size();
  }
  flatbuffers::FlatBufferBuilder builder = pack(tables);
  std::vector<std::byte> file(end);
  format::FileHeader header = {};
  std::memcpy(header.magic, format::kHeaderMagic, sizeof(header.magic));
  header.version = format::kFormatVersion;
  header.tableBytes = builder.GetSize();
  header.fileBytes = end;
  std::memcpy(file.data(), &header, sizeof(header));
  std::memcpy(file.data() + sizeof(header), builder.GetBufferPointer(),
              builder.GetSize());
  for (size_t i = 0; i < images.size(); ++i)
    std::copy(images[i].begin(), images[i].end(),
              file.begin() + tables.segments[i].offset());
  repairTableHash(file);
  return file;
}

std::vector<std::byte> gan::test::makeExecutable() {
  return assemble(makeTables(), {kernelImage(), kernelImage()});
}

std::vector<std::byte> gan::test::makeGpuExecutable() {
  return assemble(makeGpuTables(), {kernelImage(), kernelImage(), kernelPtx()});
}

// The table that the header speaks of; empty where it does not fit.
static std::span<std::byte> tableOf(std::vector<std::byte> &file) {
  format::FileHeader header;
  if (file.size() < sizeof(header))
    return {};
  std::memcpy(&header, file.data(), sizeof(header));
  if (header.tableBytes > file.size() - sizeof(header))
    return {};
  return std::span(file).subspan(sizeof(header), header.tableBytes);
}

void gan::test::repairSchemaHash(std::vector<std::byte> &file) {
  std::span<std::byte> bytes = tableOf(file);
  auto *begin = reinterpret_cast<uint8_t *>(bytes.data());
  flatbuffers::Verifier verifier(begin, bytes.size());
  if (bytes.empty() || !format::VerifyExecutableBuffer(verifier))
    return;
  auto *table = flatbuffers::GetMutableRoot<flatbuffers::Table>(begin);
  table->SetField<uint64_t>(format::Executable::VT_SCHEMA_HASH,
                            format::schemaHash(), 0);
}

void gan::test::repairTableHash(std::vector<std::byte> &file) {
  std::span<const std::byte> table = tableOf(file);
  uint64_t hash = format::hashBytes(table.data(), table.size());
  if (!table.empty())
    std::memcpy(file.data() + offsetof(format::FileHeader, tableHash), &hash,
                sizeof(hash));
}
