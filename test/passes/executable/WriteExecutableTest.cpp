// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/WriteExecutable.h"
#include "passes/Pipelines.h"
#include "runtime/format/Executable_generated.h"
#include "runtime/format/Hash.h"
#include "runtime/format/Layout.h"
#include "test/runtime/base/ScratchFolder.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

using namespace mlir;
using namespace gan;

static constexpr char kModel[] = R"mlir(
gan.model @game {
  gan.storage @w param tensor<4x8xf32> layout = [1, 0] init = <normal, [0.0, 1.0]> owner = "G"
  gan.data @d fields = [{name = "x", kind = "vector", shape = array<i64: 4>}]
  gan.phase @train 10 "steps" batch = 2 {
    gan.repeat 3.0 {
      gan.run @train.0 moves = 1
    }
  }
  func.func @train.0(%w: tensor<4x8xf32> {gan.storage = "w"}, %x: tensor<2x4xf32> {gan.data = "d.x", gan.move = 0 : i64},
                     %lr: tensor<f32> {gan.clock = ["*", 0.5, "progress"], gan.move = 0 : i64})
      -> (tensor<4x8xf32> {gan.storage = "w"}, tensor<f32> {gan.metric = "loss"}) attributes {gan.role = "step"} {
    %y = gan.matmul %x, %w : tensor<2x4xf32>, tensor<4x8xf32> -> tensor<2x8xf32>
    %l = gan.sum %y dims = [0, 1] : tensor<2x8xf32> -> tensor<f32>
    %b = gan.broadcast %lr dims = [] : tensor<f32> -> tensor<4x8xf32>
    %n = gan.sub %w, %b : tensor<4x8xf32>
    return %n, %l : tensor<4x8xf32>, tensor<f32>
  }
  func.func @G_infer(%x: tensor<2x4xf32>) -> tensor<2x8xf32> attributes {gan.role = "network"} {
    %w = gan.load @w : tensor<4x8xf32>
    %y = gan.matmul %x, %w : tensor<2x4xf32>, tensor<4x8xf32> -> tensor<2x8xf32>
    return %y : tensor<2x8xf32>
  }
  gan.network @G graph = @G_infer
}
)mlir";

