// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Data and entries of a model, packed as the runtime reads them.
#ifndef GAN_TEST_RUNTIME_DATA_TABLES_H
#define GAN_TEST_RUNTIME_DATA_TABLES_H

#include "runtime/format/Executable_generated.h"

#include <string>
#include <vector>

namespace gan::test {

/// One field; what its kind needs is set by the test.
format::DataFieldT makeField(const std::string &name, const std::string &kind,
                             std::vector<int64_t> shape);

/// An image field with values of [-1, 1].
format::DataFieldT makeImage(const std::string &name,
                             std::vector<int64_t> shape);

/// A packed executable that holds nothing but what the test puts in.
class Tables {
public:
  /// To be filled before `data` or `entry` is called.
  format::ExecutableT content;

  void addData(const std::string &name,
               const std::vector<format::DataFieldT> &fields);
  /// An entry that reads a batch of `name` for each (name, batch, move).
  struct Input {
    std::string name;
    int64_t batch;
    uint32_t move;
  };
  void addEntry(const std::vector<Input> &inputs);

  const flatbuffers::Vector<flatbuffers::Offset<format::Data>> &data();
  const format::DataField &field(unsigned data, unsigned field);
  const format::Entry &entry(unsigned index);

private:
  const format::Executable &packed();
  flatbuffers::FlatBufferBuilder builder;
};

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_DATA_TABLES_H
