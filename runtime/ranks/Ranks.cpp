// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/ranks/Ranks.h"

#include "runtime/ranks/MpiCommunicator.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

using namespace gan::runtime;

// The interface that Open MPI 2 to 5 share; a name without it may be any MPI.
static constexpr const char *kLibrary = "libmpi.so.40";

// The first of these variables that is a number.
static uint32_t numberOf(std::initializer_list<const char *> names,
                         uint32_t otherwise) {
  for (const char *name : names) {
    const char *text = std::getenv(name);
    uint32_t number = 0;
    if (text && std::from_chars(text, text + std::strlen(text), number).ec ==
                    std::errc())
      return number;
  }
  return otherwise;
}

uint32_t gan::runtime::startedRanks() {
  return std::max(
      1u, numberOf({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"},
                   1));
}

uint32_t gan::runtime::rankOnMachine() {
  return numberOf(
      {"OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "SLURM_LOCALID"}, 0);
}

Result<std::unique_ptr<Ranks>> Ranks::join(Watch::OnLoss onLoss) {
  std::unique_ptr<Ranks> joined(new Ranks());
  uint32_t started = startedRanks();
  if (started == 1)
    return joined;
  const char *library = std::getenv("GAN_MPI_LIBRARY");
  Result<std::unique_ptr<MpiCommunicator>> mpi =
      MpiCommunicator::join(library ? library : kLibrary);
  if (!mpi.ok())
    return mpi.status();
  joined->mpi = mpi.take();
  if (joined->mpi->size() != started)
    return Status(Code::Unsupported,
                  std::to_string(started) +
                      " processes were started, but MPI knows of " +
                      std::to_string(joined->mpi->size()) +
                      "; with srun, --mpi=pmix makes them known to each other",
                  "mpi");
  Result<std::unique_ptr<Watch>> watch =
      Watch::start(*joined->mpi, std::move(onLoss));
  if (!watch.ok())
    return watch.status();
  joined->watch = watch.take();
  return joined;
}

Ranks::~Ranks() = default;

Communicator *Ranks::communicator() const { return mpi.get(); }

// The watch goes on while this rank waits for the others.
Status Ranks::leave() {
  if (!mpi)
    return {};
  Status status = mpi->finish();
  watch->leave();
  return status;
}

void Ranks::fail(const Status &reason) {
  if (watch)
    watch->fail(reason);
}
