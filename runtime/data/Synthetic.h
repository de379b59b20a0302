// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Data that needs no files (SYNTHETIC.md).
#ifndef GAN_RUNTIME_DATA_SYNTHETIC_H
#define GAN_RUNTIME_DATA_SYNTHETIC_H

#include "runtime/data/Dataset.h"
#include "runtime/format/Executable_generated.h"

namespace gan::runtime {

/// Whether fields of this kind are always made, never read.
bool isSynthetic(std::string_view kind);

/// The reader of a field of the data `data` of a verified executable: points,
/// or what `--data random` stands for. It keeps what it needs of
/// `field`.
std::unique_ptr<FieldReader> makeSynthetic(const std::string &data,
                                           const format::DataField &field);

/// The numbers of the records, for an `index` field of a data that has records.
std::unique_ptr<FieldReader> makeRecordNumbers(const format::DataField &field,
                                               uint64_t records);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_SYNTHETIC_H
