// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Resize.h"
#include "runtime/base/Rng.h"
#include "test/runtime/data/image/TestImages.h"

#include <gtest/gtest.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static uint64_t hashOf(const Picture &picture) {
  return fnv1a64({reinterpret_cast<const char *>(picture.pixels.data()),
                  picture.pixels.size()});
}

// What Pillow 11 makes of the pattern in three channels.
TEST(Resize, GivesTheBytesOfPillow) {
  struct Case {
    Filter filter;
    int64_t fromWidth, fromHeight, width, height;
    uint64_t hash;
  };
  constexpr Case kCases[] = {
      {Filter::Box, 23, 17, 8, 8, 0x21c0cfe9dfe44df5},
      {Filter::Box, 23, 17, 40, 31, 0xbe60e65ed449aab1},
      {Filter::Box, 64, 48, 31, 64, 0x04bbbd5f0f1d5a20},
      {Filter::Box, 5, 3, 5, 9, 0x7ad82507f4710363},
      {Filter::Bilinear, 23, 17, 8, 8, 0x9dc373bcb29f3569},
      {Filter::Bilinear, 23, 17, 40, 31, 0x004b9d29d8fdd4ed},
      {Filter::Bilinear, 64, 48, 31, 64, 0x540b978f2a9c09b0},
      {Filter::Bilinear, 5, 3, 5, 9, 0xa8502aa813464843},
      {Filter::Bicubic, 23, 17, 8, 8, 0x415a1622145c854e},
      {Filter::Bicubic, 23, 17, 40, 31, 0xf3dd2110665aec80},
      {Filter::Bicubic, 64, 48, 31, 64, 0x604a11480fb550a9},
      {Filter::Bicubic, 5, 3, 5, 9, 0xaccf84f481a57414},
      {Filter::Lanczos, 23, 17, 8, 8, 0x05c625a5e9f008c4},
      {Filter::Lanczos, 23, 17, 40, 31, 0x5095f6f0eaa7a9ce},
      {Filter::Lanczos, 64, 48, 31, 64, 0x43fb3fdbfb3eed6e},
      {Filter::Lanczos, 5, 3, 5, 9, 0xe175a48b4152fdc6},
      {Filter::Nearest, 23, 17, 8, 8, 0xa946a0783a9db1e5},
      {Filter::Nearest, 23, 17, 40, 31, 0xbe60e65ed449aab1},
      {Filter::Nearest, 5, 3, 5, 9, 0x7ad82507f4710363},
  };
  for (const Case &c : kCases) {
    Picture found = resize(makePattern(c.fromWidth, c.fromHeight, 3),
                           {c.width, c.height}, c.width, c.height, c.filter);
    EXPECT_EQ(hashOf(found), c.hash)
        << static_cast<int>(c.filter) << ": " << c.fromWidth << " x "
        << c.fromHeight << " to " << c.width << " x " << c.height;
  }
}

// A window shows what the whole shows there.
TEST(Resize, CutsWindows) {
  Picture picture = makePattern(23, 17, 3);
  for (Filter filter : {Filter::Nearest, Filter::Box, Filter::Bilinear,
                        Filter::Bicubic, Filter::Lanczos}) {
    Picture whole = resize(picture, {40, 31}, 40, 31, filter);
    Picture part = resize(picture, {40, 31, 11, 7}, 20, 9, filter);
    for (int64_t y = 0; y < 9; ++y)
      for (int64_t i = 0; i < 60; ++i)
        ASSERT_EQ(part.pixels[y * 60 + i],
                  whole.pixels[(y + 7) * 120 + 33 + i]);
  }
}

// A line of a pixel's width is not made whole at 2^20 times its size.
TEST(Resize, KeepsToTheWindow) {
  Picture line = makePattern(1, 4096, 1);
  Picture part = resize(line, {1 << 12, int64_t{1} << 24, 5, 1 << 20}, 64, 64,
                        Filter::Bilinear);
  EXPECT_EQ(part.pixels.size(), 4096u);
}

TEST(Resize, LeavesWhatFits) {
  Picture picture = makePattern(12, 9, 4);
  for (Filter filter : {Filter::Nearest, Filter::Box, Filter::Bilinear,
                        Filter::Bicubic, Filter::Lanczos})
    EXPECT_EQ(resize(picture, {12, 9}, 12, 9, filter).pixels, picture.pixels);
}

TEST(Resize, NamesFilters) {
  EXPECT_EQ(filterNamed("nearest"), Filter::Nearest);
  EXPECT_EQ(filterNamed("lanczos"), Filter::Lanczos);
  EXPECT_FALSE(filterNamed("cubic"));
}

TEST(ConvertChannels, GoesBetweenAllKinds) {
  EXPECT_EQ(hashOf(convertChannels(makePattern(23, 17, 3), 1)),
            0x411b2e4933938fa1); // Pillow's convert("L")
  auto convert = [](std::vector<uint8_t> pixel, int64_t channels) {
    auto count = static_cast<int64_t>(pixel.size());
    return convertChannels({1, 1, count, std::move(pixel)}, channels).pixels;
  };
  using P = std::vector<uint8_t>;
  EXPECT_EQ(convert({7}, 2), P({7, 255}));
  EXPECT_EQ(convert({7}, 3), P({7, 7, 7}));
  EXPECT_EQ(convert({7}, 4), P({7, 7, 7, 255}));
  EXPECT_EQ(convert({7, 0}, 1), P({255}));
  EXPECT_EQ(convert({7, 51}, 3), P({205, 205, 205}));
  EXPECT_EQ(convert({7, 51}, 4), P({7, 7, 7, 51}));
  EXPECT_EQ(convert({255, 0, 0}, 2), P({76, 255}));
  EXPECT_EQ(convert({1, 2, 3}, 4), P({1, 2, 3, 255}));
  EXPECT_EQ(convert({0, 100, 255, 255}, 3), P({0, 100, 255}));
  EXPECT_EQ(convert({0, 100, 255, 0}, 1), P({255}));
}
