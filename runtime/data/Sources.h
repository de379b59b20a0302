// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From the `--data` options of the user to the data of the model.
#ifndef GAN_RUNTIME_DATA_SOURCES_H
#define GAN_RUNTIME_DATA_SOURCES_H

#include "runtime/data/Dataset.h"
#include "runtime/data/SourceOptions.h"

namespace gan::runtime {

/// Opens what every data of the model is read from. Each option is
///
///     SOURCE               the only data that needs files
///     NAME=SOURCE          the data NAME
///     NAME.FIELD=SOURCE    one field of it
///
/// where SOURCE is the path of a file, or `random`. A file named for a data is
/// that of its only image, or else of its only field that needs one; `random`
/// is for all of its fields that need files and have none of their own.
///
/// `Usage` for a name that the model does not have, two sources for one thing,
/// a data without one, a source for what is always made; `Mismatch` for fields
/// of one data that have different numbers of records; else as `openIdx`.
Result<std::vector<Dataset>> bindData(const DataTables &data,
                                      std::span<const std::string> options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_SOURCES_H
