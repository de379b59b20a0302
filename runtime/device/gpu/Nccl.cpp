// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/Nccl.h"

#include <dlfcn.h>

using namespace gan::runtime;
using namespace gan::runtime::nccl;

namespace {
// Looks functions up, and keeps the name of the first that is missing.
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

// The library stays: its threads may outlive the last communicator.
static Result<Api> openLibrary(const std::string &library) {
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *why = dlerror();
    return Status(Code::Unsupported,
                  "several ranks train on GPUs through NCCL, which cannot be "
                  "loaded (" +
                      std::string(why ? why : library) + ")",
                  "cuda");
  }
  Api api = {};
  Binder binder(handle);
  binder.bind(api.getUniqueId, "ncclGetUniqueId");
  binder.bind(api.commInitRank, "ncclCommInitRank");
  binder.bind(api.commDestroy, "ncclCommDestroy");
  binder.bind(api.allGather, "ncclAllGather");
  binder.bind(api.groupStart, "ncclGroupStart");
  binder.bind(api.groupEnd, "ncclGroupEnd");
  binder.bind(api.getErrorString, "ncclGetErrorString");
  if (binder.missing)
    return Status(Code::Unsupported,
                  "the library has no " + std::string(binder.missing) +
                      ", so it is not NCCL",
                  library);
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
