// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// IDX files, plain or packed with gzip: the format of MNIST and its successors.
#ifndef GAN_RUNTIME_DATA_IDX_H
#define GAN_RUNTIME_DATA_IDX_H

#include "runtime/data/Dataset.h"
#include "runtime/format/Executable_generated.h"

namespace gan::runtime {

/// Binds the file at `path` to a field of the data `data`: images (ubyte, N x H
/// x W or N x H x W x C) to a field of kind `image`, N labels (ubyte) to one of
/// kind `label`. The records are held in memory as bytes.
///
/// Fails as `readIdxFile` does; `Mismatch`: images of another size than the
/// model's, a label that is not below `classes`; `Usage`: a field of another
/// kind.
Result<std::unique_ptr<FieldReader>> openIdx(const std::string &path,
                                             const std::string &data,
                                             const format::DataField &field);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IDX_H
