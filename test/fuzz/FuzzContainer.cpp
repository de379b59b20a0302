// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Archives and databases on any bytes: what opens has clean names in order, and
// entries that are read or refused.
#include "runtime/data/container/Container.h"
#include "test/fuzz/FuzzTarget.h"

#include <algorithm>
#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

using namespace gan::runtime;

// Containers are opened by their path: a file that is in memory only.
static std::string pathWith(const uint8_t *data, size_t size) {
  static int file = memfd_create("fuzz", 0);
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
    abort();
  return "/proc/self/fd/" + std::to_string(file);
}

// Parts between '/', none empty or hidden, which ".." is too.
static bool isClean(const std::string &name) {
  std::string framed = "/" + name + "/";
  return framed.find("//") == std::string::npos &&
         framed.find("/.") == std::string::npos &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string path = pathWith(data, size);
  Result<ContainerKind> kind = containerKindOf(path);
  if (!kind.ok() || *kind == ContainerKind::None)
    return 0;
  Result<std::unique_ptr<Container>> container =
      openContainer(path, *kind, "/tmp");
  if (!container.ok())
    return 0;
  const std::vector<std::string> &names = (*container)->names();
  for (size_t i = 0; i < names.size(); ++i) {
    if (!isClean(names[i]) || (i > 0 && names[i - 1] >= names[i]))
      abort();
    if (i < 16)
      (void)(*container)->read(i, 1 << 20);
  }
  return 0;
}
