// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Library.h"

#include <dlfcn.h>

using namespace gan::runtime;

Result<Library> Library::open(const std::string &file, LibraryOptions options) {
  void *handle = dlopen(file.c_str(),
                        RTLD_NOW | (options.global ? RTLD_GLOBAL : RTLD_LOCAL) |
                            (options.stays ? RTLD_NODELETE : 0));
  if (handle)
    return Library(handle);
  const char *why = dlerror();
  return Status(Code::Unsupported, why ? why : file, file);
}

Library::~Library() {
  if (handle)
    dlclose(handle);
}

void *Library::find(const char *symbol) {
  void *found = dlsym(handle, symbol);
  if (!found && !firstMissing)
    firstMissing = symbol;
  return found;
}
