// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Structural similarity of images at several scales (Wang et al. 2003), as a
// measure of how much samples are alike (Odena et al. 2017).
#ifndef GAN_RUNTIME_METRICS_SIMILARITY_H
#define GAN_RUNTIME_METRICS_SIMILARITY_H

#include "runtime/metrics/Matrix.h"

namespace gan::runtime {

struct ImageShape {
  size_t channels = 1;
  size_t height = 0;
  size_t width = 0;
};

/// The least side of images that have five scales.
inline constexpr size_t kLeastSide = 16;

/// MS-SSIM of two images with values of 0 to 255, channel after channel, as
/// the authors of Progressive GANs compute it: five scales, each half of the
/// one before (an odd row or column is left out); a Gauss window of 11 pixels
/// and deviation 1.5, both smaller in proportion where the image is smaller;
/// means of scales below 0 count as 0.
double multiScaleSimilarity(std::span<const double> a,
                            std::span<const double> b, ImageShape shape);

/// Its mean over pairs: image i of the first half of the rows with image i of
/// the second half.
double meanSimilarity(const Matrix &images, ImageShape shape, unsigned threads);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_SIMILARITY_H
