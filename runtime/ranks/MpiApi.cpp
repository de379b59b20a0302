// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/ranks/MpiApi.h"

#include "runtime/base/Library.h"

#include <array>

using namespace gan::runtime;
using namespace gan::runtime::mpi;

static std::string versionOf(const Api &api) {
  std::array<char, kMaxVersionText> text = {};
  int length = 0;
  if (!api.getLibraryVersion ||
      api.getLibraryVersion(text.data(), &length) != kSuccess)
    return "an unknown one";
  std::string version(text.data());
  return version.substr(0, version.find_first_of(",\n"));
}

Result<std::unique_ptr<Api>> Api::open(const std::string &file) {
  // Its plugins look for its symbols among the global ones.
  Result<Library> library =
      Library::open(file, {.global = true, .stays = true});
  if (!library.ok())
    return Status(Code::Unsupported,
                  "this process is one of several ranks, but MPI cannot be "
                  "loaded (" +
                      library.status().sentence() + ")",
                  "mpi");
  std::unique_ptr<Api> api(new Api());
  library->bind(api->getLibraryVersion, "MPI_Get_library_version");
  library->bind(api->initThread, "MPI_Init_thread");
  library->bind(api->finalize, "MPI_Finalize");
  library->bind(api->commRank, "MPI_Comm_rank");
  library->bind(api->commSize, "MPI_Comm_size");
  library->bind(api->commSetErrhandler, "MPI_Comm_set_errhandler");
  library->bind(api->barrier, "MPI_Barrier");
  library->bind(api->bcast, "MPI_Bcast");
  library->bind(api->allgather, "MPI_Allgather");
  library->bind(api->errorString, "MPI_Error_string");
  library->bind(api->world, "ompi_mpi_comm_world");
  library->bind(api->byte, "ompi_mpi_byte");
  library->bind(api->errorsReturn, "ompi_mpi_errors_return");
  if (library->missing())
    return Status(Code::Unsupported,
                  "the MPI of this machine is " + versionOf(*api) +
                      " and has no " + library->missing() +
                      "; trainers run on Open MPI",
                  file);
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
