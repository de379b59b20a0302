// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Validity.h"

#include <algorithm>
#include <atomic>

using namespace gan::sim;

void Validity::reset(uint64_t bytes) {
  words.assign(bytes / 64 + 2, 0); // one more, so that pairs can be read
}

static uint64_t ones(unsigned count) {
  return count >= 64 ? ~uint64_t(0) : (uint64_t(1) << count) - 1;
}

bool Validity::has(uint64_t offset, unsigned count) const {
  unsigned shift = offset % 64;
  uint64_t low = ones(count) << shift;
  if ((words[offset / 64] & low) != low)
    return false;
  if (shift + count <= 64)
    return true;
  uint64_t high = ones(shift + count - 64);
  return (words[offset / 64 + 1] & high) == high;
}

// Most stores go where a value is already: then nothing is written.
static void change(uint64_t &word, uint64_t bits, bool valid) {
  std::atomic_ref<uint64_t> shared(word);
  uint64_t now = shared.load(std::memory_order_relaxed) & bits;
  if (valid && now != bits)
    shared.fetch_or(bits, std::memory_order_relaxed);
  if (!valid && now != 0)
    shared.fetch_and(~bits, std::memory_order_relaxed);
}

void Validity::set(uint64_t offset, unsigned count, bool valid) {
  unsigned shift = offset % 64;
  change(words[offset / 64], ones(count) << shift, valid);
  if (shift + count > 64)
    change(words[offset / 64 + 1], ones(shift + count - 64), valid);
}

void Validity::setRange(uint64_t offset, uint64_t count, bool valid) {
  for (uint64_t done = 0; done < count;) {
    unsigned step =
        unsigned(std::min<uint64_t>(count - done, 64 - (offset + done) % 64));
    set(offset + done, step, valid);
    done += step;
  }
}

bool Validity::hasRange(uint64_t offset, uint64_t count) const {
  for (uint64_t done = 0; done < count;) {
    unsigned step =
        unsigned(std::min<uint64_t>(count - done, 64 - (offset + done) % 64));
    if (!has(offset + done, step))
      return false;
    done += step;
  }
  return true;
}

bool Validity::hasAny() const {
  return std::any_of(words.begin(), words.end(),
                     [](uint64_t word) { return word != 0; });
}
