// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What we use of MPI, declared by ourselves and loaded at run time, so that a
// trainer is built without it and runs where it is missing. MPI fixes no binary
// interface: these declarations are those of Open MPI 2 to 5, whose handles are
// addresses of variables in its library. Others (MPICH, Intel MPI) have numbers
// for handles and are refused.
#ifndef GAN_RUNTIME_RANKS_MPIAPI_H
#define GAN_RUNTIME_RANKS_MPIAPI_H

#include "runtime/base/Status.h"

#include <memory>

namespace gan::runtime::mpi {

using Handle = void *; // of a communicator, a type, an error handler
inline constexpr int kSuccess = 0;
inline constexpr int kThreadFunneled = 1; // the thread of `initThread` alone
inline constexpr int kMaxErrorText = 256;
inline constexpr int kMaxVersionText = 8192; // MPICH's; Open MPI needs less

class Api {
public:
  /// Loads the library of that name. `Unsupported` where there is none or it is
  /// not Open MPI.
  static Result<std::unique_ptr<Api>> open(const std::string &file);

  /// The failure of the function that returned `result`.
  Status check(int result, const std::string &doing) const;

  int (*initThread)(int *argc, char ***argv, int required, int *provided);
  int (*finalize)();
  int (*commRank)(Handle comm, int *rank);
  int (*commSize)(Handle comm, int *size);
  int (*commSetErrhandler)(Handle comm, Handle handler);
  int (*barrier)(Handle comm);
  int (*bcast)(void *bytes, int count, Handle type, int root, Handle comm);
  int (*allgather)(const void *from, int count, Handle type, void *into,
                   int countEach, Handle typeInto, Handle comm);
  int (*errorString)(int error, char *text, int *length);
  int (*getLibraryVersion)(char *text, int *length);

  Handle world = nullptr;        // MPI_COMM_WORLD
  Handle byte = nullptr;         // MPI_BYTE
  Handle errorsReturn = nullptr; // MPI_ERRORS_RETURN
  void *inPlace() const { return reinterpret_cast<void *>(1); } // MPI_IN_PLACE

private:
  Api() = default;
};

} // namespace gan::runtime::mpi

#endif // GAN_RUNTIME_RANKS_MPIAPI_H
