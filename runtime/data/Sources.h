// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From the `--data` options of the user to the data of the model.
#ifndef GAN_RUNTIME_DATA_SOURCES_H
#define GAN_RUNTIME_DATA_SOURCES_H

#include "runtime/data/Dataset.h"
#include "runtime/data/SourceOptions.h"

namespace gan::runtime {

/// What the user says of data.
struct DataOptions {
  std::vector<std::string> sources = {};
  OnBadData onBad = OnBadData::Stop;
  size_t threads = 0; // that decode; 0: one for each core, at most 16
  /// The folder for what has to be unpacked.
  std::string scratch = "/tmp";
  /// The folder for decoded pictures; empty: none are kept.
  std::string keep = {};
};

/// Opens what every data of the model is read from. Each source is
///
///     SOURCE               the only data that needs files
///     NAME=SOURCE          the data NAME
///     NAME.FIELD=SOURCE    one field of it
///
/// where SOURCE is a path, or `random`. A file with room for one field
/// (IDX, .npy), named for a data, is that of its only image, or else of its
/// only field that needs one; all else is for all of its fields that need a
/// source and have none of their own.
///
/// Image fields with folders or archives of their own are pairs by name: all
/// have the same names but for the endings.
///
/// `Usage` for a name that the model does not have, two sources for one thing,
/// a data without one, a source for what is always made; `Mismatch` for fields
/// of one data that have different numbers or names of records; else as
/// `openSource`.
Result<std::vector<Dataset>> bindData(const DataTables &data,
                                      const DataOptions &options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_SOURCES_H
