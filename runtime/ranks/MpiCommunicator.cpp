// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/ranks/MpiCommunicator.h"

#include <algorithm>
#include <cstring>

using namespace gan::runtime;

// MPI counts in int, and what is packed costs memory: so many bytes of a rank
// go in one call.
static constexpr uint64_t kWindow = uint64_t{16} << 20;

Result<std::unique_ptr<MpiCommunicator>>
MpiCommunicator::join(const std::string &library) {
  Result<std::unique_ptr<mpi::Api>> opened = mpi::Api::open(library);
  if (!opened.ok())
    return opened.status();
  std::unique_ptr<MpiCommunicator> made(new MpiCommunicator(opened.take()));
  const mpi::Api &api = *made->api;
  int provided = 0, rank = 0, size = 1;
  Status status = api.check(
      api.initThread(nullptr, nullptr, mpi::kThreadFunneled, &provided),
      "starting MPI");
  if (status.ok())
    status = api.check(api.commSetErrhandler(api.world, api.errorsReturn),
                       "asking for errors");
  if (status.ok())
    status = api.check(api.commRank(api.world, &rank), "asking for the rank");
  if (status.ok())
    status = api.check(api.commSize(api.world, &size), "counting ranks");
  if (!status.ok())
    return status;
  made->ownRank = rank;
  made->ranks = size;
  return made;
}

Status MpiCommunicator::gatherWindow(uint64_t bytes) {
  return api->check(api->allgather(api->inPlace(), 0, api->byte, window.data(),
                                   static_cast<int>(bytes), api->byte,
                                   api->world),
                    "gathering");
}

namespace {
// A stretch of the parts of a tensor that goes through one window.
struct Piece {
  std::span<std::byte> tensor;
  uint64_t first, bytes; // of each part
};
} // namespace

// The parts of all tensors behind one another, cut into windows: small tensors
// travel together, large ones in several calls.
Status
MpiCommunicator::allGather(std::span<const std::span<std::byte>> tensors) {
  std::vector<Piece> pieces;
  uint64_t filled = 0;
  auto exchange = [&] {
    window.resize(std::max(window.size(), filled * ranks));
    auto copyAll = [&](uint32_t rank, bool isPacking) {
      std::byte *at = window.data() + rank * filled;
      for (const Piece &piece : pieces) {
        std::byte *part = piece.tensor.data() +
                          rank * (piece.tensor.size() / ranks) + piece.first;
        std::memcpy(isPacking ? at : part, isPacking ? part : at, piece.bytes);
        at += piece.bytes;
      }
    };
    copyAll(ownRank, /*isPacking=*/true);
    Status status = gatherWindow(filled);
    for (uint32_t rank = 0; status.ok() && rank < ranks; ++rank)
      if (rank != ownRank)
        copyAll(rank, /*isPacking=*/false);
    pieces.clear();
    filled = 0;
    return status;
  };
  for (std::span<std::byte> tensor : tensors) {
    uint64_t part = tensor.size() / ranks;
    for (uint64_t first = 0; first < part;) {
      uint64_t bytes = std::min(part - first, kWindow - filled);
      pieces.push_back({tensor, first, bytes});
      first += bytes;
      filled += bytes;
      if (filled < kWindow)
        continue;
      if (Status status = exchange(); !status.ok())
        return status;
    }
  }
  return pieces.empty() ? Status() : exchange();
}

Status MpiCommunicator::broadcast(std::span<std::byte> bytes) {
  for (size_t first = 0; first < bytes.size(); first += kWindow) {
    std::span<std::byte> piece =
        bytes.subspan(first, std::min<size_t>(bytes.size() - first, kWindow));
    Status status =
        api->check(api->bcast(piece.data(), static_cast<int>(piece.size()),
                              api->byte, 0, api->world),
                   "sending to all");
    if (!status.ok())
      return status;
  }
  return {};
}

Status MpiCommunicator::finish() {
  Status status = api->check(api->barrier(api->world), "waiting for all");
  return status.ok() ? api->check(api->finalize(), "ending MPI") : status;
}
