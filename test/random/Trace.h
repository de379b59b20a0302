// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a game leaves, by whoever played it.
#ifndef GAN_TEST_RANDOM_TRACE_H
#define GAN_TEST_RANDOM_TRACE_H

#include <map>
#include <string>
#include <vector>

namespace gan::random {

// Every number that is logged ("2 critic.loss": after pass 2), every stored
// tensor in the layout of the weights file ("G.w"), every output ("= samples").
using Trace = std::map<std::string, std::vector<double>>;

} // namespace gan::random

#endif // GAN_TEST_RANDOM_TRACE_H
