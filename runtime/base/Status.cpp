// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Status.h"

#include <cerrno>
#include <cstring>

using namespace gan::runtime;

int gan::runtime::exitStatus(Code code) {
  switch (code) {
  case Code::Ok:
    return 0;
  case Code::Usage:
    return 2;
  case Code::Damaged:
  case Code::Mismatch:
    return 65;
  case Code::NotFound:
    return 66;
  case Code::Unsupported:
    return 69;
  case Code::Internal:
    return 70;
  case Code::OutOfMemory:
    return 71;
  case Code::NoSpace:
    return 73;
  case Code::Io:
    return 74;
  case Code::Lost:
    return 75;
  case Code::Interrupted:
    return 130;
  case Code::Diverged:
    return 1;
  }
  return 70;
}

std::string Status::text() const {
  if (ok())
    return "ok";
  return place.empty() ? words : place + ": " + words;
}

static Code codeOf(int error) {
  switch (error) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return Code::NoSpace;
  case ENOENT:
  case ENOTDIR:
    return Code::NotFound;
  case ENOMEM:
    return Code::OutOfMemory;
  default:
    return Code::Io;
  }
}

Status gan::runtime::systemError(int error, const std::string &doing,
                                 std::string where,
                                 std::source_location origin) {
  return Status(codeOf(error), doing + ": " + std::strerror(error),
                std::move(where), origin);
}
