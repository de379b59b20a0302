// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files of numbers on any bytes: what is accepted holds all that it speaks of.
#include "runtime/data/array/ArrayFile.h"
#include "test/fuzz/FuzzTarget.h"

using namespace gan::runtime;

static void readEnds(const Array &array) {
  for (uint64_t record : {uint64_t{0}, array.sizes[0] - 1})
    for (uint64_t index : {uint64_t{0}, array.perRecord() - 1})
      (void)array.at(record, index);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto bytes = std::as_bytes(std::span(data, size));
  if (Result<Array> array = parseNpy(bytes, "fuzz"); array.ok())
    readEnds(*array);
  Result<ArrayFile> files[] = {
      parseCsv(textOf(bytes), "fuzz"),
      parseCifar(FileBytes(bytes.begin(), bytes.end()), "fuzz")};
  for (const Result<ArrayFile> &file : files)
    if (file.ok())
      for (const Array &array : (*file).arrays)
        readEnds(array);
  return 0;
}
