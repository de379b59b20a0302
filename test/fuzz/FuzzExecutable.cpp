// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The loader on any bytes: the hashes of schema and table are put right first,
// so that it is the meaning that is tried. Of what is loaded a GPU then chooses
// its code, and it is played as a schedule.
#include "runtime/device/gpu/ChooseCode.h"
#include "runtime/game/Schedule.h"
#include "test/fuzz/FuzzTarget.h"
#include "test/runtime/executable/TestExecutable.h"

using namespace gan;
using namespace gan::runtime;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto *begin = reinterpret_cast<const std::byte *>(data);
  std::vector<std::byte> file(begin, begin + size);
  test::repairSchemaHash(file);
  test::repairTableHash(file);
  Result<Executable> executable = Executable::loadBytes(file, "fuzz.ganx");
  if (!executable.ok())
    return 0;
  const format::Executable &tables = executable->tables();
  for (uint32_t i = 0; i < tables.segments()->size(); ++i)
    (void)executable->segment(i).size();
  (void)chooseCode(*executable, {.description = "a GPU",
                                 .architecture = 90,
                                 .takesCubins = true,
                                 .sharedBytes = 48 * 1024});
  Schedule schedule(tables, /*epochRecords=*/100, /*steps=*/20);
  for (int turns = 0; turns < 200; ++turns)
    if (schedule.next().kind == Turn::Kind::End)
      break;
  return 0;
}
