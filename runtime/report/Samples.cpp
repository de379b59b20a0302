// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Samples.h"
#include "runtime/data/Elements.h"
#include "runtime/executable/Executable.h"
#include "runtime/report/Animation.h"
#include "runtime/report/Gif.h"
#include "runtime/report/ImageGrid.h"
#include "runtime/report/Numpy.h"
#include "runtime/report/Png.h"
#include "runtime/report/Scatter.h"

#include <algorithm>
#include <charconv>

using namespace gan;
using namespace gan::runtime;

bool gan::runtime::isImage(const std::vector<uint64_t> &shape) {
  return shape.size() == 3 && (shape[0] == 1 || shape[0] == 3);
}

bool gan::runtime::isPoint(const std::vector<uint64_t> &shape) {
  return shape.size() == 1 && shape[0] == 2;
}

SampleView gan::runtime::viewOf(
    const flatbuffers::Vector<flatbuffers::Offset<format::Data>> &data,
    const std::vector<uint64_t> &shape) {
  for (const format::Data *each : data)
    for (const format::DataField *field : *each->fields()) {
      if (!std::equal(shape.begin(), shape.end(), field->shape()->begin(),
                      field->shape()->end()))
        continue;
      SampleView view;
      if (field->kind()->string_view() == "image") {
        view.low = field->low();
        view.high = field->high();
      }
      if (field->centres())
        view.marks.assign(field->centres()->begin(), field->centres()->end());
      return view;
    }
  return {};
}

uint64_t gan::runtime::numbersIn(const std::vector<uint64_t> &shape) {
  uint64_t count = 1;
  for (uint64_t extent : shape)
    count *= extent;
  return count;
}

size_t Samples::size() const { return bytes.size() / elementBytes(element); }

double Samples::value(size_t index) const {
  return loadElement(element, bytes, index);
}

// The shortest digits that give back the value in its own type.
static void appendValue(std::string &text, double value, bool isSingle) {
  char digits[32];
  std::to_chars_result end =
      isSingle ? std::to_chars(digits, digits + sizeof(digits),
                               static_cast<float>(value))
               : std::to_chars(digits, digits + sizeof(digits), value);
  text.append(digits, end.ptr);
}

std::string gan::runtime::csvText(const Samples &samples) {
  uint64_t columns = samples.perSample();
  std::string text;
  for (uint64_t column = 0; column < columns; ++column)
    text += (column ? ",x" : "x") + std::to_string(column);
  for (size_t i = 0; i < samples.size(); ++i) {
    text += i % columns ? ',' : '\n';
    appendValue(text, samples.value(i),
                samples.element == format::ElementType::F32);
  }
  return text + "\n";
}

static SampleShape gridOf(const Samples &samples, const SampleView &view) {
  const std::vector<uint64_t> &shape = samples.shape;
  return {.count = static_cast<int64_t>(samples.size() / samples.perSample()),
          .channels = static_cast<int64_t>(shape[0]),
          .height = static_cast<int64_t>(shape[1]),
          .width = static_cast<int64_t>(shape[2]),
          .low = view.low,
          .high = view.high,
          .columns = view.columns};
}

static Status writePicture(const std::string &path, const Samples &samples,
                           const SampleView &view) {
  if (isPoint(samples.shape)) {
    std::vector<double> points;
    for (size_t i = 0; i < samples.size(); ++i)
      points.push_back(samples.value(i));
    return writePng(path, plotPoints(points, view.marks));
  }
  return writePng(path, tileImages(gridOf(samples, view),
                                   [&](size_t i) { return samples.value(i); }));
}

static Status writeAnimation(const std::string &path, const Samples &samples,
                             const SampleView &view) {
  SampleShape shape = gridOf(samples, view);
  std::vector<Picture> frames;
  for (int64_t image = 0; image < shape.count; ++image)
    frames.push_back(
        imageOf(shape, image, [&](size_t i) { return samples.value(i); }));
  return path.ends_with(".gif")
             ? writeAnimatedGif(path, frames, kMillisecondsOfImage)
             : writeAnimatedWebp(path, frames, kMillisecondsOfImage);
}

static Status writeEach(const std::string &folder, const Samples &samples,
                        const SampleView &view) {
  SampleShape shape = gridOf(samples, view);
  Status status = makeFolders(folder);
  for (int64_t image = 0; image < shape.count && status.ok(); ++image) {
    char name[32];
    std::snprintf(name, sizeof(name), "%06lld.png",
                  static_cast<long long>(image));
    status = writePng(folder + name, imageOf(shape, image, [&](size_t i) {
                        return samples.value(i);
                      }));
  }
  return status;
}

static NumpyArray arrayOf(const Samples &samples) {
  std::vector<uint64_t> sizes = samples.shape;
  sizes.insert(sizes.begin(), samples.size() / samples.perSample());
  return {.sizes = sizes, .element = samples.element, .bytes = samples.bytes};
}

static Status writeCsv(const std::string &path, const Samples &samples) {
  return writeFile(path, bytesOf(csvText(samples)));
}

Result<std::string> gan::runtime::writeSamples(const std::string &base,
                                               const Samples &samples,
                                               const SampleView &view) {
  bool hasPicture = isImage(samples.shape) || isPoint(samples.shape);
  std::string path = base + (isImage(samples.shape) ? ".png" : ".csv");
  Status status = isImage(samples.shape) ? Status() : writeCsv(path, samples);
  if (status.ok() && hasPicture)
    status = writePicture(base + ".png", samples, view);
  if (!status.ok())
    return status;
  return path;
}

bool gan::runtime::isAnimation(const std::string &path) {
  return path.ends_with(".webp") || path.ends_with(".gif");
}

Status gan::runtime::checkSamplesPath(const std::string &path,
                                      const std::vector<uint64_t> &shape) {
  if (path.ends_with(".csv") || path.ends_with(".npy") ||
      path.ends_with(".npz"))
    return Status();
  bool isFolder = path.ends_with('/');
  if (!isAnimation(path) && !isFolder && !path.ends_with(".png"))
    return Status(Code::Usage,
                  "expected a name that ends in .png, .csv, .npy, .npz, .webp, "
                  ".gif or, of a folder, /",
                  path);
  if ((isAnimation(path) || isFolder) && !isImage(shape))
    return Status(Code::Usage,
                  isFolder ? "only images are written each by itself"
                           : "only images make an animation",
                  path);
  if (!isImage(shape) && !isPoint(shape))
    return Status(Code::Usage,
                  "samples of " + std::to_string(shape.size()) + " axes and " +
                      std::to_string(numbersIn(shape)) +
                      " elements make no picture: name a .csv file",
                  path);
  return Status();
}

Status gan::runtime::writeSamplesTo(const std::string &path,
                                    const Samples &samples,
                                    const SampleView &view) {
  if (Status status = checkSamplesPath(path, samples.shape); !status.ok())
    return status;
  if (isAnimation(path))
    return writeAnimation(path, samples, view);
  if (path.ends_with(".npy"))
    return writeNpy(path, arrayOf(samples));
  if (path.ends_with(".npz"))
    return writeNpz(path, "samples", arrayOf(samples));
  if (path.ends_with('/'))
    return writeEach(path, samples, view);
  return path.ends_with(".csv") ? writeCsv(path, samples)
                                : writePicture(path, samples, view);
}
