// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A small executable made by hand, with real machine code: what the tests of
// the loader damage and those of the devices run.
//
//   init      w[i] = key[0] + i
//   train.0   h = x + w;  g = h * lr;  w = w + g;  loss = sum(h);  k = copy of
//   g;
//             h = k + x (in the bytes of h)
//   samples   s = w + w
#ifndef GAN_TEST_RUNTIME_EXECUTABLE_TESTEXECUTABLE_H
#define GAN_TEST_RUNTIME_EXECUTABLE_TESTEXECUTABLE_H

#include "runtime/executable/Executable.h"

#include <vector>

namespace gan::test {

/// Elements of every tensor of the model, but for lr, the loss and the key.
inline constexpr uint32_t kElements = 2048;
/// Elements of one tile of its kernels.
inline constexpr uint32_t kTile = 64;

/// Indices into its buffers and kernels.
enum Buffers : uint32_t { W, X, Lr, Key, H, G, K, Loss, S, kBuffers };
enum Kernels : uint32_t { Add, Scale, Sum, Fill, Scratch, kKernels };

/// The tables, ready to be changed by a test before they are assembled.
format::ExecutableT makeTables();

/// The same with code for a GPU in segment 2, which runs nodes 2 and 3 of
/// "train.0" in one launch.
format::ExecutableT makeGpuTables();

/// The machine code of its kernels, and their PTX.
std::vector<std::byte> kernelImage();
std::vector<std::byte> kernelPtx();

/// The bytes of the .ganx: the tables with segments and hashes filled in, and
/// `images` in the order of the segments.
std::vector<std::byte>
assemble(format::ExecutableT tables,
         const std::vector<std::vector<std::byte>> &images);

/// All of it, for the CPU and with code for a GPU.
std::vector<std::byte> makeExecutable();
std::vector<std::byte> makeGpuExecutable();

/// Puts the hash of today's schema into the table, where that is one: what an
/// older writer left lacks fields that were appended, and is read without them.
void repairSchemaHash(std::vector<std::byte> &file);

/// Puts the right hash of the table into the header, where there is room.
void repairTableHash(std::vector<std::byte> &file);

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_EXECUTABLE_TESTEXECUTABLE_H
