// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the `--data` options say of each field.
#ifndef GAN_RUNTIME_DATA_SOURCEOPTIONS_H
#define GAN_RUNTIME_DATA_SOURCEOPTIONS_H

#include "runtime/base/Status.h"
#include "runtime/format/Executable_generated.h"

#include <map>
#include <span>
#include <string>

namespace gan::runtime {

using DataTables = flatbuffers::Vector<flatbuffers::Offset<format::Data>>;

/// Sources (a path, or "random") by the name of the field, "photos.x", and for
/// all fields of a data that have none of their own, by its name.
struct NamedSources {
  std::map<std::string, std::string> fields, data;
};

/// "photos.x"
std::string nameOf(const format::Data &data, const format::DataField &field);

/// Whether a source has to be named: mixtures are made, the numbers of the
/// records follow from the other fields, as do values of other records.
bool needsSource(const format::DataField &field);

/// The field that a source with room for one is meant for: the only image, or
/// else the only field that needs one.
Result<const format::DataField *> mainField(const format::Data &data);

/// Reads the options as `bindData` (Sources.h) describes them.
Result<NamedSources> assignSources(const DataTables &tables,
                                   std::span<const std::string> options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_SOURCEOPTIONS_H
