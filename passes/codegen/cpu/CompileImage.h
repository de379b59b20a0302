// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a module in the LLVM dialect to a flat image.
#ifndef GAN_PASSES_CODEGEN_CPU_COMPILEIMAGE_H
#define GAN_PASSES_CODEGEN_CPU_COMPILEIMAGE_H

#include "passes/codegen/TargetInfo.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace gan {

/// Position-independent code and its constants: mapped anywhere (page-aligned),
/// readable and executable, entered at offsets. Refers to nothing outside
/// itself.
struct Image {
  std::string target;
  std::vector<char> bytes;
  llvm::StringMap<uint64_t> entries; // offset of every public function
};

/// Compiles every function of `module`, which is in the LLVM dialect. Fails
/// with a diagnostic at the module when the code would need anything outside
/// the image: a library function, an absolute address, writable data.
mlir::FailureOr<Image> compileImage(mlir::ModuleOp module,
                                    const TargetInfo &target);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CPU_COMPILEIMAGE_H
