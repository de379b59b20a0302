// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Entries: their names, and launches that refer to what there is.
#include "runtime/executable/Verify.h"

#include "runtime/executable/Shards.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

namespace {
// One node, under a name for messages.
struct NodeCheck {
  const Subject &subject;
  const format::Node &node;
  std::string what;

  const format::Buffer &buffer(uint32_t argument) const {
    return *subject.exe.buffers()->Get(node.arguments()->Get(argument));
  }
  Status checkBuffers() const;
  Status checkLaunch() const;
  Status checkAliases(const format::Kernel &kernel) const;
  Status checkCopy() const;
  Status checkCollective() const;
  Status checkShards() const;
};
} // namespace

static bool overlap(const format::Buffer &a, uint64_t aBytes,
                    const format::Buffer &b, uint64_t bBytes) {
  return a.offset() < b.offset() + bBytes && b.offset() < a.offset() + aBytes;
}

Status NodeCheck::checkBuffers() const {
  for (uint32_t buffer : *node.arguments())
    if (buffer >= subject.exe.buffers()->size())
      return subject.refuse(what + " names buffer " + std::to_string(buffer) +
                            " of " +
                            std::to_string(subject.exe.buffers()->size()));
  return {};
}

Status NodeCheck::checkLaunch() const {
  if (node.kernel() >= subject.exe.kernels()->size())
    return subject.refuse(what + " launches kernel " +
                          std::to_string(node.kernel()) + " of " +
                          std::to_string(subject.exe.kernels()->size()));
  const format::Kernel &kernel = *subject.exe.kernels()->Get(node.kernel());
  if (node.arguments()->size() != kernel.argument_bytes()->size())
    return subject.refuse(what + " gives " +
                          std::to_string(node.arguments()->size()) +
                          " arguments to a kernel that takes " +
                          std::to_string(kernel.argument_bytes()->size()));
  for (uint32_t i = 0; i < node.arguments()->size(); ++i)
    if (kernel.argument_bytes()->Get(i) > buffer(i).bytes())
      return subject.refuse(
          what + " gives a buffer of " + std::to_string(buffer(i).bytes()) +
          " bytes as argument " + std::to_string(i) + ", the kernel needs " +
          std::to_string(kernel.argument_bytes()->Get(i)));
  return checkAliases(kernel);
}

// What is written lies apart from everything else of the launch, or exactly
// where an argument is that is read: tiles read at an index before they write
// there.
Status NodeCheck::checkAliases(const format::Kernel &kernel) const {
  for (uint32_t i = 0; i < node.arguments()->size(); ++i)
    for (uint32_t j = 0; j < node.arguments()->size(); ++j) {
      if (i == j || !kernel.written()->Get(i) ||
          !overlap(buffer(i), kernel.argument_bytes()->Get(i), buffer(j),
                   kernel.argument_bytes()->Get(j)))
        continue;
      if (kernel.written()->Get(j) || buffer(i).offset() != buffer(j).offset())
        return subject.refuse(what + " writes argument " + std::to_string(i) +
                              " over a part of argument " + std::to_string(j));
    }
  return {};
}

Status NodeCheck::checkCopy() const {
  if (node.arguments()->size() != 2)
    return subject.refuse(what + " is a copy with " +
                          std::to_string(node.arguments()->size()) +
                          " buffers");
  const format::Buffer &from = buffer(0), &to = buffer(1);
  if (from.bytes() != to.bytes() || overlap(from, from.bytes(), to, to.bytes()))
    return subject.refuse(what + " copies " + std::to_string(from.bytes()) +
                          " bytes into " + std::to_string(to.bytes()) +
                          ", or onto themselves");
  return {};
}

// A tensor of every shard becomes as many of them, one behind another.
Status NodeCheck::checkCollective() const {
  uint32_t tensors = node.arguments()->size() / 2;
  if (tensors == 0 || node.arguments()->size() % 2 != 0)
    return subject.refuse(what + " is a collective with " +
                          std::to_string(node.arguments()->size()) +
                          " buffers");
  for (uint32_t i = 0; i < tensors; ++i) {
    const format::Buffer &from = buffer(i), &to = buffer(tensors + i);
    if (!isOfShard(subject.exe, from) || isOfShard(subject.exe, to) ||
        to.bytes() / shardsOf(subject.exe) != from.bytes() ||
        to.bytes() % shardsOf(subject.exe) != 0)
      return subject.refuse(what + " gathers " + std::to_string(from.bytes()) +
                            " bytes of each of " +
                            std::to_string(shardsOf(subject.exe)) +
                            " shards into " + std::to_string(to.bytes()) +
                            ", or these are not what shards share");
  }
  return {};
}

// What runs once for each shard writes nothing that shards share.
Status NodeCheck::checkShards() const {
  if (!runsPerShard(subject.exe, node))
    return {};
  for (uint32_t i = 0; i < node.arguments()->size(); ++i)
    if (writesArgument(subject.exe, node, i) &&
        !isOfShard(subject.exe, buffer(i)))
      return subject.refuse(what + " runs for each shard and writes argument " +
                            std::to_string(i) + ", which shards share");
  return {};
}

Status gan::runtime::verify::verifyNodes(const Subject &subject,
                                         const format::Entry &entry) {
  std::string owner = "entry '" + entry.name()->str() + "' node ";
  if (entry.nodes()->size() > kMaxNodes)
    return subject.refuse("entry '" + entry.name()->str() + "' has " +
                          std::to_string(entry.nodes()->size()) +
                          " nodes, at most " + std::to_string(kMaxNodes) +
                          " are possible");
  for (uint32_t i = 0; i < entry.nodes()->size(); ++i) {
    const format::Node &node = *entry.nodes()->Get(i);
    NodeCheck check{subject, node, owner + std::to_string(i)};
    if (node.dependencies())
      for (uint32_t earlier : *node.dependencies())
        if (earlier >= i)
          return subject.refuse(check.what + " waits for node " +
                                std::to_string(earlier) +
                                ", which is not before it");
    if (Status good = check.checkBuffers(); !good.ok())
      return good;
    Status good =
        node.kind() == format::NodeKind::Launch ? check.checkLaunch()
        : node.kind() == format::NodeKind::Copy ? check.checkCopy()
        : node.kind() == format::NodeKind::Collective
            ? check.checkCollective()
            : subject.refuse(check.what + " is neither a launch nor a copy "
                                          "nor a collective");
    if (good.ok())
      good = check.checkShards();
    if (!good.ok())
      return good;
  }
  return {};
}

Status gan::runtime::verify::verifyEntries(const Subject &subject) {
  Names names;
  bool hasInit = false;
  for (uint32_t i = 0; i < subject.exe.entries()->size(); ++i) {
    const format::Entry &entry = *subject.exe.entries()->Get(i);
    std::string what = nameOf("entry", i, *entry.name());
    if (!names.add(*entry.name()))
      return subject.refuse(what + " has no name of its own");
    bool isInit = entry.kind() == format::EntryKind::Init;
    if (entry.kind() > format::EntryKind::MAX || (isInit && hasInit))
      return subject.refuse(what + " is of an unknown kind, or a second init");
    hasInit |= isInit;
    if (entry.moves() > kMaxMoves)
      return subject.refuse(what + " makes " + std::to_string(entry.moves()) +
                            " moves, at most " + std::to_string(kMaxMoves) +
                            " are possible");
    for (Status (*part)(const Subject &, const format::Entry &) :
         {verifyBindings, verifyNodes, verifyGrouping, verifyOrder})
      if (Status good = part(subject, entry); !good.ok())
        return good;
  }
  return {};
}
