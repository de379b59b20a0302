// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Lines of characters on any bytes: what is accepted are classes of the model,
// and behind the end of a line nothing but zeros.
#include "runtime/data/Source.h"
#include "test/fuzz/FuzzTarget.h"
#include "test/runtime/data/Tables.h"

#include <cstdlib>
#include <vector>

using namespace gan;
using namespace gan::runtime;

// Those of ASCII, and all.
static constexpr int32_t kClasses[] = {128, 0x110000};
static constexpr int64_t kLength = 5;

static test::Tables makeTables() {
  test::Tables tables;
  for (int32_t classes : kClasses) {
    format::DataFieldT line = test::makeField("t", "sequence", {kLength});
    line.classes = classes;
    tables.addData("of" + std::to_string(classes), {line});
  }
  return tables;
}

static void require(bool holds) {
  if (!holds)
    std::abort();
}

static void readAll(const FieldReader &reader, int32_t classes) {
  for (uint64_t record = 0; record < reader.records(); ++record) {
    std::vector<int32_t> line(kLength, -1);
    std::vector<uint64_t> records = {record};
    require(
        reader.read({0, 0, records}, std::as_writable_bytes(std::span(line)))
            .ok());
    for (int64_t i = 0; i < kLength; ++i) {
      require(line[i] >= 0 && line[i] < classes);
      require(i == 0 ? line[i] > 0 : line[i - 1] > 0 || line[i] == 0);
    }
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static test::Tables tables = makeTables();
  auto bytes = std::as_bytes(std::span(data, size));
  Result<std::unique_ptr<Source>> source =
      textSource("fuzz", FileBytes(bytes.begin(), bytes.end()));
  for (unsigned i = 0; source.ok() && i < std::size(kClasses); ++i) {
    FieldRequest request{*tables.data()[i], tables.field(i, 0),
                         /*isShared=*/false};
    Result<std::unique_ptr<FieldReader>> reader = (*source)->read(request);
    if (reader.ok())
      readAll(**reader, kClasses[i]);
  }
  return 0;
}
