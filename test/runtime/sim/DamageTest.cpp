// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Damaged PTX: refused with a sentence or run with findings, never a crash.
#include "runtime/base/Rng.h"
#include "test/runtime/sim/Faults.h"

#include <gtest/gtest.h>

using namespace gan::sim;

static std::vector<PlantedFault> samples() {
  std::vector<PlantedFault> all;
  for (auto list : {memoryFaults(), valueFaults(), raceFaults(), orderFaults(),
                    syncFaults()})
    all.insert(all.end(), list.begin(), list.end());
  return all;
}

// Another digit somewhere: another register, offset or number.
static std::string changeDigit(std::string text,
                               const gan::runtime::RandomWords &random) {
  size_t at = text.find_first_of("0123456789", random[0] % text.size());
  if (at != text.npos)
    text[at] = char('0' + random[1] % 10);
  return text;
}

// Swaps, drops, doubles or replaces a few characters.
static std::string damage(std::string text, uint32_t seed) {
  for (uint32_t i = 0; i < 1 + seed % 3; ++i) {
    auto random = gan::runtime::philox({seed, i, 0, 0}, {1, 2});
    if (seed % 4) {
      text = changeDigit(text, random);
      continue;
    }
    size_t at = random[0] % text.size();
    constexpr std::string_view marks = "%;,[]{}.@!0198rpqxf ";
    switch (random[1] % 4) {
    case 0:
      text.erase(at, 1 + random[2] % 4);
      break;
    case 1:
      text.insert(at, 1, marks[random[2] % marks.size()]);
      break;
    case 2:
      std::swap(text[at], text[random[2] % text.size()]);
      break;
    default:
      text[at] = marks[random[2] % marks.size()];
    }
  }
  return text;
}

TEST(Damage, IsRefusedOrRuns) {
  uint32_t seed = 0, refused = 0, ran = 0;
  for (const PlantedFault &planted : samples())
    for (int i = 0; i < 40; ++i) {
      std::string text = damage(twinText(planted, /*faulty=*/false), ++seed);
      Result<Module> module = parseModule(text, "k.ptx");
      Memory memory;
      Result<Image> image = module.ok() ? Image::load(*module, memory)
                                        : Result<Image>(module.status());
      Result<Program> program =
          image.ok() ? image->kernel("k") : Result<Program>(image.status());
      if (!program.ok()) {
        ++refused;
        EXPECT_FALSE(program.status().sentence().empty());
        continue;
      }
      LaunchShape shape;
      shape.block = {64, 1, 1};
      shape.parameters.resize(program->parameterBytes);
      Options options;
      options.mostInstructions = 20000;
      (void)launch(memory, *program, shape, options);
      ++ran;
    }
  EXPECT_GT(refused, 1000u);
  EXPECT_GT(ran, 300u);
}

TEST(Damage, FilesThatEndEarly) {
  std::string text = twinText(raceFaults()[0], /*faulty=*/false);
  for (size_t length = 0; length < text.size(); length += 3)
    EXPECT_FALSE(refusalOf(text.substr(0, length), "k").empty());
}
