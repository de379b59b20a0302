// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The kinds of containers, each in a file of its own.
#ifndef GAN_RUNTIME_DATA_CONTAINER_OPENERS_H
#define GAN_RUNTIME_DATA_CONTAINER_OPENERS_H

#include "runtime/data/container/Container.h"

namespace gan::runtime {

/// All regular files below a folder, at most `kMostDepth` folders deep.
Result<std::unique_ptr<Container>> openFolder(const std::string &path);
inline constexpr int kMostDepth = 32;

/// A zip of stored and deflated entries, also of more than 4 GiB. Read by its
/// central directory; checksums are verified.
Result<std::unique_ptr<Container>> openZip(const std::string &path);

/// A tar of any kind that libarchive reads.
Result<std::unique_ptr<Container>> openTar(const std::string &path);
/// The same, packed by gzip, xz, zstd or bzip2.
Result<std::unique_ptr<Container>> openPackedTar(const std::string &path,
                                                 const std::string &scratch);
/// Whether a file, unpacked, begins as a tar does.
bool isPackedTar(const InputFile &file);

/// The main database of an LMDB file: keys are names (those that are no text as
/// hexadecimal digits).
Result<std::unique_ptr<Container>> openLmdb(const std::string &path,
                                            const std::string &file);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_CONTAINER_OPENERS_H
