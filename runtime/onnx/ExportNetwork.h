// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A network of an executable as a file of ONNX.
#ifndef GAN_RUNTIME_ONNX_EXPORTNETWORK_H
#define GAN_RUNTIME_ONNX_EXPORTNETWORK_H

#include "runtime/executable/Executable.h"

#include <string>

namespace gan::runtime::onnx {

/// Writes network number `network`, as it is when it draws samples, with the
/// weights of the file of safetensors at `weights`, to `path`. Its arguments
/// are called `input`, or `input0`, `input1`, .. where there are several, its
/// results `output` likewise; their first axis is the batch of the build.
/// `Mismatch` where the weights lack a tensor or have one of another shape.
Status exportNetwork(const Executable &executable, uint32_t network,
                     const std::string &weights, const std::string &path);

} // namespace gan::runtime::onnx

#endif // GAN_RUNTIME_ONNX_EXPORTNETWORK_H
