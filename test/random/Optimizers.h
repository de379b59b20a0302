// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_TEST_RANDOM_OPTIMIZERS_H
#define GAN_TEST_RANDOM_OPTIMIZERS_H

#include "test/random/Choice.h"

namespace gan::random {

// What stands behind `with`: stages on the gradient and an optimizer.
std::string optimizer(Choice &choose);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_OPTIMIZERS_H
