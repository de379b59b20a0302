// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Each check of the loader of what is for GPUs refuses the one thing that it is
// for.
#include "test/runtime/executable/Damages.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Tables = format::ExecutableT;

TEST(Verify, GpuCode) {
  expectRefusals(
      {
          {"GPU image 0 'sm_8' is of an unknown architecture or kind",
           [](Tables &t) { t.gpu_images[0]->architecture = "sm_8"; }},
          {"GPU image 0 'compute_80' is of an unknown",
           [](Tables &t) { t.gpu_images[0]->architecture = "compute_80"; }},
          {"GPU image 0 'sm_90b' is of an unknown",
           [](Tables &t) { t.gpu_images[0]->architecture = "sm_90b"; }},
          {"GPU image 0 'sm_80' is of an unknown",
           [](Tables &t) { t.gpu_images[0]->kind = format::GpuImageKind(2); }},
          {"GPU image 1 'sm_80' is there twice",
           [](Tables &t) {
             t.gpu_images.push_back(
                 std::make_unique<format::GpuImageT>(*t.gpu_images[0]));
           }},
          {"GPU image 0 'sm_80' names segment 3 of 3",
           [](Tables &t) { t.gpu_images[0]->segment = 3; }},
          {"kernel 0 'add' wants 0 blocks of 64 threads with 0 shared bytes",
           [](Tables &t) { t.kernels[0]->gpu->blocks = 0; }},
          {"kernel 0 'add' wants 2147483648 blocks",
           [](Tables &t) { t.kernels[0]->gpu->blocks = 1u << 31; }},
          {"kernel 0 'add' wants 32 blocks of 1025 threads",
           [](Tables &t) { t.kernels[0]->gpu->threads = 1025; }},
          {"with 300000 shared bytes, at most 2147483647, 1024 and 232448 are",
           [](Tables &t) { t.kernels[0]->gpu->shared_bytes = 300000; }},
          {"kernel 1 'add' has no name of its own",
           [](Tables &t) { t.kernels[1]->name = "add"; }},
          {"group 0 'sum' has no name of its own",
           [](Tables &t) { t.gpu_groups[0]->name = "sum"; }},
          {"group 0 'pair' has 1 kernels, 2 to 16384 are possible",
           [](Tables &t) { t.gpu_groups[0]->kernels = {Add}; }},
          {"group 0 'pair' has 2 kernels and 1 marks of following",
           [](Tables &t) { t.gpu_groups[0]->follows.pop_back(); }},
          {"group 0 'pair' has kernel 'sum' of 1 blocks follow one of 32",
           [](Tables &t) { t.gpu_groups[0]->follows[1] = true; }},
          {"group 0 'pair' has kernel 'add' of 32 blocks follow one of 0",
           [](Tables &t) { t.gpu_groups[0]->follows[0] = true; }},
          {"group 0 'pair' has 33 blocks with 0 shared bytes, its kernels need "
           "32 "
           "with 0",
           [](Tables &t) {
             t.gpu_groups[0]->follows[1] = true;
             t.kernels[Sum]->gpu->blocks = 32;
           }},
          {"group 0 'pair' wants 33 blocks of 64 threads with 300000 shared",
           [](Tables &t) { t.gpu_groups[0]->launch->shared_bytes = 300000; }},
          {"group 0 'pair' has kernel 5 of 5",
           [](Tables &t) { t.gpu_groups[0]->kernels[1] = 5; }},
          {"group 0 'pair' has blocks of 64 threads, its kernel 'sum' of 32",
           [](Tables &t) { t.kernels[Sum]->gpu->threads = 32; }},
          {"group 0 'pair' has blocks of 64 threads, its kernel 'sum' no form "
           "for",
           [](Tables &t) { t.kernels[Sum]->gpu.reset(); }},
          {"group 0 'pair' has 32 blocks with 0 shared bytes, its kernels need "
           "33 "
           "with 0",
           [](Tables &t) { t.gpu_groups[0]->launch->blocks = 32; }},
          {"group 0 'pair' has 33 blocks with 8 shared bytes, its kernels need "
           "33 "
           "with 16",
           [](Tables &t) {
             t.gpu_groups[0]->launch->shared_bytes = 8;
             t.kernels[Add]->gpu->shared_bytes = 16;
           }},
          {"group 0 'pair' takes 513 arguments, at most 512 are possible",
           [](Tables &t) {
             t.gpu_groups[0]->kernels.assign(171, Add);
             t.gpu_groups[0]->follows.assign(171, false);
             t.gpu_groups[0]->launch->blocks = 171 * 32;
           }},
      },
      /*hasGpuCode=*/true);
  // A kernel may lack a form for GPUs, and the file any code for them.
  for (bool hasImage : {true, false}) {
    Tables tables = makeGpuTables();
    tables.kernels[Fill]->gpu.reset();
    if (!hasImage)
      tables.gpu_images.clear();
    EXPECT_TRUE(Executable::loadBytes(
                    assemble(std::move(tables),
                             {kernelImage(), kernelImage(), kernelPtx()}),
                    "f")
                    .ok());
  }
}

