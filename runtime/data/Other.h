// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Values of another record than the one that is due: `other(x, differs: y)`.
#ifndef GAN_RUNTIME_DATA_OTHER_H
#define GAN_RUNTIME_DATA_OTHER_H

#include "runtime/data/Dataset.h"

#include <string>

namespace gan::runtime {

/// The values that `of` has of another record, any of those in which `differs`,
/// a field of 32-bit integers with records, has another value (ORDER.md).
/// `of` must outlive the reader. `Mismatch` where all records have one value.
/// `name` is that of the field, "birds.wrong".
Result<std::unique_ptr<FieldReader>> readOther(const FieldReader &of,
                                               const FieldReader &differs,
                                               const std::string &name);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_OTHER_H
