// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Faults for tests: the n-th operation on files fails as a bad disk would make
// it fail.
#ifndef GAN_RUNTIME_BASE_FAULT_H
#define GAN_RUNTIME_BASE_FAULT_H

#include "runtime/base/Status.h"

#include <cstdint>
#include <string_view>

namespace gan::runtime {

enum class FaultKind : uint8_t { NoSpace, Io, ShortWrite };

/// Operation number `at` (from 0, counted over the process from the call of
/// `injectFault`) fails; with `sticky` every later one too. `ShortWrite`: half
/// of the bytes are written, and there is no space for the rest.
struct Fault {
  FaultKind kind = FaultKind::NoSpace;
  uint64_t at = 0;
  bool sticky = false;
};

/// Not to be called while another thread uses files.
void injectFault(Fault fault);
void clearFault();
/// How many operations there were since `injectFault` or `clearFault`: a test
/// that fails each of them in turn knows where to stop.
uint64_t fileOperations();

/// "nospace:7", "io:0", "short:3", with "+" behind for a sticky one: the form
/// in which a test of a whole program passes it (variable GAN_FAULT, read by
/// main).
Result<Fault> parseFault(std::string_view text);

/// Of File.cpp: counts one operation. Returns 0, or the errno with which it has
/// to fail. `writeBytes`, where there is one, is cut for a short write.
int passFaultGate(size_t *writeBytes = nullptr);

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_FAULT_H
