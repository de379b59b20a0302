// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Setting.h"

#include "llvm/ADT/StringExtras.h"

using namespace gan::random;

int64_t gan::random::countOf(const Shape &shape) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

std::string gan::random::textOf(const Shape &shape) {
  std::string text;
  for (int64_t extent : shape)
    text += (text.empty() ? "" : ", ") + std::to_string(extent);
  return "[" + text + "]";
}

int64_t Setting::width(int64_t small) {
  static constexpr int64_t wide[] = {7, 8, 9, 16, 17, 25, 33};
  return choose.chance(4) ? wide[choose.below(7)] : choose.between(1, small);
}

std::vector<const Network *> Setting::of(Role role) const {
  std::vector<const Network *> found;
  for (const Network &network : networks)
    if (network.role == role)
      found.push_back(&network);
  return found;
}

const Network *Setting::any(Role role) {
  std::vector<const Network *> found = of(role);
  return found.empty() ? nullptr : found[choose.below(found.size())];
}
