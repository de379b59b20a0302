// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Decoders.h"
#include "runtime/data/image/Orientation.h"
#include "test/runtime/data/image/TestImages.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static Picture decoded(const FileBytes &file) {
  Result<Picture> picture = decodeImage(file, "file");
  EXPECT_TRUE(picture.ok()) << picture.status().text();
  return picture.ok() ? picture.take() : Picture();
}

static std::string refusal(const FileBytes &file) {
  return decodeImage(file, "file").status().sentence();
}

static void expectSame(const Picture &found, const Picture &expected) {
  EXPECT_EQ(found.width, expected.width);
  EXPECT_EQ(found.height, expected.height);
  EXPECT_EQ(found.channels, expected.channels);
  EXPECT_TRUE(found.pixels == expected.pixels);
}

TEST(Decode, ReadsPngOfEveryKind) {
  for (int64_t channels : {1, 2, 3, 4})
    for (int depth : {8, 16})
      for (bool isInterlaced : {false, true})
        expectSame(decoded(encodePng(makePattern(13, 9, channels),
                                     {depth, isInterlaced})),
                   makePattern(13, 9, channels));
}

// Numbers are those of the file: no palette is looked up, no grey is stretched.
TEST(Decode, ReadsNumbers) {
  Picture picture = makePattern(13, 9, 1);
  for (uint8_t &value : picture.pixels)
    value %= 16;
  for (bool hasPalette : {false, true})
    for (int depth : {4, 8})
      for (bool isInterlaced : {false, true}) {
        Result<Picture> found = decodeNumbers(
            encodePng(picture, {depth, isInterlaced, hasPalette}), "file");
        ASSERT_TRUE(found.ok()) << found.status().text();
        expectSame(*found, picture);
      }
  FileBytes turned =
      withOrientation(encodePng(picture, {.hasPalette = true}), 6);
  expectSame(*decodeNumbers(turned, "file"), turn(picture, 6));
  // What is seen of such a file are its colours.
  Picture seen = decoded(encodePng(picture, {.hasPalette = true}));
  EXPECT_EQ(seen.channels, 3);
  EXPECT_EQ(seen.pixels[0], 255 - picture.pixels[0]);
}

TEST(Decode, RefusesNumbersOfColours) {
  for (const FileBytes &file :
       {encodePng(makePattern(4, 4, 2)), encodePng(makePattern(4, 4, 3)),
        encodePng(makePattern(4, 4, 1), {.depth = 16})})
    EXPECT_EQ(decodeNumbers(file, "file").status().sentence(),
              "the PNG is of colours, alpha or 16 bits: a map has a palette or "
              "is grey, of up to 8 bits, and each value is a class");
  EXPECT_EQ(decodeNumbers(encodeJpeg(makePattern(8, 8, 1), 90), "file")
                .status()
                .sentence(),
            "this is no PNG file, of which maps of classes are read");
}

TEST(Decode, ReadsWebp) {
  expectSame(decoded(encodeWebp(makePattern(13, 9, 3))), makePattern(13, 9, 3));
  // Where nothing is seen, WebP keeps no colour.
  Picture picture = makePattern(13, 9, 4);
  for (size_t i = 3; i < picture.pixels.size(); i += 4)
    picture.pixels[i] |= 1;
  expectSame(decoded(encodeWebp(picture)), picture);
}

// JPEG at quality 100 errs by the rounding of its transform and of its colours.
TEST(Decode, ReadsJpegGreyColouredAndOfInks) {
  for (int64_t channels : {1, 3}) {
    Picture smooth = {16, 16, channels, {}};
    for (int i = 0; i < 256; ++i)
      smooth.pixels.insert(smooth.pixels.end(), channels, i / 2 + 40);
    Picture found = decoded(encodeJpeg(smooth, 100));
    ASSERT_EQ(found.channels, channels);
    ASSERT_EQ(found.pixels.size(), smooth.pixels.size());
    for (size_t i = 0; i < found.pixels.size(); ++i)
      EXPECT_NEAR(found.pixels[i], smooth.pixels[i], 3);
  }
  // 255 is no ink: all of cyan's plane is full, half of the light is black's.
  Picture inks = {16, 16, 4, {}};
  for (int i = 0; i < 256; ++i)
    inks.pixels.insert(inks.pixels.end(), {0, 255, 255, 128});
  Picture found = decoded(encodeJpeg(inks, 100));
  ASSERT_EQ(found.channels, 3);
  EXPECT_NEAR(found.pixels[0], 0, 2);
  EXPECT_NEAR(found.pixels[1], 128, 2);
  EXPECT_NEAR(found.pixels[2], 128, 2);
}

