// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Samples as files that people and programs can look at.
#ifndef GAN_RUNTIME_REPORT_SAMPLES_H
#define GAN_RUNTIME_REPORT_SAMPLES_H

#include "runtime/base/File.h"
#include "runtime/format/Executable_generated.h"

#include <string>
#include <vector>

namespace gan::runtime {

/// Numbers in a sample of this shape.
uint64_t numbersIn(const std::vector<uint64_t> &shape);

/// Values of one output, samples one after another, as they were computed.
struct Samples {
  std::vector<uint64_t> shape; // of one sample
  format::ElementType element = format::ElementType::F32;
  FileBytes bytes;

  uint64_t perSample() const { return numbersIn(shape); }
  size_t size() const; // numbers in all
  double value(size_t index) const;
};

/// How an output is to be seen, as the model's data tell it.
struct SampleView {
  double low = -1, high = 1; // image: what is black and what is white
  std::vector<double> marks; // points: centres to compare them with
  int64_t columns = 0;       // images in a row of a grid; 0: as many as rows
};

/// The view of samples of this shape: of the first field of the model's data
/// that has it.
SampleView
viewOf(const flatbuffers::Vector<flatbuffers::Offset<format::Data>> &data,
       const std::vector<uint64_t> &shape);

/// Whether a sample is an image: 1 or 3 channels x height x width.
bool isImage(const std::vector<uint64_t> &shape);
/// Whether a sample is a point of the plane.
bool isPoint(const std::vector<uint64_t> &shape);

/// A line of names, "x0,x1", then one line a sample, digits enough to give back
/// the very values.
std::string csvText(const Samples &samples);

/// Writes images to `base`.png, anything else to `base`.csv, points of the
/// plane also to `base`.png. Returns the first path.
Result<std::string> writeSamples(const std::string &base,
                                 const Samples &samples,
                                 const SampleView &view);

/// How long each image of an animation stands.
inline constexpr int kMillisecondsOfImage = 80;

/// Whether a path is for images one after another: `.webp` and `.gif`.
bool isAnimation(const std::string &path);

/// `Usage` for a path that is not for samples of this shape: a `.csv`, `.npy`
/// or `.npz` takes any, a `.png` images and points of the plane, an animation
/// and a folder, `faces/`, images.
Status checkSamplesPath(const std::string &path,
                        const std::vector<uint64_t> &shape);

/// Writes to a path of the user's choice, which has been checked, or is now:
/// in a `.npz` as the array "samples", in a folder each as 000000.png.
Status writeSamplesTo(const std::string &path, const Samples &samples,
                      const SampleView &view);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_SAMPLES_H
