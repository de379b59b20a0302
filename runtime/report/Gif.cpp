// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Gif.h"
#include "runtime/base/File.h"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

using namespace gan::runtime;

static constexpr int64_t kMostExtent = 65535;
static constexpr size_t kMostColours = 256;

namespace {
// A picture as numbers of colours.
struct Indexed {
  std::array<GifColorType, kMostColours> colours = {};
  std::vector<GifByteType> pixels;
};

struct CloseFile {
  void operator()(GifFileType *file) const { EGifCloseFile(file, nullptr); }
};
struct FreeMap {
  void operator()(ColorMapObject *map) const { GifFreeMapObject(map); }
};
} // namespace

static GifColorType colourAt(const Picture &picture, size_t pixel) {
  const uint8_t *at = &picture.pixels[pixel * picture.channels];
  return picture.channels == 3 ? GifColorType{at[0], at[1], at[2]}
                               : GifColorType{at[0], at[0], at[0]};
}

// In the order in which they come; false where there are too many.
static bool indexAsIs(const Picture &picture, Indexed &into) {
  std::map<uint32_t, GifByteType> numbers;
  for (size_t i = 0; i < into.pixels.size(); ++i) {
    GifColorType colour = colourAt(picture, i);
    uint32_t key = colour.Red << 16 | colour.Green << 8 | colour.Blue;
    auto found = numbers.find(key);
    if (found == numbers.end()) {
      if (numbers.size() == kMostColours)
        return false;
      into.colours[numbers.size()] = colour;
      found =
          numbers.emplace(key, static_cast<GifByteType>(numbers.size())).first;
    }
    into.pixels[i] = found->second;
  }
  return true;
}

static bool indexNearly(const Picture &picture, Indexed &into) {
  std::array<std::vector<GifByteType>, 3> planes;
  for (std::vector<GifByteType> &plane : planes)
    plane.reserve(into.pixels.size());
  for (size_t i = 0; i < into.pixels.size(); ++i) {
    GifColorType colour = colourAt(picture, i);
    planes[0].push_back(colour.Red);
    planes[1].push_back(colour.Green);
    planes[2].push_back(colour.Blue);
  }
  int count = kMostColours;
  return GifQuantizeBuffer(static_cast<unsigned>(picture.width),
                           static_cast<unsigned>(picture.height), &count,
                           planes[0].data(), planes[1].data(), planes[2].data(),
                           into.pixels.data(), into.colours.data()) == GIF_OK;
}

// Over and over: an extension of Netscape's that all programs know.
static bool putHead(GifFileType *gif, const Picture &picture) {
  EGifSetGifVersion(gif, /*gif89=*/true);
  const GifByteType forever[] = {1, 0, 0};
  return EGifPutScreenDesc(gif, static_cast<int>(picture.width),
                           static_cast<int>(picture.height), /*GifColorRes=*/8,
                           /*GifBackGround=*/0, nullptr) == GIF_OK &&
         EGifPutExtensionLeader(gif, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
         EGifPutExtensionBlock(gif, 11, "NETSCAPE2.0") == GIF_OK &&
         EGifPutExtensionBlock(gif, 3, forever) == GIF_OK &&
         EGifPutExtensionTrailer(gif) == GIF_OK;
}

static bool putPicture(GifFileType *gif, const Picture &picture,
                       int milliseconds) {
  Indexed indexed;
  indexed.pixels.resize(picture.width * picture.height);
  if (!indexAsIs(picture, indexed) && !indexNearly(picture, indexed))
    return false;
  GraphicsControlBlock control{.DisposalMode = DISPOSE_DO_NOT,
                               .UserInputFlag = false,
                               .DelayTime = milliseconds / 10,
                               .TransparentColor = NO_TRANSPARENT_COLOR};
  std::array<GifByteType, 4> bytes = {};
  EGifGCBToExtension(&control, bytes.data());
  std::unique_ptr<ColorMapObject, FreeMap> map(
      GifMakeMapObject(kMostColours, indexed.colours.data()));
  int width = static_cast<int>(picture.width);
  bool isPut =
      map &&
      EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, bytes.size(),
                       bytes.data()) == GIF_OK &&
      EGifPutImageDesc(gif, 0, 0, width, static_cast<int>(picture.height),
                       /*GifInterlace=*/false, map.get()) == GIF_OK;
  for (int64_t y = 0; isPut && y < picture.height; ++y)
    isPut = EGifPutLine(gif, &indexed.pixels[y * width], width) == GIF_OK;
  return isPut;
}

static int append(GifFileType *gif, const GifByteType *bytes, int count) {
  std::span<const std::byte> more =
      std::as_bytes(std::span(bytes, static_cast<size_t>(count)));
  auto &all = *static_cast<FileBytes *>(gif->UserData);
  all.insert(all.end(), more.begin(), more.end());
  return count;
}

Status gan::runtime::writeAnimatedGif(const std::string &path,
                                      std::span<const Picture> pictures,
                                      int milliseconds) {
  int64_t width = pictures.front().width, height = pictures.front().height;
  if (std::max(width, height) > kMostExtent)
    return Status(Code::Usage,
                  "a GIF has at most " + std::to_string(kMostExtent) +
                      " pixels a side, not " + std::to_string(width) + " x " +
                      std::to_string(height),
                  path);
  FileBytes bytes;
  int error = 0;
  std::unique_ptr<GifFileType, CloseFile> gif(EGifOpen(&bytes, append, &error));
  bool isMade = gif && putHead(gif.get(), pictures.front());
  for (size_t i = 0; isMade && i < pictures.size(); ++i)
    isMade = putPicture(gif.get(), pictures[i], milliseconds);
  error = gif && !isMade ? gif->Error : error;
  // Closing writes the end.
  int closing = 0;
  bool isClosed = gif && EGifCloseFile(gif.release(), &closing) == GIF_OK;
  if (isMade && isClosed)
    return writeFile(path, bytes);
  error = error ? error : closing;
  const char *why = GifErrorString(error);
  return Status(Code::Internal,
                std::string("cannot make a GIF: ") +
                    (why ? why : "giflib does not say why"),
                path);
}
