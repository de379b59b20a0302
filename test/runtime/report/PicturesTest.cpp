// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Samples drawn: grids of images, points of the plane, and the PNG around them.
#include "runtime/base/File.h"
#include "runtime/report/Animation.h"
#include "runtime/report/Gif.h"
#include "runtime/report/ImageGrid.h"
#include "runtime/report/Png.h"
#include "runtime/report/Scatter.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include <gif_lib.h>
#include <png.h>
#include <webp/demux.h>

using namespace gan::runtime;
using namespace gan::test;

static const double kNan = std::numeric_limits<double>::quiet_NaN();

static Picture tile(const std::vector<double> &values,
                    const SampleShape &shape) {
  return tileImages(shape, [&](size_t i) { return values[i]; });
}

TEST(ImageGrid, TilesRoundsAndCuts) {
  // Three images of one row: a grid of two by two, the last place left over.
  std::vector<double> values = {-1, 1, 0, 0.5, 7, kNan};
  Picture grid = tile(values, {3, 1, 1, 2, -1, 1});
  EXPECT_EQ(grid.width, 2 * (2 + 2) + 2);
  EXPECT_EQ(grid.height, 2 * (1 + 2) + 2);
  auto at = [&](int64_t y, int64_t x) {
    return static_cast<int>(grid.pixels[2 * (y * grid.width + x)]);
  };
  EXPECT_EQ(grid.channels, 2);
  for (int64_t y = 0; y < grid.height; ++y)
    for (int64_t x = 0; x < grid.width; ++x)
      EXPECT_EQ(grid.pixels[2 * (y * grid.width + x) + 1],
                y >= 5 && x >= 6 ? 0 : 255)
          << y << " " << x;
  EXPECT_EQ(at(2, 2), 0);
  EXPECT_EQ(at(2, 3), 255);
  EXPECT_EQ(at(2, 4), 0);   // the border
  EXPECT_EQ(at(2, 6), 128); // 127.5
  EXPECT_EQ(at(2, 7), 191); // 191.25
  EXPECT_EQ(at(5, 2), 255);
  EXPECT_EQ(at(5, 3), 0);
  int64_t sum = 0;
  for (size_t i = 0; i < grid.pixels.size(); i += 2)
    sum += grid.pixels[i];
  EXPECT_EQ(sum, 255 + 128 + 191 + 255); // nothing elsewhere
}

// No place is left over where a grid of up to two squares has as many.
TEST(ImageGrid, FitsTheNumberOfSamples) {
  struct Grid {
    int64_t count, columns, rows;
    bool isFull;
  };
  for (const Grid &each : {Grid{1, 1, 1, true},
                           {2, 2, 1, true},
                           {5, 3, 2, false},
                           {8, 4, 2, true},
                           {10, 4, 3, false},
                           {18, 6, 3, true},
                           {32, 8, 4, true},
                           {48, 8, 6, true},
                           {50, 10, 5, true},
                           {64, 8, 8, true},
                           {100, 10, 10, true}}) {
    std::vector<double> values(each.count * 3, 1);
    Picture grid = tile(values, {each.count, 3, 1, 1, 0, 1});
    EXPECT_EQ(grid.width, 3 * each.columns + 2) << each.count;
    EXPECT_EQ(grid.height, 3 * each.rows + 2) << each.count;
    EXPECT_EQ(grid.channels, each.isFull ? 3 : 4) << each.count;
  }
}

TEST(ImageGrid, HasTheColumnsAskedFor) {
  std::vector<double> values = {0, 1, 1, 0, 1, 1};
  SampleShape shape{.count = 3,
                    .channels = 1,
                    .height = 1,
                    .width = 2,
                    .low = 0,
                    .high = 1,
                    .columns = 3};
  Picture grid = tile(values, shape);
  EXPECT_EQ(grid.width, 3 * (2 + 2) + 2);
  EXPECT_EQ(grid.height, 1 + 2 + 2);
  Picture second = imageOf(shape, 1, [&](size_t i) { return values[i]; });
  EXPECT_EQ(second.width, 2);
  EXPECT_EQ(second.height, 1);
  EXPECT_EQ(second.pixels, (std::vector<uint8_t>{255, 0}));
}

