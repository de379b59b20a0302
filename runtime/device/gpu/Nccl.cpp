// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/Nccl.h"

#include "runtime/base/Library.h"

using namespace gan::runtime;
using namespace gan::runtime::nccl;

static Result<Api> openLibrary(const std::string &file) {
  // It stays: its threads may outlive the last communicator.
  Result<Library> library = Library::open(file, {.stays = true});
  if (!library.ok())
    return Status(Code::Unsupported,
                  "several ranks train on GPUs through NCCL, which cannot be "
                  "loaded (" +
                      library.status().sentence() + ")",
                  "cuda");
  Api api = {};
  library->bind(api.getUniqueId, "ncclGetUniqueId");
  library->bind(api.commInitRank, "ncclCommInitRank");
  library->bind(api.commDestroy, "ncclCommDestroy");
  library->bind(api.allGather, "ncclAllGather");
  library->bind(api.groupStart, "ncclGroupStart");
  library->bind(api.groupEnd, "ncclGroupEnd");
  library->bind(api.getErrorString, "ncclGetErrorString");
  if (library->missing())
    return Status(Code::Unsupported,
                  "the library has no " + std::string(library->missing()) +
                      ", so it is not NCCL",
                  file);
  return api;
}

Status nccl::Ranks::check(int result, const std::string &doing) const {
  if (result == kSuccess)
    return {};
  return Status(Code::Lost,
                "NCCL failed in " + doing + ": " + api.getErrorString(result),
                "cuda");
}

Result<std::unique_ptr<nccl::Ranks>>
nccl::Ranks::join(Communicator &ranks, const std::string &library) {
  Result<Api> api = openLibrary(library);
  if (!api.ok())
    return api.status();
  std::unique_ptr<Ranks> joined(new Ranks(*api));
  UniqueId id = {};
  Status status;
  if (ranks.rank() == 0)
    status = joined->check(joined->api.getUniqueId(&id), "inviting ranks");
  if (status.ok())
    status = ranks.broadcast(std::as_writable_bytes(std::span(&id, 1)));
  if (status.ok())
    status = joined->check(
        joined->api.commInitRank(&joined->comm, static_cast<int>(ranks.size()),
                                 id, static_cast<int>(ranks.rank())),
        "connecting GPUs");
  if (!status.ok())
    return status;
  return joined;
}

nccl::Ranks::~Ranks() {
  if (comm)
    api.commDestroy(comm);
}

static void *pointerOf(GpuAddress address) {
  return reinterpret_cast<void *>(address);
}

Status nccl::Ranks::queue(const GpuNode &node, cuda::CuStream stream) const {
  size_t tensors = node.arguments.size() / 2;
  Status status = check(api.groupStart(), "gathering");
  for (size_t i = 0; status.ok() && i < tensors; ++i)
    status = check(api.allGather(pointerOf(node.arguments[i].address),
                                 pointerOf(node.arguments[tensors + i].address),
                                 node.arguments[i].bytes, kBytes, comm, stream),
                   "gathering");
  Status ended = check(api.groupEnd(), "gathering");
  return status.ok() ? ended : status;
}