namespace {
// The model above, planned, with an image of bytes that nobody runs.
class WriteExecutable : public ::testing::Test {
protected:
  void SetUp() override {
    DialectRegistry registry;
    registerGanDialects(registry);
    context.appendDialectRegistry(registry);
    static const bool once = (registerGanPasses(), true);
    (void)once;
    module = parseSourceString<ModuleOp>(kModel, &context);
    ASSERT_TRUE(module);
    PassManager manager(&context);
    ASSERT_TRUE(succeeded(parsePassPipeline(
        "gan.model(func.func(gan-form-groups),gan-plan-memory,gan-verify-plan)",
        manager)));
    ASSERT_TRUE(succeeded(manager.run(*module)));
    model = *module->getOps<ModelOp>().begin();
    kernels.images.emplace_back();
    kernels.images[0].target = "x86-64-v3";
    kernels.images[0].bytes.assign(100, 'c');
    model.walk([&](KernelOp op) {
      unsigned index = kernels.kernels.size();
      EmittedKernel kernel;
      kernel.name = "k" + std::to_string(index);
      kernel.tiles = 7;
      kernels.kernelOf[op] = index;
      kernels.images[0].entries[kernel.name] = 16 * index;
      kernels.kernels.push_back(kernel);
    });
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  ModelOp model;
  CompiledKernels kernels;
  Provenance provenance{"0.1", {"--real=f32"}, "game.gan", "model game { }"};
};
} // namespace

static const format::Executable *tableOf(const std::vector<char> &file) {
  return format::GetExecutable(file.data() + sizeof(format::FileHeader));
}

TEST_F(WriteExecutable, SurroundsTheTable) {
  std::vector<char> file = *writeExecutable(model, kernels, provenance);
  format::FileHeader header;
  std::memcpy(&header, file.data(), sizeof(header));
  EXPECT_EQ(0, std::memcmp(header.magic, format::kHeaderMagic, 8));
  EXPECT_EQ(header.fileBytes, file.size());
  const char *table = file.data() + sizeof(header);
  EXPECT_EQ(header.tableHash, format::hashBytes(table, header.tableBytes));
  flatbuffers::Verifier verifier(reinterpret_cast<const uint8_t *>(table),
                                 header.tableBytes);
  ASSERT_TRUE(format::VerifyExecutableBuffer(verifier));
  const format::Segment *segment = tableOf(file)->segments()->Get(0);
  EXPECT_EQ(segment->offset() % format::kImageAlignment, 0u);
  EXPECT_EQ(segment->hash(), format::hashBytes(file.data() + segment->offset(),
                                               segment->bytes()));
  EXPECT_EQ(file[segment->offset()], 'c');
  EXPECT_EQ(tableOf(file)->schema_hash(), format::schemaHash());
}

TEST_F(WriteExecutable, SaysTheGame) {
  std::vector<char> file = *writeExecutable(model, kernels, provenance);
  const format::Executable *exe = tableOf(file);
  const format::Storage *storage = exe->storage()->Get(0);
  EXPECT_EQ(storage->shape()->Get(0), 8);
  EXPECT_EQ(storage->layout()->Get(0), 1u);
  const format::Move *repeat = exe->phases()->Get(0)->body()->Get(0);
  EXPECT_EQ(repeat->kind(), format::MoveKind::Repeat);
  EXPECT_EQ(repeat->condition()->value(), 3.0);
  EXPECT_EQ(repeat->body()->Get(0)->entry(), 0u);
  const format::Binding *clock = exe->entries()->Get(0)->inputs()->Get(1);
  EXPECT_EQ(clock->kind(), format::BindingKind::Clock);
  EXPECT_EQ(clock->clock()->op(), format::ClockOp::Mul);
  EXPECT_EQ(clock->clock()->arguments()->Get(1)->op(),
            format::ClockOp::Progress);
  const format::Network *network = exe->networks()->Get(0);
  EXPECT_EQ(network->values()->Get(1)->storage()->str(), "w");
  EXPECT_EQ(network->ops()->Get(0)->name()->str(), "matmul");
  EXPECT_EQ(exe->data()->Get(0)->fields()->Get(0)->name()->str(), "x");
}

TEST_F(WriteExecutable, MakesLaunchesWait) {
  std::vector<char> file = *writeExecutable(model, kernels, provenance);
  const format::Entry *entry = tableOf(file)->entries()->Get(0);
  ASSERT_EQ(entry->nodes()->size(), 3u);
  uint32_t product = 0, update = 0, sum = 0;
  for (uint32_t i = 0; i < 3; ++i) {
    uint32_t kernel = entry->nodes()->Get(i)->kernel();
    std::string hero = tableOf(file)->kernels()->Get(kernel)->hero()->str();
    (hero == "contraction" ? product : hero == "reduction" ? sum : update) = i;
  }
  // The update overwrites the weights in place: the product must have read
  // them. The sum reads the product.
  EXPECT_EQ(entry->nodes()->Get(update)->dependencies()->Get(0), product);
  EXPECT_EQ(entry->nodes()->Get(sum)->dependencies()->Get(0), product);
  const format::Kernel *kernel =
      tableOf(file)->kernels()->Get(entry->nodes()->Get(product)->kernel());
  EXPECT_EQ(kernel->flops(), 2u * 2 * 8 * 4);
  EXPECT_EQ(entry->nodes()->Get(product)->location()->str(), "-:13:10");
  EXPECT_EQ(kernel->argument_bytes()->Get(2), 64u);
  EXPECT_TRUE(kernel->written()->Get(2));
  ASSERT_EQ(kernel->elements()->size(), 3u);
  EXPECT_EQ(kernel->elements()->Get(2), format::ElementType::F32);
}

TEST_F(WriteExecutable, CarriesCodeForGpus) {
  std::vector<char> without = *writeExecutable(model, kernels, provenance);
  EXPECT_EQ(tableOf(without)->gpu_images(), nullptr);
  EXPECT_EQ(tableOf(without)->kernels()->Get(0)->gpu(), nullptr);
  GpuKernels gpu;
  gpu.architecture = "sm_80";
  gpu.ptx = ".version";
  gpu.kernelOf = kernels.kernelOf;
  for (const EmittedKernel &kernel : kernels.kernels)
    gpu.kernels.push_back({.name = kernel.name,
                           .blocks = int64_t(gpu.kernels.size()) + 1,
                           .sharedBytes = 32});
  gpu.cubins.push_back({"sm_90a", {'e', 'l', 'f'}, {}});
  kernels.gpu = gpu;
  std::vector<char> file = *writeExecutable(model, kernels, provenance);
  const format::Executable *exe = tableOf(file);
  ASSERT_EQ(exe->gpu_images()->size(), 2u);
  const format::GpuImage *image = exe->gpu_images()->Get(0);
  EXPECT_EQ(image->architecture()->str(), "sm_80");
  EXPECT_EQ(image->kind(), format::GpuImageKind::Ptx);
  const format::Segment *segment = exe->segments()->Get(image->segment());
  EXPECT_EQ(std::string(&file[segment->offset()], segment->bytes()),
            ".version");
  image = exe->gpu_images()->Get(1);
  EXPECT_EQ(image->architecture()->str(), "sm_90a");
  EXPECT_EQ(image->kind(), format::GpuImageKind::Cubin);
  segment = exe->segments()->Get(image->segment());
  EXPECT_EQ(std::string(&file[segment->offset()], segment->bytes()), "elf");
  EXPECT_EQ(exe->gpu_groups(), nullptr);
  EXPECT_EQ(exe->entries()->Get(0)->groups(), nullptr);
  for (uint32_t i = 0; i < exe->kernels()->size(); ++i) {
    const format::GpuLaunch *launch = exe->kernels()->Get(i)->gpu();
    ASSERT_NE(launch, nullptr);
    EXPECT_EQ(launch->blocks(), i + 1);
    EXPECT_EQ(launch->threads(), blockThreads);
    EXPECT_EQ(launch->shared_bytes(), 32u);
  }
}

// A launch whose code for one architecture takes a map of its second argument.
TEST_F(WriteExecutable, SaysWhatCodeOfAnArchitectureTakes) {
  GpuKernels gpu;
  gpu.architecture = "sm_80";
  gpu.kernelOf = kernels.kernelOf;
  for (const EmittedKernel &kernel : kernels.kernels)
    gpu.kernels.push_back({.name = kernel.name});
  GpuLaunch launch;
  launch.grid = {.name = kernels.kernels[0].name, .sharedBytes = 60000};
  launch.grid.maps.push_back({1,
                              BFloat16Type::get(model.getContext()),
                              64,
                              {{96, 2, 32, 1}, {40, 192, 15, 2}}});
  gpu.ownPtx.push_back({"sm_90a", "own", gpu.kernels, {launch}});
  gpu.cubins.push_back({"sm_90a", {'e', 'l', 'f'}, {}});
  kernels.gpu = gpu;
  std::vector<char> file = *writeExecutable(model, kernels, provenance);
  const auto *images = tableOf(file)->gpu_images();
  ASSERT_EQ(images->size(), 3u);
  EXPECT_EQ(images->Get(0)->entries(), nullptr);
  for (uint32_t i : {1, 2}) {
    ASSERT_NE(images->Get(i)->entries(), nullptr);
    const format::GpuEntry *entry = images->Get(i)->entries()->Get(0);
    EXPECT_EQ(entry->name()->str(), kernels.kernels[0].name);
    EXPECT_EQ(entry->shared_bytes(), 60000u);
    ASSERT_EQ(entry->maps()->size(), 1u);
    const format::TensorMap *map = entry->maps()->Get(0);
    EXPECT_EQ(map->argument(), 1u);
    EXPECT_EQ(map->element(), format::ElementType::BF16);
    EXPECT_EQ(map->row_bytes(), 64u);
    ASSERT_EQ(map->axes()->size(), 2u);
    EXPECT_EQ(map->axes()->Get(1)->extent(), 40u);
    EXPECT_EQ(map->axes()->Get(1)->stride(), 192u);
    EXPECT_EQ(map->axes()->Get(1)->box(), 15u);
    EXPECT_EQ(map->axes()->Get(1)->step(), 2u);
  }
}

// The last two kernels as one launch.
TEST_F(WriteExecutable, SaysWhatGpusLaunchTogether) {
  std::vector<KernelOp> ops;
  model.walk([&](KernelOp op) { ops.push_back(op); });
  ASSERT_EQ(ops.size(), 3u);
  GpuKernels gpu;
  gpu.architecture = "sm_80";
  gpu.kernelOf = kernels.kernelOf;
  for (const EmittedKernel &kernel : kernels.kernels)
    gpu.kernels.push_back({.name = kernel.name});
  unsigned one = gpu.kernelOf.lookup(ops[1]), two = gpu.kernelOf.lookup(ops[2]);
  gpu.launches = {{gpu.kernels[gpu.kernelOf.lookup(ops[0])],
                   {{gpu.kernelOf.lookup(ops[0]), false}}},
                  {{.name = "both", .blocks = 7, .sharedBytes = 64},
                   {{one, false}, {two, true}}}};
  gpu.launchOf = {{ops[0], 0}, {ops[1], 1}};
  kernels.gpu = gpu;
  std::vector<char> file = *writeExecutable(model, kernels, provenance);
  const format::Executable *exe = tableOf(file);
  ASSERT_EQ(exe->gpu_groups()->size(), 1u);
  const format::GpuGroup *group = exe->gpu_groups()->Get(0);
  EXPECT_EQ(group->name()->str(), "both");
  ASSERT_EQ(group->kernels()->size(), 2u);
  EXPECT_EQ(group->kernels()->Get(0), one);
  EXPECT_EQ(group->kernels()->Get(1), two);
  EXPECT_FALSE(group->follows()->Get(0));
  EXPECT_TRUE(group->follows()->Get(1));
  EXPECT_EQ(group->launch()->blocks(), 7u);
  EXPECT_EQ(group->launch()->threads(), blockThreads);
  EXPECT_EQ(group->launch()->shared_bytes(), 64u);
  const format::Entry *entry = exe->entries()->Get(0);
  ASSERT_EQ(entry->groups()->size(), 1u);
  EXPECT_EQ(entry->groups()->Get(0)->first(), 1u);
  EXPECT_EQ(entry->groups()->Get(0)->group(), 0u);
}

// A file of one tensor, of doubles that count from 0 in the file's order.
static std::string weightsFile(const std::string &name,
                               const std::string &shape, int count) {
  std::string header =
      "{\"" + name + "\": {\"dtype\": \"F64\", \"shape\": " + shape +
      ", \"data_offsets\": [0, " + std::to_string(8 * count) + "]}}";
  std::string file(8, '\0');
  file[0] = static_cast<char>(header.size());
  file += header;
  for (double value = 0; value < count; ++value)
    file.append(reinterpret_cast<const char *>(&value), sizeof(value));
  return file;
}

// Rounded to the model's type, in the order of memory: axis k there is axis
// layout[k] of the file.
TEST_F(WriteExecutable, BringsValuesAlong) {
  test::ScratchFolder folder;
  std::string path = folder / "w.safetensors";
  std::ofstream(path, std::ios::binary) << weightsFile("w", "[8, 4]", 32);
  FailureOr<StoredValues> values = readStoredValues(model, path);
  ASSERT_TRUE(succeeded(values));
  std::vector<char> file =
      *writeExecutable(model, kernels, provenance, {}, *values);
  const format::Executable *exe = tableOf(file);
  ASSERT_TRUE(exe->storage()->Get(0)->value().has_value());
  const format::Segment *segment =
      exe->segments()->Get(*exe->storage()->Get(0)->value());
  ASSERT_EQ(segment->bytes(), 128u);
  std::vector<float> memory(32);
  std::memcpy(memory.data(), file.data() + segment->offset(), 128);
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 8; ++column)
      EXPECT_EQ(memory[row * 8 + column], column * 4 + row);
  file = *writeExecutable(model, kernels, provenance);
  EXPECT_FALSE(tableOf(file)->storage()->Get(0)->value().has_value());
}

