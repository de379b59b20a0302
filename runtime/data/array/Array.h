// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Records that lie one after another in a file, as numbers.
#ifndef GAN_RUNTIME_DATA_ARRAY_ARRAY_H
#define GAN_RUNTIME_DATA_ARRAY_ARRAY_H

#include "runtime/data/Dataset.h"
#include "runtime/data/image/Pictures.h"
#include "runtime/format/Executable_generated.h"

namespace gan::runtime {

/// How a number is stored, least significant byte first.
enum class Scalar : uint8_t { U8, I8, U16, I16, U32, I32, I64, F32, F64 };
uint64_t scalarBytes(Scalar scalar);

/// A view of bytes that something else owns and that hold all it speaks of.
struct Array {
  // Of the fields that it is for, where a file has several arrays.
  std::string name = {}, kind = {};
  Scalar scalar = Scalar::U8;
  std::vector<uint64_t> sizes = {}; // the first is the number of records
  std::span<const std::byte> bytes = {};
  uint64_t offset = 0; // of the first record
  uint64_t stride = 0; // bytes from a record to the next

  uint64_t perRecord() const; // numbers
  double at(uint64_t record, uint64_t index) const;
};

/// The array as what a field wants; `where` names the file in messages. The
/// bytes and `workers` must outlive the reader. `Mismatch`: another shape, a
/// label that is not a whole number below `classes`; images are unsigned bytes,
/// N x H x W, N x H x W x C or N x C x H x W (1 to 4 channels). A class in a
/// map, N x H x W, or in a sequence, N x length, is looked at when it is read.
Result<std::unique_ptr<FieldReader>> readArray(const Array &array,
                                               const std::string &data,
                                               const format::DataField &field,
                                               const std::string &where,
                                               Workers *workers);

/// Of vectors, N x n, or N x k x n where a record has k of them: of these one
/// is picked for each sample, or the mean of several (ORDER.md tells by which
/// numbers).
Result<std::unique_ptr<FieldReader>> readVectors(const Array &array,
                                                 const std::string &name,
                                                 const format::DataField &field,
                                                 const std::string &where);

/// Of maps, N x H x W.
Result<std::unique_ptr<FieldReader>> readMaps(const Array &array,
                                              const std::string &data,
                                              const format::DataField &field,
                                              const std::string &where,
                                              Workers *workers);

/// Of sequences, N x length.
Result<std::unique_ptr<FieldReader>>
readSequences(const Array &array, const std::string &name,
              const format::DataField &field, const std::string &where);

/// That the field `name` takes something else than the array is.
Status arrayMismatch(const std::string &name, const std::string &wanted,
                     const Array &array, const std::string &where);

/// Labels that are known to be below `classes`.
std::unique_ptr<FieldReader> readLabels(std::vector<uint32_t> labels,
                                        const format::DataField &field);

/// "60000 x 28 x 28"
std::string textOfSizes(std::span<const uint64_t> sizes);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_ARRAY_ARRAY_H