TEST(ImageGrid, PutsChannelsTogether) {
  Picture grid = tile({0, 0.2, 0.4, 0.6, 0.8, 1}, {1, 3, 1, 2, 0, 1});
  size_t first = 3 * (2 * grid.width + 2);
  std::vector<uint8_t> pixels(grid.pixels.begin() + first,
                              grid.pixels.begin() + first + 6);
  EXPECT_EQ(pixels, (std::vector<uint8_t>{0, 102, 204, 51, 153, 255}));
}

TEST(Png, IsReadBack) {
  ScratchFolder folder;
  for (int channels : {1, 2, 3, 4}) {
    Picture picture{
        .width = 5, .height = 3, .channels = channels, .pixels = {}};
    for (int i = 0; i < 15 * channels; ++i)
      picture.pixels.push_back(static_cast<uint8_t>(17 * i));
    std::string path = folder / "a.png";
    ASSERT_TRUE(writePng(path, picture).ok());
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    ASSERT_TRUE(png_image_begin_read_from_file(&image, path.c_str()));
    EXPECT_EQ(image.width, 5u);
    EXPECT_EQ(image.height, 3u);
    constexpr png_uint_32 kFormats[] = {PNG_FORMAT_GRAY, PNG_FORMAT_GA,
                                        PNG_FORMAT_RGB, PNG_FORMAT_RGBA};
    EXPECT_EQ(image.format, kFormats[channels - 1]);
    image.format = kFormats[channels - 1];
    std::vector<uint8_t> pixels(PNG_IMAGE_SIZE(image));
    ASSERT_TRUE(
        png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr));
    EXPECT_EQ(pixels, picture.pixels);
  }
}

// Frames as they come out of libwebp's decoder, with the times at which they
// end.
TEST(Animation, IsReadBack) {
  ScratchFolder folder;
  std::string path = folder / "a.webp";
  std::vector<Picture> pictures;
  for (uint8_t level : {0, 200, 77}) {
    Picture picture{.width = 4, .height = 3, .channels = 1, .pixels = {}};
    for (uint8_t i = 0; i < 12; ++i)
      picture.pixels.push_back(level + 3 * i);
    pictures.push_back(picture);
  }
  ASSERT_TRUE(writeAnimatedWebp(path, pictures, 40).ok());
  Result<FileBytes> file = readFile(path, 10000);
  ASSERT_TRUE(file.ok());
  WebPData data{reinterpret_cast<const uint8_t *>(file->data()), file->size()};
  WebPAnimDecoder *decoder = WebPAnimDecoderNew(&data, nullptr);
  ASSERT_NE(decoder, nullptr);
  int count = 0;
  for (; WebPAnimDecoderHasMoreFrames(decoder); ++count) {
    uint8_t *pixels = nullptr;
    int time = 0;
    ASSERT_TRUE(WebPAnimDecoderGetNext(decoder, &pixels, &time));
    EXPECT_EQ(time, 40 * (count + 1));
    for (size_t i = 0; i < 12; ++i)
      EXPECT_EQ(pixels[4 * i + 1], pictures[count].pixels[i]);
  }
  EXPECT_EQ(count, 3);
  WebPAnimDecoderDelete(decoder);
}

// Frames as giflib itself reads them.
static std::vector<Picture> readGif(const std::string &path) {
  std::vector<Picture> frames;
  GifFileType *gif = DGifOpenFileName(path.c_str(), nullptr);
  if (!gif || DGifSlurp(gif) != GIF_OK)
    return frames;
  for (int i = 0; i < gif->ImageCount; ++i) {
    const SavedImage &image = gif->SavedImages[i];
    GraphicsControlBlock control;
    EXPECT_EQ(DGifSavedExtensionToGCB(gif, i, &control), GIF_OK);
    EXPECT_EQ(control.DelayTime, 4);
    Picture frame{.width = image.ImageDesc.Width,
                  .height = image.ImageDesc.Height,
                  .channels = 3,
                  .pixels = {}};
    for (int64_t pixel = 0; pixel < frame.width * frame.height; ++pixel) {
      GifColorType colour =
          image.ImageDesc.ColorMap->Colors[image.RasterBits[pixel]];
      frame.pixels.insert(frame.pixels.end(),
                          {colour.Red, colour.Green, colour.Blue});
    }
    frames.push_back(frame);
  }
  DGifCloseFile(gif, nullptr);
  return frames;
}

