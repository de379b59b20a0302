// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/EvaluationOptions.h"

#include <algorithm>

using namespace gan::runtime;

Result<EvaluationOptions>
gan::runtime::readEvaluationOptions(const Arguments &arguments, uint64_t sets) {
  EvaluationOptions options{.metrics = arguments.text("metric", ""),
                            .features = arguments.text("features", ""),
                            .featureWeights =
                                arguments.text("feature-weights", ""),
                            .output = arguments.text("output", ""),
                            .sets = sets,
                            .keepFolder = arguments.text("keep-features", "")};
  uint64_t threads = 0;
  struct Number {
    const char *name;
    uint64_t least;
    uint64_t *value;
  };
  for (const Number &number :
       {Number{"count", 1, &options.count}, Number{"sets", 1, &options.sets},
        Number{"seed", 0, &options.seed}, Number{"threads", 1, &threads}}) {
    Result<uint64_t> value =
        arguments.number(number.name, *number.value, number.least);
    if (!value.ok())
      return value.status();
    *number.value = *value;
  }
  options.threads =
      static_cast<unsigned>(std::min<uint64_t>(threads, UINT32_MAX));
  return options;
}
