// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is said where MPI is missing, or another than the one that we know. What
// it does is shown by test/models/ranks.py.
#include "runtime/ranks/MpiApi.h"
#include "runtime/ranks/Ranks.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace gan::runtime;

static void expectRefusal(const Status &status, const std::string &sentence) {
  EXPECT_EQ(status.code(), Code::Unsupported);
  EXPECT_NE(status.text().find(sentence), std::string::npos) << status.text();
}

TEST(Mpi, MissingOrUnknown) {
  expectRefusal(
      mpi::Api::open("libgan-no-mpi.so").status(),
      "this process is one of several ranks, but MPI cannot be loaded "
      "(libgan-no-mpi.so");
  expectRefusal(
      mpi::Api::open("libm.so.6").status(),
      "libm.so.6: the MPI of this machine is an unknown one and has no "
      "MPI_Get_library_version; trainers run on Open MPI");
}

TEST(Ranks, TheEnvironmentTellsHowMany) {
  for (const char *name :
       {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"})
    unsetenv(name);
  EXPECT_EQ(startedRanks(), 1u);
  setenv("SLURM_STEP_NUM_TASKS", "3", 1);
  EXPECT_EQ(startedRanks(), 3u);
  setenv("GAN_MPI_LIBRARY", "libgan-no-mpi.so", 1);
  EXPECT_FALSE(Ranks::join({}).ok());
  setenv("SLURM_STEP_NUM_TASKS", "1", 1);
  Result<std::unique_ptr<Ranks>> alone = Ranks::join({});
  ASSERT_TRUE(alone.ok());
  EXPECT_EQ((*alone)->communicator(), nullptr);
  EXPECT_TRUE((*alone)->leave().ok());
}
