// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pictures that need not be decoded again.
#ifndef GAN_RUNTIME_DATA_PICTURECACHE_H
#define GAN_RUNTIME_DATA_PICTURECACHE_H

#include "runtime/data/image/Pictures.h"

#include <string>

namespace gan::runtime {

/// The pictures of `fitted`, kept in a file of the folder as they are made, for
/// this run and later ones, and read from there. `identity` has to differ where
/// the pictures do: it names the file. What is kept carries its hash: half a
/// slot, or one of a broken disk, is made again. Where the file cannot be
/// written, a warning says so, and nothing is kept.
std::unique_ptr<Pictures> cachePictures(std::unique_ptr<Pictures> fitted,
                                        const Fit &fit, uint64_t identity,
                                        const std::string &folder);

/// A number that differs where what is asked of pictures does.
uint64_t identityOf(uint64_t source, const Fit &fit);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_PICTURECACHE_H