TEST_F(WriteExecutable, RefusesValuesThatDoNotFit) {
  test::ScratchFolder folder;
  std::string path = folder / "w.safetensors";
  auto refusal = [&](const std::string &content) {
    std::ofstream(path, std::ios::binary) << content;
    std::string text;
    ScopedDiagnosticHandler handler(
        &context, [&](Diagnostic &diagnostic) { text += diagnostic.str(); });
    EXPECT_TRUE(failed(readStoredValues(model, path)));
    return text;
  };
  std::string start = "the weights '" + path + "' ";
  EXPECT_EQ(refusal(weightsFile("w", "[4, 8]", 32)),
            start + "have 'w' as F64 [4, 8] in 256 bytes, but the model's is "
                    "F32 [8, 4]");
  EXPECT_EQ(refusal(weightsFile("w", "[8, 4]", 31)),
            start + "have 'w' as F64 [8, 4] in 248 bytes, but the model's is "
                    "F32 [8, 4]");
  std::string cut = weightsFile("w", "[8, 4]", 32);
  cut.pop_back();
  EXPECT_EQ(refusal(cut), start + "lack 'w', which is F32 [8, 4]");
  EXPECT_EQ(refusal(weightsFile("v", "[8, 4]", 32)),
            start + "lack 'w', which is F32 [8, 4]");
  for (const char *content :
       {"", "short", "\377\377\377\377\377\377\377\377{}"})
    EXPECT_EQ(refusal(content),
              start + "are no .safetensors file: expected the length of a JSON "
                      "header and such a header");
}