// Grey ones to the bit, of many colours nearly.
TEST(Gif, IsReadBack) {
  ScratchFolder folder;
  Picture grey{.width = 16, .height = 16, .channels = 1, .pixels = {}};
  Picture many{.width = 16, .height = 32, .channels = 3, .pixels = {}};
  for (int i = 0; i < 256; ++i)
    grey.pixels.push_back(static_cast<uint8_t>(255 - i));
  for (int i = 0; i < 512; ++i)
    for (int level : {i / 2, 255 - i / 2, 8 * (i % 32)})
      many.pixels.push_back(static_cast<uint8_t>(level));
  std::vector<Picture> greys = {grey, grey, grey}, colours = {many, many};
  std::reverse(greys[1].pixels.begin(), greys[1].pixels.end());
  ASSERT_TRUE(writeAnimatedGif(folder / "a.gif", greys, 40).ok());
  std::vector<Picture> read = readGif(folder / "a.gif");
  ASSERT_EQ(read.size(), 3u);
  for (size_t i = 0; i < 3; ++i)
    for (size_t pixel = 0; pixel < 256; ++pixel)
      for (size_t c = 0; c < 3; ++c)
        ASSERT_EQ(read[i].pixels[3 * pixel + c], greys[i].pixels[pixel]);
  ASSERT_TRUE(writeAnimatedGif(folder / "b.gif", colours, 40).ok());
  read = readGif(folder / "b.gif");
  ASSERT_EQ(read.size(), 2u);
  double error = 0;
  for (size_t i = 0; i < many.pixels.size(); ++i)
    error += std::abs(read[0].pixels[i] - many.pixels[i]);
  EXPECT_GT(error, 0);
  EXPECT_LT(error / many.pixels.size(), 8);
  EXPECT_EQ(read[0].pixels, read[1].pixels);
  ASSERT_TRUE(writeAnimatedGif(folder / "c.gif", colours, 40).ok());
  EXPECT_TRUE(*readFile(folder / "b.gif", 100000) ==
              *readFile(folder / "c.gif", 100000));
}

TEST(Animation, RefusesWhatTheFormatHasNot) {
  std::vector<Picture> wide = {
      {.width = 16384, .height = 1, .channels = 1, .pixels = {}}};
  EXPECT_EQ(writeAnimatedWebp("a.webp", wide, 40).text(),
            "a.webp: a WebP has at most 16383 pixels a side, not 16384 x 1");
  wide[0].width = 65536;
  EXPECT_EQ(writeAnimatedGif("a.gif", wide, 40).text(),
            "a.gif: a GIF has at most 65535 pixels a side, not 65536 x 1");
}

TEST(Scatter, DrawsPointsUpAndRight) {
  // The marks reach to 1, the picture to 1.5.
  Picture plot = plotPoints(std::vector<double>{1, 1, 99, 0, kNan, 0},
                            std::vector<double>{-1, 0});
  auto isWhite = [&](int64_t x, int64_t y) {
    const uint8_t *pixel = &plot.pixels[3 * (y * plot.width + x)];
    return pixel[0] == 255 && pixel[1] == 255 && pixel[2] == 255;
  };
  int64_t far = plot.width * 5 / 6, near = plot.width / 6;
  EXPECT_FALSE(isWhite(far, plot.height - 1 - far));
  EXPECT_FALSE(isWhite(near, plot.height / 2 - 1));
  int64_t coloured = 0;
  for (int64_t y = 0; y < plot.height; ++y)
    for (int64_t x = 0; x < plot.width; ++x)
      coloured += !isWhite(x, y);
  EXPECT_EQ(coloured, 12 + 17); // one large dot, one cross
}

TEST(Scatter, DrawsManyPointsAsSmallDots) {
  Picture plot =
      plotPoints(std::vector<double>(2 * 513, 0.5), std::vector<double>());
  int64_t blue = 0;
  for (size_t i = 0; i < plot.pixels.size(); i += 3)
    blue += plot.pixels[i] != 255;
  EXPECT_EQ(blue, 4);
}
