// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Valid games by construction, from a seed: networks, losses, players,
// schedules, of tiny shapes.
#ifndef GAN_TEST_RANDOM_GENERATE_H
#define GAN_TEST_RANDOM_GENERATE_H

#include <cstdint>
#include <string>

namespace gan::random {

// The text of a `.gan` file; the same seed gives the same text.
std::string generateProgram(uint64_t seed);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_GENERATE_H
