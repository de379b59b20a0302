// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Animation.h"
#include "runtime/base/File.h"

#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <memory>

using namespace gan::runtime;

using Encoder =
    std::unique_ptr<WebPAnimEncoder, decltype(&WebPAnimEncoderDelete)>;

// Three channels of each pixel, as the encoder takes them.
static std::vector<uint8_t> coloursOf(const Picture &picture) {
  if (picture.channels == 3)
    return picture.pixels;
  std::vector<uint8_t> colours;
  for (uint8_t grey : picture.pixels)
    colours.insert(colours.end(), 3, grey);
  return colours;
}

static Status failure(const Encoder &encoder, const std::string &path) {
  return Status(Code::Internal,
                std::string("cannot make a WebP: ") +
                    WebPAnimEncoderGetError(encoder.get()),
                path);
}

static bool addPicture(const Encoder &encoder, const Picture &picture,
                       const WebPConfig &config, int time) {
  WebPPicture frame;
  if (!WebPPictureInit(&frame))
    return false;
  frame.use_argb = 1;
  frame.width = static_cast<int>(picture.width);
  frame.height = static_cast<int>(picture.height);
  bool isAdded = WebPPictureImportRGB(&frame, coloursOf(picture).data(),
                                      static_cast<int>(3 * picture.width)) &&
                 WebPAnimEncoderAdd(encoder.get(), &frame, time, &config);
  WebPPictureFree(&frame);
  return isAdded;
}

Status gan::runtime::writeAnimatedWebp(const std::string &path,
                                       std::span<const Picture> pictures,
                                       int milliseconds) {
  int64_t width = pictures.front().width, height = pictures.front().height;
  if (std::max(width, height) > WEBP_MAX_DIMENSION)
    return Status(Code::Usage,
                  "a WebP has at most " + std::to_string(WEBP_MAX_DIMENSION) +
                      " pixels a side, not " + std::to_string(width) + " x " +
                      std::to_string(height),
                  path);
  WebPConfig config;
  WebPAnimEncoderOptions options;
  if (!WebPConfigInit(&config) || !WebPAnimEncoderOptionsInit(&options))
    return Status(Code::Internal, "libwebp is of another version", path);
  config.lossless = 1;
  Encoder encoder(WebPAnimEncoderNew(static_cast<int>(width),
                                     static_cast<int>(height), &options),
                  WebPAnimEncoderDelete);
  int time = 0;
  for (const Picture &picture : pictures) {
    if (!encoder || !addPicture(encoder, picture, config, time))
      return failure(encoder, path);
    time += milliseconds;
  }
  WebPData data;
  WebPDataInit(&data);
  // The time at which the last picture ends comes without one.
  bool isDone = WebPAnimEncoderAdd(encoder.get(), nullptr, time, nullptr) &&
                WebPAnimEncoderAssemble(encoder.get(), &data);
  Status status =
      isDone ? writeFile(path, std::as_bytes(std::span(data.bytes, data.size)))
             : failure(encoder, path);
  WebPDataClear(&data);
  return status;
}
