// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the parts of a random program have to agree on.
#ifndef GAN_TEST_RANDOM_SETTING_H
#define GAN_TEST_RANDOM_SETTING_H

#include "test/random/Choice.h"

#include "llvm/ADT/SmallVector.h"

#include <string>
#include <vector>

namespace gan::random {

// Per sample, as in the language.
using Shape = llvm::SmallVector<int64_t, 4>;
int64_t countOf(const Shape &shape);
// "[2, 4, 4]"
std::string textOf(const Shape &shape);

enum class Role { Generator, Critic, Encoder, Copy };

struct Network {
  std::string name;
  Role role;
  Shape input, output;
  bool hasLabel = false;          // takes a class after its first argument
  bool hasPack = false;           // judges two samples side by side
  std::vector<std::string> parts; // paths of labelled layers, "first"
  std::string original;           // of a copy

  // "G(z)" or "G(z, y)"; `more` as in ", update: false".
  std::string call(const std::string &argument,
                   const std::string &more = "") const {
    return name + "(" + argument + (hasLabel ? ", y" : "") + more + ")";
  }
};

struct Setting {
  explicit Setting(uint64_t seed) : choose(seed) {}

  Choice choose;
  int64_t batch = 4;
  int64_t latent = 3;
  int64_t classes = 0;   // 0: no labels
  Shape item;            // of a record x
  bool hasNoise = false; // a draw `u` like x
  std::vector<Network> networks;

  bool isImage() const { return item.size() == 3; }
  // Networks of a role, in order of declaration; copies are critics or
  // generators only in name.
  std::vector<const Network *> of(Role role) const;
  const Network *any(Role role); // null if there is none
  // The width of a layer's result: small, or once in a while around that of
  // vectors and tiles.
  int64_t width(int64_t small = 5);
};

} // namespace gan::random

#endif // GAN_TEST_RANDOM_SETTING_H
