// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is compared: samples of an output with records of the data that it
// imitates.
#ifndef GAN_RUNTIME_EVALUATION_SUBJECT_H
#define GAN_RUNTIME_EVALUATION_SUBJECT_H

#include "runtime/data/Dataset.h"
#include "runtime/executable/Executable.h"

namespace gan::runtime {

/// An output of the model and the field of its data that has the same shape.
struct Subject {
  uint32_t entry = 0; // of kind Output
  uint32_t data = 0, field = 0;
  const format::DataField *table = nullptr;
  std::vector<uint64_t> shape; // of one sample
  std::string output, name;    // "samples", "photos.x"

  uint64_t perSample() const;
  bool isImage() const;
};

/// The output `name`, or, where it is empty, the first that has a field of its
/// shape. `Usage` where there is none.
Result<Subject> chooseSubject(const Executable &executable,
                              const std::string &name);

/// How a value of the model's becomes one that metrics see: an image's is
/// rounded to one of 256 levels between `low` and `high` of its field, and is
/// 0 to 1 then, as the same image in a file would be; any other is as it is.
double visibleValue(const format::DataField &field, double value);

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_SUBJECT_H
