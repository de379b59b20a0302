// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Players of a random game, and the phases that they move in.
#ifndef GAN_TEST_RANDOM_PLAYERS_H
#define GAN_TEST_RANDOM_PLAYERS_H

#include "test/random/Setting.h"

#include <set>

namespace gan::random {

struct Player {
  std::string name;
  bool hasWeight = false;          // takes a number
  bool accumulates = false;        // may average gradients over batches
  bool looksBack = false;          // reads what another one named
  std::vector<std::string> scores; // lets that hold a critic's output
  std::set<std::string> stores;    // networks that it writes
  std::vector<std::string> lines;
};

// Definitions of the model, by what they mean; empty where there is none.
struct Shared {
  std::string fake; // samples of a generator
  std::string loss; // a number that every network is behind
};

// Players that between them train every network that is no copy.
std::vector<Player> writePlayers(Setting &setting, const Shared &shared);

// "phase train(steps: 3, batch: 4) { .. }", one or two of them.
std::vector<std::string> writePhases(Setting &setting,
                                     const std::vector<Player> &players);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_PLAYERS_H
