// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Pictures.h"

#include <algorithm>

using namespace gan::runtime;

namespace {
class FittedPictures : public Pictures {
public:
  FittedPictures(std::unique_ptr<Pictures> source, const Fit &fit)
      : source(std::move(source)), fit(fit) {}
  uint64_t count() const override { return source->count(); }
  std::string nameOf(uint64_t record) const override {
    return source->nameOf(record);
  }
  Result<Picture> load(uint64_t record) const override;

private:
  Window windowFor(const Picture &picture) const;
  std::unique_ptr<Pictures> source;
  Fit fit;
};
} // namespace

namespace {
class CheckedClasses : public Pictures {
public:
  CheckedClasses(std::unique_ptr<Pictures> source, uint64_t classes)
      : source(std::move(source)), classes(classes) {}
  uint64_t count() const override { return source->count(); }
  std::string nameOf(uint64_t record) const override {
    return source->nameOf(record);
  }
  Result<Picture> load(uint64_t record) const override;

private:
  std::unique_ptr<Pictures> source;
  uint64_t classes;
};
} // namespace

Result<Picture> CheckedClasses::load(uint64_t record) const {
  Result<Picture> picture = source->load(record);
  if (!picture.ok())
    return picture;
  auto bad = std::find_if(picture->pixels.begin(), picture->pixels.end(),
                          [&](uint8_t value) { return value >= classes; });
  if (bad == picture->pixels.end())
    return picture;
  int64_t at = bad - picture->pixels.begin();
  return Status(Code::Damaged,
                "the pixel " + std::to_string(at % picture->width) + ", " +
                    std::to_string(at / picture->width) + " is of class " +
                    std::to_string(*bad) + ", but the model has " +
                    std::to_string(classes) + " classes",
                nameOf(record));
}

std::unique_ptr<Pictures>
gan::runtime::checkClasses(std::unique_ptr<Pictures> source, uint64_t classes) {
  return std::make_unique<CheckedClasses>(std::move(source), classes);
}

// The extents with the aspect of the picture, the longer side rounded down as
// torchvision does, and the middle of it.
Window FittedPictures::windowFor(const Picture &picture) const {
  int64_t width = picture.width, height = picture.height;
  Window window{};
  // Whether the given extent is the width.
  bool isByWidth =
      fit.resize ? width <= height : width * fit.height <= height * fit.width;
  if (isByWidth) {
    window.width = fit.resize ? fit.resize : fit.width;
    window.height = height * window.width / width;
  } else {
    window.height = fit.resize ? fit.resize : fit.height;
    window.width = width * window.height / height;
  }
  window.left = (window.width - fit.width) / 2;
  window.top = (window.height - fit.height) / 2;
  return window;
}

Result<Picture> FittedPictures::load(uint64_t record) const {
  Result<Picture> picture = source->load(record);
  if (!picture.ok())
    return picture;
  Window window = windowFor(*picture);
  Picture converted = convertChannels(picture.take(), fit.channels);
  if (!fit.cutsAnywhere) {
    bool isAsWanted = converted.width == fit.width &&
                      converted.height == fit.height &&
                      window.width == fit.width && window.height == fit.height;
    return isAsWanted
               ? std::move(converted)
               : resize(converted, window, fit.width, fit.height, fit.filter);
  }
  if (std::max(window.width, window.height) >
      kMostAspect * std::min(window.width, window.height))
    return Status(Code::Damaged,
                  "the image is " + std::to_string(converted.width) + " x " +
                      std::to_string(converted.height) +
                      ", to be cut anywhere it may be " +
                      std::to_string(kMostAspect) + " times as long as wide",
                  nameOf(record));
  return resize(converted, {window.width, window.height}, window.width,
                window.height, fit.filter);
}

std::unique_ptr<Pictures>
gan::runtime::fitPictures(std::unique_ptr<Pictures> source, const Fit &fit) {
  return std::make_unique<FittedPictures>(std::move(source), fit);
}