// Of the first argument of 'add', which has as many floats as rows of 32 make.
static void addMap(Tables &tables) {
  auto map = std::make_unique<format::TensorMapT>();
  map->element = format::ElementType::F32;
  map->row_bytes = 128;
  map->axes = {{32, 4, 32, 1}, {kElements / 32, 128, 8, 2}};
  auto entry = std::make_unique<format::GpuEntryT>();
  entry->name = "add";
  entry->shared_bytes = 100000;
  entry->maps.push_back(std::move(map));
  tables.gpu_images[0]->entries.clear();
  tables.gpu_images[0]->entries.push_back(std::move(entry));
}

static format::GpuEntryT &entryOf(Tables &tables) {
  addMap(tables);
  return *tables.gpu_images[0]->entries[0];
}

TEST(Verify, MapsOfTensors) {
  Tables good = makeGpuTables();
  addMap(good);
  EXPECT_TRUE(Executable::loadBytes(
                  assemble(std::move(good),
                           {kernelImage(), kernelImage(), kernelPtx()}),
                  "f")
                  .ok());
  const char *none = "GPU image 0 'sm_80' has entry 0 'add' with map 0 of "
                     "argument 0, which is not there or has no such boxes";
  auto axis = [](auto change) {
    return [change](Tables &t) { change(entryOf(t).maps[0]->axes); };
  };
  using Axes = std::vector<format::BoxAxis>;
  std::vector<Damage> damages = {
      {"GPU image 0 'sm_80' has entry 0 'none', which is neither a kernel nor",
       [](Tables &t) { entryOf(t).name = "none"; }},
      {"GPU image 0 'sm_80' has entry 1 'add' twice",
       [](Tables &t) {
         addMap(t);
         t.gpu_images[0]->entries.push_back(
             std::make_unique<format::GpuEntryT>(*t.gpu_images[0]->entries[0]));
       }},
      {"has entry 0 'add' with 192 bytes of parameters and 300000 shared "
       "bytes, "
       "at most 4096 and 232448 are possible",
       [](Tables &t) { entryOf(t).shared_bytes = 300000; }},
      {"has entry 0 'add' with 4160 bytes of parameters and 100000 shared",
       [](Tables &t) {
         format::GpuEntryT &entry = entryOf(t);
         for (int i = 0; i < 31; ++i)
           entry.maps.push_back(
               std::make_unique<format::TensorMapT>(*entry.maps[0]));
       }},
      {"has entry 0 'add' with map 0 of argument 9, which is not there",
       [](Tables &t) { entryOf(t).maps[0]->argument = 9; }},
      {none, [](Tables &t) { entryOf(t).maps[0]->row_bytes = 64; }},
      {none,
       [](Tables &t) {
         entryOf(t).maps[0]->element = format::ElementType::F64;
       }},
      {none, axis([](Axes &axes) { axes.clear(); })},
      {none, axis([](Axes &axes) { axes.resize(6, axes[1]); })},
      {none, axis([](Axes &axes) { axes[1] = {kElements / 32, 132, 8, 2}; })},
      {none, axis([](Axes &axes) { axes[1] = {kElements / 32, 128, 257, 2}; })},
      {none, axis([](Axes &axes) { axes[1] = {kElements / 32, 128, 8, 9}; })},
      {none, axis([](Axes &axes) { axes[1] = {kElements, 128, 8, 1}; })},
      {none,
       axis([](Axes &axes) { axes[1] = {UINT32_MAX, UINT64_MAX - 15, 8, 1}; })},
      {none, axis([](Axes &axes) { axes[0] = {32, 4, 32, 2}; })},
  };
  expectRefusals(damages, /*hasGpuCode=*/true);
}

TEST(Verify, GroupsOfNodes) {
  expectRefusals(
      {
          {"entry 'train.0' group at node 2 is group 1, which there is not",
           [](Tables &t) { t.entries[1]->groups = {{2, 1}}; }},
          {"entry 'train.0' group at node 2 is group 0, which there is not",
           [](Tables &t) { t.gpu_groups.clear(); }},
          {"group at node 5 ends at node 7 of 6, or begins before the end of",
           [](Tables &t) { t.entries[1]->groups = {{5, 0}}; }},
          {"group at node 2 ends at node 4 of 6, or begins before the end of",
           [](Tables &t) { t.entries[1]->groups = {{2, 0}, {2, 0}}; }},
          {"group at node 4294967295 ends at node 4294967297 of 6",
           [](Tables &t) { t.entries[1]->groups = {{UINT32_MAX, 0}}; }},
          {"group at node 0 has node 1, which is no launch of kernel 2",
           [](Tables &t) { t.entries[1]->groups = {{0, 0}}; }},
          {"group at node 4 has node 4, which is no launch of kernel 0",
           [](Tables &t) { t.entries[1]->groups = {{4, 0}}; }},
          {"group at node 2 has node 3, which waits for node 2 of it and "
           "does not follow it",
           [](Tables &t) { t.entries[1]->nodes[3]->dependencies = {0, 2}; }},
      },
      /*hasGpuCode=*/true);
}
