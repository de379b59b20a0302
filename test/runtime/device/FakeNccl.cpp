// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A library as NCCL, for processes on one machine whose GPUs are those of
// FakeCuda.cpp: what a rank gives lies in a file that the others wait for. Only
// what stands in a group and is queued into a stream that records becomes part
// of a graph, as with NCCL.
#include "runtime/device/gpu/Nccl.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <sys/random.h>

using namespace gan::runtime;
using cuda::CuDevicePtr;
using cuda::CuResult;
using cuda::CuStream;

extern "C" {
CuResult cuLaunchHostFunc(CuStream stream, void (*work)(void *), void *data);
CuResult fakeCudaRead(CuDevicePtr from, void *into, size_t bytes);
CuResult fakeCudaWrite(CuDevicePtr to, const void *from, size_t bytes);
}

namespace {
constexpr int kInvalidUsage = 5;

struct FakeComm {
  std::string folder;
  int rank, ranks;
  size_t exchanges = 0;
};
struct Gather {
  FakeComm *comm;
  CuDevicePtr from, into;
  size_t bytes;
};
int groups = 0; // open
} // namespace

static std::string fileOf(const FakeComm &comm, size_t exchange, int rank) {
  return comm.folder + "/" + std::to_string(exchange) + "." +
         std::to_string(rank);
}

static std::vector<char> awaitFile(const std::string &path) {
  while (!std::filesystem::exists(path))
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Of the exchange before the last all have been read, as every rank has given
// the last one.
static void gather(void *data) {
  auto &self = *static_cast<Gather *>(data);
  FakeComm &comm = *self.comm;
  size_t number = comm.exchanges++;
  std::vector<char> bytes(self.bytes);
  fakeCudaRead(self.from, bytes.data(), bytes.size());
  std::string own = fileOf(comm, number, comm.rank);
  std::ofstream(own + "~", std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  std::filesystem::rename(own + "~", own);
  for (int rank = 0; rank < comm.ranks; ++rank) {
    bytes = awaitFile(fileOf(comm, number, rank));
    fakeCudaWrite(self.into + rank * self.bytes, bytes.data(), bytes.size());
  }
  if (number >= 2)
    std::filesystem::remove(fileOf(comm, number - 2, comm.rank));
}

extern "C" {

int ncclGetUniqueId(nccl::UniqueId *id) {
  unsigned long long number = 0;
  if (getrandom(&number, sizeof(number), 0) < 0)
    return kInvalidUsage;
  std::snprintf(id->bytes, sizeof(id->bytes), "%s/gan-nccl-%016llx",
                std::filesystem::temp_directory_path().c_str(), number);
  std::filesystem::create_directory(id->bytes);
  return nccl::kSuccess;
}

int ncclCommInitRank(nccl::Comm *comm, int ranks, nccl::UniqueId id, int rank) {
  *comm = reinterpret_cast<nccl::Comm>(new FakeComm{id.bytes, rank, ranks});
  return std::filesystem::exists(id.bytes) ? nccl::kSuccess : kInvalidUsage;
}

// The last of them sweeps up.
int ncclCommDestroy(nccl::Comm comm) {
  auto *ours = reinterpret_cast<FakeComm *>(comm);
  std::ofstream(ours->folder + "/bye." + std::to_string(ours->rank));
  int gone = 0;
  std::error_code ignored;
  for (int rank = 0; rank < ours->ranks; ++rank)
    gone +=
        std::filesystem::exists(ours->folder + "/bye." + std::to_string(rank));
  if (gone == ours->ranks)
    std::filesystem::remove_all(ours->folder, ignored);
  delete ours;
  return nccl::kSuccess;
}

int ncclGroupStart() {
  ++groups;
  return nccl::kSuccess;
}

int ncclGroupEnd() { return --groups < 0 ? kInvalidUsage : nccl::kSuccess; }

int ncclAllGather(const void *from, void *into, size_t count, int type,
                  nccl::Comm comm, CuStream stream) {
  auto *work = new Gather{reinterpret_cast<FakeComm *>(comm),
                          reinterpret_cast<CuDevicePtr>(from),
                          reinterpret_cast<CuDevicePtr>(into), count};
  bool isGood = groups == 1 && type == nccl::kBytes &&
                cuLaunchHostFunc(stream, gather, work) == cuda::kSuccess;
  return isGood ? nccl::kSuccess : kInvalidUsage;
}

const char *ncclGetErrorString(int) { return "invalid usage"; }
}
