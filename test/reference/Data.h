// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Data without files, by the rules of runtime/data/SYNTHETIC.md.
#ifndef GAN_TEST_REFERENCE_DATA_H
#define GAN_TEST_REFERENCE_DATA_H

#include "dialect/GanOps.h"
#include "test/reference/Tensor.h"

namespace gan::reference {

enum class DataSource {
  Synthetic, // only fields that need no file
  Random     // images, vectors and labels drawn at random
};

// The batch of field `name` ("photos.x") in fresh move `move`; `type` is
// [batch, shape of the field...]. Reports at the model what cannot be made: an
// unknown field, a kind that `source` does not give, a mixture of counted
// records.
mlir::FailureOr<Tensor> readField(ModelOp model, llvm::StringRef name,
                                  mlir::RankedTensorType type,
                                  DataSource source, uint64_t seed,
                                  uint64_t move);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_DATA_H
