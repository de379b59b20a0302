// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arrays in NumPy's .npy files (format 1.0 and 2.0, C order, little endian).
#ifndef GAN_RUNTIME_DEVICE_SIM_TOOL_NPY_H
#define GAN_RUNTIME_DEVICE_SIM_TOOL_NPY_H

#include "runtime/base/File.h"
#include "runtime/device/sim/Types.h"

namespace gan::sim {

struct Array {
  std::string type; // as NumPy writes it: "<f4"
  std::vector<uint64_t> shape;
  runtime::FileBytes content;
};

/// The bytes of one element; nothing for a type that NumPy files here do not
/// have.
std::optional<unsigned> elementBytes(std::string_view type);
/// "f32" is "<f4"; empty for a name that is not known. f16, bf16 (as u16), f32,
/// f64, u8 to u64, s8 to s64.
std::string npyType(std::string_view name);

/// `Damaged` for what is not such a file.
Result<Array> readNpy(const std::string &path);
Status writeNpy(const std::string &path, const Array &array);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_TOOL_NPY_H
