// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where pictures come from.
#ifndef GAN_RUNTIME_DATA_IMAGE_PICTURES_H
#define GAN_RUNTIME_DATA_IMAGE_PICTURES_H

#include "runtime/base/Status.h"
#include "runtime/data/image/Picture.h"
#include "runtime/data/image/Resize.h"

#include <memory>
#include <string>

namespace gan::runtime {

/// Pictures by their number. Safe to read from several threads.
class Pictures {
public:
  virtual ~Pictures() = default;
  virtual uint64_t count() const = 0;
  /// "photos.zip: roses/1.jpg"
  virtual std::string nameOf(uint64_t record) const = 0;
  /// A failure names the picture.
  virtual Result<Picture> load(uint64_t record) const = 0;
};

/// The pictures of `source`, of one channel, whose values are classes: one with
/// a value that is not below `classes` is `Damaged`.
std::unique_ptr<Pictures> checkClasses(std::unique_ptr<Pictures> source,
                                       uint64_t classes);

/// What the model makes of pictures before it cuts `width` x `height` pixels
/// out of them.
struct Fit {
  int64_t channels, height, width;
  /// The shorter side; 0: as large as just covers what is cut out.
  int64_t resize = 0;
  Filter filter = Filter::Bilinear;
  /// Cut anywhere, else in the middle, of which alone is then made.
  bool cutsAnywhere = false;
};

/// A picture `kMostAspect` times as long as wide is not fitted to be cut
/// anywhere: it would have too many places.
inline constexpr int64_t kMostAspect = 32;

/// The pictures of `source`, each with the channels that are wanted and the
/// size: `width` x `height`, or, where it is cut anywhere, with the shorter
/// side as `resize` says.
std::unique_ptr<Pictures> fitPictures(std::unique_ptr<Pictures> source,
                                      const Fit &fit);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGE_PICTURES_H
