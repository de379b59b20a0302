// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Fault.h"

#include <atomic>
#include <cerrno>
#include <charconv>

using namespace gan::runtime;

namespace {
struct Gate {
  std::atomic<bool> armed = false;
  std::atomic<uint64_t> passed = 0;
  Fault fault;
};
} // namespace

static constinit Gate gate;

void gan::runtime::injectFault(Fault fault) {
  gate.fault = fault;
  gate.passed = 0;
  gate.armed = true;
}

void gan::runtime::clearFault() {
  gate.armed = false;
  gate.passed = 0;
}

uint64_t gan::runtime::fileOperations() { return gate.passed; }

int gan::runtime::passFaultGate(size_t *writeBytes) {
  uint64_t number = gate.passed++;
  const Fault &fault = gate.fault;
  if (!gate.armed || number < fault.at || (number > fault.at && !fault.sticky))
    // What a short write left over finds no space either.
    return gate.armed && fault.kind == FaultKind::ShortWrite && writeBytes &&
                   number == fault.at + 1
               ? ENOSPC
               : 0;
  switch (fault.kind) {
  case FaultKind::NoSpace:
    return ENOSPC;
  case FaultKind::Io:
    return EIO;
  case FaultKind::ShortWrite:
    if (!writeBytes || number > fault.at)
      return ENOSPC;
    *writeBytes /= 2;
    return 0;
  }
  return 0;
}

Result<Fault> gan::runtime::parseFault(std::string_view text) {
  Status wrong(Code::Usage,
               "'" + std::string(text) +
                   "' is not a fault such as nospace:7, io:0 or short:3+");
  Fault fault;
  size_t colon = text.find(':');
  std::string_view kind = text.substr(0, colon);
  if (colon == std::string_view::npos)
    return wrong;
  if (kind == "nospace")
    fault.kind = FaultKind::NoSpace;
  else if (kind == "io")
    fault.kind = FaultKind::Io;
  else if (kind == "short")
    fault.kind = FaultKind::ShortWrite;
  else
    return wrong;
  std::string_view number = text.substr(colon + 1);
  fault.sticky = number.ends_with('+');
  if (fault.sticky)
    number.remove_suffix(1);
  const char *end = number.data() + number.size();
  std::from_chars_result read = std::from_chars(number.data(), end, fault.at);
  if (read.ec != std::errc() || read.ptr != end)
    return wrong;
  return fault;
}