TEST_F(WriteExecutable, GivesTheSameBytes) {
  EXPECT_EQ(*writeExecutable(model, kernels, provenance),
            *writeExecutable(model, kernels, provenance));
}

TEST_F(WriteExecutable, RefusesWhatIsNotCompiled) {
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  kernels.kernelOf.clear();
  EXPECT_TRUE(failed(writeExecutable(model, kernels, provenance)));
  EXPECT_NE(message.find("has not been compiled"), std::string::npos);
}

TEST_F(WriteExecutable, AppendsToTheRuntime) {
  llvm::SmallString<64> runtime, trainer;
  int fd;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("runtime", "", fd, runtime));
  llvm::raw_fd_ostream(fd, /*shouldClose=*/true) << "runtime";
  trainer = runtime;
  trainer += ".trainer";
  std::vector<char> ganx = {'a', 'b', 'c'};
  EXPECT_EQ(appendToRuntime(runtime, ganx, trainer), "");
  auto file = llvm::MemoryBuffer::getFile(trainer, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  ASSERT_TRUE(bool(file));
  ASSERT_EQ((*file)->getBufferSize(),
            format::kImageAlignment + 3 + sizeof(format::FileTrailer));
  EXPECT_TRUE((*file)->getBuffer().starts_with("runtime"));
  EXPECT_EQ((*file)->getBuffer().substr(format::kImageAlignment, 3), "abc");
  EXPECT_TRUE(llvm::sys::fs::can_execute(trainer));
  EXPECT_NE(appendToRuntime("/nowhere/runtime", ganx, trainer)
                .find("cannot read '/nowhere/runtime'"),
            std::string::npos);
  llvm::sys::fs::remove(runtime);
  llvm::sys::fs::remove(trainer);
}
