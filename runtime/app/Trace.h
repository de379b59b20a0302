// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The last steps of a run, as a picture of time.
#ifndef GAN_RUNTIME_APP_TRACE_H
#define GAN_RUNTIME_APP_TRACE_H

#include "runtime/device/Device.h"

namespace gan::runtime {

/// The profile's spans in the JSON of Chrome's trace events, which
/// ui.perfetto.dev and chrome://tracing open: a row per thread, a bar per piece
/// of a kernel, with entry, line of the model, operations and bytes of the
/// whole kernel. Microseconds, from the first bar on.
std::string traceText(const Executable &executable, const Profile &profile);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_TRACE_H