TEST(Decode, SetsUpright) {
  Picture stored = {3, 2, 1, {1, 2, 3, 4, 5, 6}};
  const std::vector<std::vector<uint8_t>> upright = {
      {1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4}, {6, 5, 4, 3, 2, 1},
      {4, 5, 6, 1, 2, 3}, {1, 4, 2, 5, 3, 6}, {4, 1, 5, 2, 6, 3},
      {6, 3, 5, 2, 4, 1}, {3, 6, 2, 5, 1, 4}};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    Picture found = turn(stored, orientation);
    EXPECT_EQ(found.pixels, upright[orientation - 1]) << orientation;
    EXPECT_EQ(found.width, orientation >= 5 ? 2 : 3);
    expectSame(decoded(withOrientation(encodePng(stored), orientation)), found);
    FileBytes jpeg = encodeJpeg(makePattern(24, 16, 3), 90);
    expectSame(decoded(withOrientation(jpeg, orientation)),
               turn(decoded(jpeg), orientation));
    FileBytes webp = encodeWebp(makePattern(5, 7, 4));
    expectSame(decoded(withOrientation(webp, orientation)),
               turn(decoded(webp), orientation));
  }
  // Nonsense is upright.
  expectSame(decoded(withOrientation(encodePng(stored), 9)), stored);
}

TEST(Decode, RefusesWhatIsNoImage) {
  EXPECT_EQ(refusal({}), "this is no PNG, JPEG or WebP file");
  EXPECT_EQ(refusal(FileBytes(100)), "this is no PNG, JPEG or WebP file");
  FileBytes begun(bytesOf("RIFF1").begin(), bytesOf("RIFF1").end());
  EXPECT_EQ(refusal(begun), "this is no PNG, JPEG or WebP file");
}

TEST(Decode, RefusesWhatIsDamaged) {
  FileBytes png = encodePng(makePattern(40, 30, 3));
  png[16] ^= std::byte{1};
  EXPECT_EQ(refusal(png), "the PNG is damaged: IHDR: CRC error");
  FileBytes jpeg = encodeJpeg(makePattern(40, 30, 3), 90);
  jpeg.resize(jpeg.size() / 2);
  EXPECT_EQ(refusal(jpeg), "the JPEG is damaged: Premature end of JPEG file");
  FileBytes webp = encodeWebp(makePattern(40, 30, 3));
  FileBytes cut(webp.begin(), webp.begin() + 20);
  EXPECT_EQ(refusal(cut), "the header of the WebP is damaged");
  cut.assign(webp.begin(), webp.end() - 40);
  EXPECT_EQ(refusal(cut), "the WebP is damaged or cut short");
  FileBytes animated = withOrientation(encodeWebp(makePattern(5, 5, 4)), 1);
  animated[20] |= std::byte{2};
  EXPECT_EQ(refusal(animated), "the WebP is animated, expected one image");
}

// Every cut is refused: nothing that is missing is made up.
TEST(Decode, RefusesEveryCut) {
  for (const FileBytes &whole :
       {encodePng(makePattern(20, 20, 3)), encodeWebp(makePattern(20, 20, 3)),
        encodeJpeg(makePattern(20, 20, 3), 90)})
    for (size_t size = 0; size < whole.size(); ++size)
      EXPECT_FALSE(decodeImage(std::span(whole).first(size), "file").ok())
          << size << " of " << whole.size();
}

TEST(Decode, SurvivesEveryBit) {
  for (const FileBytes &whole :
       {encodePng(makePattern(9, 9, 3)), encodeWebp(makePattern(9, 9, 3)),
        encodeJpeg(makePattern(9, 9, 3), 90)})
    for (size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      FileBytes file = whole;
      file[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
      (void)decodeImage(file, "file");
    }
}

// A header of a few bytes asks for gigabytes.
TEST(Decode, RefusesBombs) {
  auto header = [](uint32_t width, uint32_t height) {
    FileBytes file = encodePng(makePattern(1, 1, 1));
    for (int i = 0; i < 4; ++i) {
      file[16 + i] = static_cast<std::byte>(width >> (24 - 8 * i));
      file[20 + i] = static_cast<std::byte>(height >> (24 - 8 * i));
    }
    uint32_t crc = 0xffffffff;
    for (int i = 12; i < 29; ++i) {
      crc ^= std::to_integer<uint32_t>(file[i]);
      for (int bit = 0; bit < 8; ++bit)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    for (int i = 0; i < 4; ++i)
      file[29 + i] = static_cast<std::byte>(~crc >> (24 - 8 * i));
    return file;
  };
  EXPECT_EQ(refusal(header(65535, 65535)),
            "the image has 65535 x 65535 pixels, at most 67108864, 65535 a "
            "side, are read");
  EXPECT_EQ(refusal(header(8000, 8000)),
            "the image claims 8000 x 8000 pixels in " +
                std::to_string(header(1, 1).size()) + " bytes");
  EXPECT_EQ(refusal(header(100000, 2)),
            "the PNG is damaged: Invalid IHDR data");
  FileBytes jpeg = encodeJpeg(makePattern(8, 8, 1), 90);
  for (size_t i = 0; i + 9 < jpeg.size(); ++i)
    if (jpeg[i] == std::byte{0xff} && jpeg[i + 1] == std::byte{0xc0})
      jpeg[i + 5] = jpeg[i + 6] = jpeg[i + 7] = jpeg[i + 8] = std::byte{0};
  EXPECT_TRUE(refusal(jpeg).starts_with("the JPEG is damaged: "));
  FileBytes long_(kMostImageFileBytes + 1);
  EXPECT_EQ(refusal(long_), "the image has 67108865 bytes, at most 67108864 "
                            "are read");
}

TEST(Decode, RefusesNoPixels) {
  EXPECT_EQ(checkExtents(0, 7, 100, "file").sentence(),
            "the image has no pixels: 0 x 7");
}
