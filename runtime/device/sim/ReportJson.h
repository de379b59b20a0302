// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A report for programs to read.
#ifndef GAN_RUNTIME_DEVICE_SIM_REPORTJSON_H
#define GAN_RUNTIME_DEVICE_SIM_REPORTJSON_H

#include "runtime/device/sim/Launch.h"

#include "runtime/base/Json.h"

namespace gan::sim {

/// {"findings": [...], "counters": {"total", "classes", "lines"}}
runtime::Json reportJson(const Program &program, const Report &report);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_REPORTJSON_H
