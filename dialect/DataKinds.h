// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the kinds of fields of a data have in common.
#ifndef GAN_DIALECT_DATAKINDS_H
#define GAN_DIALECT_DATAKINDS_H

#include "llvm/ADT/StringRef.h"

namespace gan {

/// Whether records of this kind of field are whole numbers, else reals.
bool isOfIntegers(llvm::StringRef kind);

} // namespace gan

#endif // GAN_DIALECT_DATAKINDS_H
