// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Numbers to minimise, as text: of scores, of pairs of scores, of gradients.
#ifndef GAN_TEST_RANDOM_LOSSES_H
#define GAN_TEST_RANDOM_LOSSES_H

#include "test/random/Setting.h"

namespace gan::random {

// One number of the tensor `score`, of any shape; from about -2 to 2 where the
// score is.
std::string numberOf(Choice &choose, const std::string &score);

// An adversarial loss of the scores of real and of generated samples, as the
// critic or as the generator has it.
std::string adversarialLoss(Choice &choose, const std::string &real,
                            const std::string &fake, bool isCritic);

// A penalty on gradients of `critic`, up to three deep in one another.
// Statements that it needs go to `lines`; names end with `number`.
std::string gradientPenalty(Setting &setting, const Network &critic,
                            const std::string &fake, int number,
                            std::vector<std::string> &lines);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_LOSSES_H
