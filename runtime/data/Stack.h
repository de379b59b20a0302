// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Images that are several pictures: `image(..., stack: 3, count: 128_000)`.
#ifndef GAN_RUNTIME_DATA_STACK_H
#define GAN_RUNTIME_DATA_STACK_H

#include "runtime/data/Dataset.h"
#include "runtime/format/Executable_generated.h"

#include <string>

namespace gan::runtime {

/// How many pictures are the channels of an image of the field.
uint64_t stackOf(const format::DataField &field);

/// The reader of such a field, by ORDER.md; `pictures` reads images of the
/// channels of one picture.
std::unique_ptr<FieldReader>
stackPictures(std::unique_ptr<FieldReader> pictures, const std::string &data,
              const format::DataField &field);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_STACK_H
