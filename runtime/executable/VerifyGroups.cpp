// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Groups of kernels that a GPU launches together, and the nodes that are such.
#include "runtime/executable/Shards.h"
#include "runtime/executable/Verify.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

namespace {
// What the members of a group need together.
struct Need {
  uint64_t blocks = 0, arguments = 0;
  uint64_t lastBlocks = 0; // of the member before
  uint32_t shared = 0;
};
} // namespace

// Adds member `i`; its threads must be as many as those of `group`.
static Status addMember(const Subject &subject, const format::GpuGroup &group,
                        uint32_t i, const std::string &what, Need &need) {
  uint32_t member = group.kernels()->Get(i);
  if (member >= subject.exe.kernels()->size())
    return subject.refuse(what + " has kernel " + std::to_string(member) +
                          " of " +
                          std::to_string(subject.exe.kernels()->size()));
  const format::Kernel &kernel = *subject.exe.kernels()->Get(member);
  if (!kernel.gpu() || kernel.gpu()->threads() != group.launch()->threads())
    return subject.refuse(
        what + " has blocks of " + std::to_string(group.launch()->threads()) +
        " threads, its kernel '" + kernel.name()->str() + "' " +
        (kernel.gpu() ? "of " + std::to_string(kernel.gpu()->threads())
                      : "no form for GPUs"));
  bool follows = group.follows()->Get(i);
  if (follows && kernel.gpu()->blocks() != need.lastBlocks)
    return subject.refuse(what + " has kernel '" + kernel.name()->str() +
                          "' of " + std::to_string(kernel.gpu()->blocks()) +
                          " blocks follow one of " +
                          std::to_string(need.lastBlocks));
  need.lastBlocks = kernel.gpu()->blocks();
  need.blocks += follows ? 0 : need.lastBlocks;
  need.arguments += kernel.argument_bytes()->size();
  need.shared = std::max(need.shared, kernel.gpu()->shared_bytes());
  return {};
}

static Status verifyGroup(const Subject &subject, const format::GpuGroup &group,
                          const std::string &what) {
  if (group.kernels()->size() < 2 || group.kernels()->size() > kMaxNodes)
    return subject.refuse(
        what + " has " + std::to_string(group.kernels()->size()) +
        " kernels, 2 to " + std::to_string(kMaxNodes) + " are possible");
  if (Status good = verifyLaunch(subject, *group.launch(), what); !good.ok())
    return good;
  Need need;
  if (group.follows()->size() != group.kernels()->size())
    return subject.refuse(
        what + " has " + std::to_string(group.kernels()->size()) +
        " kernels and " + std::to_string(group.follows()->size()) +
        " marks of following");
  for (uint32_t i = 0; i < group.kernels()->size(); ++i)
    if (Status good = addMember(subject, group, i, what, need); !good.ok())
      return good;
  if (need.blocks != group.launch()->blocks() ||
      need.shared != group.launch()->shared_bytes())
    return subject.refuse(
        what + " has " + std::to_string(group.launch()->blocks()) +
        " blocks with " + std::to_string(group.launch()->shared_bytes()) +
        " shared bytes, its kernels need " + std::to_string(need.blocks) +
        " with " + std::to_string(need.shared));
  if (need.arguments > kMaxGpuArguments)
    return subject.refuse(what + " takes " + std::to_string(need.arguments) +
                          " arguments, at most " +
                          std::to_string(kMaxGpuArguments) + " are possible");
  return {};
}

Status gan::runtime::verify::verifyGroups(const Subject &subject) {
  if (!subject.exe.gpu_groups())
    return {};
  Names names; // by which a GPU finds its code
  for (const format::Kernel *kernel : *subject.exe.kernels())
    (void)names.add(*kernel->name());
  for (uint32_t i = 0; i < subject.exe.gpu_groups()->size(); ++i) {
    const format::GpuGroup &group = *subject.exe.gpu_groups()->Get(i);
    std::string what = nameOf("group", i, *group.name());
    if (!names.add(*group.name()))
      return subject.refuse(what + " has no name of its own");
    if (Status good = verifyGroup(subject, group, what); !good.ok())
      return good;
  }
  return {};
}

// The nodes from `first` on are launches of the group's kernels, and none waits
// for another that it does not follow: what would be between two of them is one
// of them, too.
static Status verifyMembers(const Subject &subject, const format::Entry &entry,
                            uint32_t first, const format::GpuGroup &group,
                            const std::string &what) {
  uint32_t followed = first; // where the chain of the node begins
  for (uint32_t i = 0; i < group.kernels()->size(); ++i) {
    if (!group.follows()->Get(i))
      followed = first + i;
    const format::Node &node = *entry.nodes()->Get(first + i);
    if (node.kind() != format::NodeKind::Launch ||
        node.kernel() != group.kernels()->Get(i))
      return subject.refuse(what + " has node " + std::to_string(first + i) +
                            ", which is no launch of kernel " +
                            std::to_string(group.kernels()->Get(i)));
    if (runsPerShard(subject.exe, node) !=
        runsPerShard(subject.exe, *entry.nodes()->Get(first)))
      return subject.refuse(what + " has node " + std::to_string(first + i) +
                            ", which runs for each shard, or its first does, "
                            "and not both");
    if (node.dependencies())
      for (uint32_t earlier : *node.dependencies())
        if (earlier >= first && earlier < followed)
          return subject.refuse(
              what + " has node " + std::to_string(first + i) +
              ", which waits for node " + std::to_string(earlier) +
              " of it and does not follow it");
  }
  return {};
}

Status gan::runtime::verify::verifyGrouping(const Subject &subject,
                                            const format::Entry &entry) {
  if (!entry.groups())
    return {};
  uint64_t end = 0; // of the groups so far
  for (const format::GroupedNodes *grouped : *entry.groups()) {
    std::string what = "entry '" + entry.name()->str() + "' group at node " +
                       std::to_string(grouped->first());
    if (!subject.exe.gpu_groups() ||
        grouped->group() >= subject.exe.gpu_groups()->size())
      return subject.refuse(what + " is group " +
                            std::to_string(grouped->group()) +
                            ", which there is not");
    const format::GpuGroup &group =
        *subject.exe.gpu_groups()->Get(grouped->group());
    uint64_t last = uint64_t{grouped->first()} + group.kernels()->size();
    if (grouped->first() < end || last > entry.nodes()->size())
      return subject.refuse(what + " ends at node " + std::to_string(last) +
                            " of " + std::to_string(entry.nodes()->size()) +
                            ", or begins before the end of another");
    if (Status good =
            verifyMembers(subject, entry, grouped->first(), group, what);
        !good.ok())
      return good;
    end = last;
  }
  return {};
}
