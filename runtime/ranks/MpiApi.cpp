// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/ranks/MpiApi.h"

#include <dlfcn.h>

#include <array>

using namespace gan::runtime;
using namespace gan::runtime::mpi;

namespace {
// Looks symbols up, and keeps the name of the first that is missing.
class Binder {
public:
  explicit Binder(void *library) : library(library) {}
  template <typename F> void bind(F &function, const char *symbol) {
    function = reinterpret_cast<F>(dlsym(library, symbol));
    if (!function && !missing)
      missing = symbol;
  }
  const char *missing = nullptr;

private:
  void *library;
};
} // namespace

static std::string versionOf(const Api &api) {
  std::array<char, kMaxVersionText> text = {};
  int length = 0;
  if (!api.getLibraryVersion ||
      api.getLibraryVersion(text.data(), &length) != kSuccess)
    return "an unknown one";
  std::string version(text.data());
  return version.substr(0, version.find_first_of(",\n"));
}

Result<std::unique_ptr<Api>> Api::open(const std::string &library) {
  // Its plugins look for its symbols among the global ones.
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (!handle) {
    const char *why = dlerror();
    return Status(Code::Unsupported,
                  "this process is one of several ranks, but MPI cannot be "
                  "loaded (" +
                      std::string(why ? why : library) + ")",
                  "mpi");
  }
  std::unique_ptr<Api> api(new Api());
  Binder binder(handle);
  binder.bind(api->getLibraryVersion, "MPI_Get_library_version");
  binder.bind(api->initThread, "MPI_Init_thread");
  binder.bind(api->finalize, "MPI_Finalize");
  binder.bind(api->commRank, "MPI_Comm_rank");
  binder.bind(api->commSize, "MPI_Comm_size");
  binder.bind(api->commSetErrhandler, "MPI_Comm_set_errhandler");
  binder.bind(api->barrier, "MPI_Barrier");
  binder.bind(api->bcast, "MPI_Bcast");
  binder.bind(api->allgather, "MPI_Allgather");
  binder.bind(api->errorString, "MPI_Error_string");
  binder.bind(api->world, "ompi_mpi_comm_world");
  binder.bind(api->byte, "ompi_mpi_byte");
  binder.bind(api->errorsReturn, "ompi_mpi_errors_return");
  if (binder.missing)
    return Status(Code::Unsupported,
                  "the MPI of this machine is " + versionOf(*api) +
                      " and has no " + binder.missing +
                      "; trainers run on Open MPI",
                  library);
  return api;
}

Status Api::check(int result, const std::string &doing) const {
  if (result == kSuccess)
    return {};
  std::array<char, kMaxErrorText + 1> text = {};
  int length = 0;
  if (errorString(result, text.data(), &length) != kSuccess)
    text[0] = 0;
  return Status(Code::Lost, doing + " failed: " + text.data(), "mpi");
}
