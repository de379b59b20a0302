// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Data without files, by the rules of runtime/data/SYNTHETIC.md and ORDER.md.
#ifndef GAN_TEST_REFERENCE_DATA_H
#define GAN_TEST_REFERENCE_DATA_H

#include "dialect/GanOps.h"
#include "test/reference/Tensor.h"

namespace gan::reference {

enum class DataSource {
  Synthetic, // only fields that need no file
  Random     // images, vectors and labels drawn at random
};

// The number of records of `data`, 0 where they are made anew in every move.
uint64_t recordCount(DataOp data);

// The batch of field `name` ("photos.x") in fresh move `move`; `type` is
// [batch, shape of the field...]. Where the data has records it is that from
// `position` on in their order. Reports at the model what cannot be made: an
// unknown field, a kind that `source` does not give.
mlir::FailureOr<Tensor> readField(ModelOp model, llvm::StringRef name,
                                  mlir::RankedTensorType type,
                                  DataSource source, uint64_t seed,
                                  uint64_t move, uint64_t position = 0);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_DATA_H
