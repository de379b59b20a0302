// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of the simulator share: a kernel from text, its arguments, and
// the run.
#ifndef GAN_TEST_RUNTIME_SIM_KERNEL_H
#define GAN_TEST_RUNTIME_SIM_KERNEL_H

#include "runtime/device/sim/Launch.h"

#include <cstring>

namespace gan::sim {

/// A module on a device of its own, with the arguments of one launch.
class Kernel {
public:
  /// The text must be valid; `entry` is decoded. A test that expects a refusal
  /// uses `refusalOf`.
  Kernel(std::string text, const std::string &entry);

  /// Adds an argument: a buffer with values, one without, or a scalar.
  template <typename T> Kernel &in(const std::vector<T> &values) {
    return buffer(bytesOf(values), Use::ReadOnly, true);
  }
  template <typename T> Kernel &inout(const std::vector<T> &values) {
    return buffer(bytesOf(values), Use::ReadWrite, true);
  }
  template <typename T> Kernel &out(size_t count) {
    return buffer(std::vector<std::byte>(count * sizeof(T)), Use::ReadWrite,
                  false);
  }
  template <typename T> Kernel &scalar(T value) {
    size_t at =
        (shape.parameters.size() + sizeof(T) - 1) / sizeof(T) * sizeof(T);
    shape.parameters.resize(at + sizeof(T));
    std::memcpy(shape.parameters.data() + at, &value, sizeof(T));
    return *this;
  }
  Kernel &grid(Dim3 dim) {
    shape.grid = dim;
    return *this;
  }
  Kernel &block(Dim3 dim) {
    shape.block = dim;
    return *this;
  }
  Kernel &dynamicShared(uint32_t bytes) {
    shape.dynamicShared = bytes;
    return *this;
  }

  /// Runs; the launch itself must be possible.
  Report run();
  Result<Report> tryRun();
  /// The contents of the n-th buffer.
  template <typename T> std::vector<T> read(size_t buffer) const {
    std::vector<std::byte> bytes = readBytes(buffer);
    std::vector<T> values(bytes.size() / sizeof(T));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }

  Options options;
  LaunchShape shape;
  Memory memory;
  Program program;

private:
  template <typename T>
  static std::vector<std::byte> bytesOf(const std::vector<T> &values) {
    std::vector<std::byte> bytes(values.size() * sizeof(T));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
  }
  Kernel &buffer(const std::vector<std::byte> &bytes, Use use, bool valued);
  std::vector<std::byte> readBytes(size_t buffer) const;

  Module module;
  std::vector<std::pair<uint64_t, size_t>> buffers;
};

/// "FILE:LINE: sentence" of what is wrong with the text, or "ok"; the file is
/// "k.ptx".
std::string refusalOf(const std::string &text, const std::string &entry);

/// The text of a module with one kernel `k` that has `parameters` and `body`.
/// Registers %r<32>, %rd<32>, %f<32>, %fd<8>, %p<8>, %rs<16> are declared.
/// The body begins at line 10.
std::string kernelText(const std::string &parameters, const std::string &body);

/// One line per finding: "fault line".
std::string summary(const Report &report);

/// The content of a file of this folder.
std::string readInput(const std::string &name);

} // namespace gan::sim

#endif // GAN_TEST_RUNTIME_SIM_KERNEL_H
