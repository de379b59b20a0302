// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The tables of a .ganx file, one function each. They read a planned model and
// report what the format cannot say.
#ifndef GAN_PASSES_CODEGEN_EXECUTABLE_TABLES_H
#define GAN_PASSES_CODEGEN_EXECUTABLE_TABLES_H

#include "passes/codegen/executable/WriteExecutable.h"
#include "runtime/format/Executable_generated.h"

#include "llvm/ADT/StringMap.h"

namespace gan::writer {

template <typename T>
using Offsets =
    flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<T>>>;

/// What every table needs.
struct Context {
  ModelOp model;
  const CompiledKernels &kernels;
  flatbuffers::FlatBufferBuilder &builder;
  llvm::StringMap<uint32_t> entryIndex; // of functions
  llvm::DenseMap<unsigned, uint32_t> groupIndex =
      llvm::DenseMap<unsigned, uint32_t>(); // of launches of several
  std::optional<uint32_t> firstValue =
      std::nullopt; // segment with the value of the first storage
};

/// The element type as the format names it; any type of the dialect has one.
format::ElementType elementOf(mlir::Type tensor);
/// F32 or F64: the type of the model's reals.
format::ElementType realsOf(ModelOp model);
flatbuffers::Offset<flatbuffers::Vector<int64_t>>
shapeOf(Context &context, llvm::ArrayRef<int64_t> shape);
flatbuffers::Offset<flatbuffers::String> text(Context &context,
                                              llvm::StringRef value);
/// Null for a null attribute.
flatbuffers::Offset<format::ClockExpression>
clockOf(Context &context, mlir::Attribute expression);

Offsets<format::Storage> storageTables(Context &context);
Offsets<format::Kernel> kernelTables(Context &context);
/// Null where no GPU runs several kernels at a time.
Offsets<format::GpuGroup> groupTables(Context &context);
Offsets<format::Entry> entryTables(Context &context);
Offsets<format::Phase> phaseTables(Context &context);
Offsets<format::Data> dataTables(Context &context);
Offsets<format::Network> networkTables(Context &context);

} // namespace gan::writer

#endif // GAN_PASSES_CODEGEN_EXECUTABLE_TABLES_H
