// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The image files of a container, and what their names say.
#ifndef GAN_RUNTIME_DATA_FILEPICTURES_H
#define GAN_RUNTIME_DATA_FILEPICTURES_H

#include "runtime/data/container/Container.h"
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Pictures.h"

namespace gan::runtime {

/// The ending of a name in lower case, with its dot; empty without one.
std::string endingOf(const std::string &name);

/// Which entries of a container are records, in their order: those that are
/// called .png, .jpg, .jpeg or .webp; where there is none of them, those whose
/// names have no ending (a database has keys).
std::vector<size_t> imageEntries(const Container &container);

/// One of several fields that share the pictures of a container.
struct Share {
  size_t part = 0, parts = 1; // side by side, from the left
};

/// The pictures of these entries. `container` must outlive them.
std::unique_ptr<Pictures> filePictures(const Container &container,
                                       std::vector<size_t> entries, Share share,
                                       DecodeFn decode);

/// The folder of each entry, as a number in the order of the folders' names,
/// and how many there are.
struct FolderLabels {
  std::vector<uint32_t> labels;
  std::vector<std::string> folders;
};
FolderLabels labelsOf(const Container &container,
                      const std::vector<size_t> &entries);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_FILEPICTURES_H
