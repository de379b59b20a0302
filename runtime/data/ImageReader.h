// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From pictures to the batches of an image field.
#ifndef GAN_RUNTIME_DATA_IMAGEREADER_H
#define GAN_RUNTIME_DATA_IMAGEREADER_H

#include "runtime/data/Dataset.h"
#include "runtime/data/Workers.h"
#include "runtime/data/image/Pictures.h"
#include "runtime/format/Executable_generated.h"

namespace gan::runtime {

/// Whether a field is of pictures: of colours, or of classes.
bool isOfPictures(const format::DataField &field);
bool isMap(const format::DataField &field);

/// What a field of pictures of the data `data` asks of them. `Mismatch`: it has
/// more channels than a picture can.
Result<Fit> fitOf(const std::string &data, const format::DataField &field);

/// The reader of such a field (IMAGES.md), whose pictures are fitted already.
/// `workers`, which must outlive it, may be null where a
/// picture is had for nothing.
std::unique_ptr<FieldReader> readImages(std::unique_ptr<Pictures> fitted,
                                        const Fit &fit, const std::string &data,
                                        const format::DataField &field,
                                        Workers *workers);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGEREADER_H
