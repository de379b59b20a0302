// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The files of `import "std"`, embedded into the compiler at build time.
#ifndef GAN_MODELS_STANDARDLIBRARY_H
#define GAN_MODELS_STANDARDLIBRARY_H

#include <span>
#include <string_view>

namespace gan {

struct LibraryFile {
  std::string_view name; // "std/layers.gan"
  std::string_view text;
};

std::span<const LibraryFile> getStandardLibrary();

} // namespace gan

#endif // GAN_MODELS_STANDARDLIBRARY_H
