// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What makes a .ganx trustworthy: first its bytes, then its meaning, table by
// table. Every check says what is wrong in words; none changes anything.
#ifndef GAN_RUNTIME_EXECUTABLE_VERIFY_H
#define GAN_RUNTIME_EXECUTABLE_VERIFY_H

#include "runtime/base/Checked.h"
#include "runtime/base/Status.h"
#include "runtime/format/Executable_generated.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace gan::runtime::verify {

/// Most bytes of the table, tables in it, and tables inside one another.
inline constexpr uint64_t kMaxTableBytes = uint64_t{64} << 20;
inline constexpr uint32_t kMaxTables = 1000000;
inline constexpr uint32_t kMaxDepth = 64;
/// Most nodes of an entry, arguments of a kernel, moves of an entry, scratch
/// bytes of a thread, axes of a tensor.
inline constexpr uint32_t kMaxNodes = 16384;
inline constexpr uint32_t kMaxArguments = 1024;
inline constexpr uint32_t kMaxMoves = 65536;
inline constexpr uint64_t kMaxScratchBytes = uint64_t{1} << 30;
inline constexpr uint32_t kMaxAxes = 16;
/// Most shards that samples are cut into.
inline constexpr uint32_t kMaxShards = 1024;
/// Most threads of a block on a GPU, and bytes that they share.
inline constexpr uint32_t kMaxGpuThreads = 1024;
inline constexpr uint32_t kMaxGpuShared = 227 * 1024;
/// Most bytes of parameters of a launch on a GPU, and so most addresses.
inline constexpr uint32_t kMaxGpuParameters = 4096;
inline constexpr uint32_t kMaxGpuArguments = kMaxGpuParameters / 8;
/// What bulk copies on a GPU take: axes of a tensor, elements along an axis of
/// a box, steps between them.
inline constexpr uint32_t kMaxBoxAxes = 5;
inline constexpr uint32_t kMaxBox = 256;
inline constexpr uint32_t kMaxBoxStep = 8;

/// The bytes of a whole .ganx: header, table hash, FlatBuffer, versions, and
/// segments that fill the file, with their hashes. After it every table can be
/// read, but no number in it believed.
Status verifyBytes(std::span<const std::byte> file, const std::string &name);

/// Everything else, of a file that passed `verifyBytes`.
Status verifyMeaning(const format::Executable &executable,
                     const std::string &name);

/// What the checks of one table need: the tables and the file's name.
struct Subject {
  const format::Executable &exe;
  const std::string &file;

  Status
  refuse(std::string sentence,
         std::source_location origin = std::source_location::current()) const {
    return Status(Code::Damaged, std::move(sentence), file, origin);
  }
};

/// Of `verifyBytes`: that the elements of vectors lie where numbers may.
Status verifyAlignment(const Subject &subject);

// The parts of `verifyMeaning`, in the order in which they may rely on each
// other.
Status verifyMemory(const Subject &subject);  // buffers, shards, storage
Status verifyCode(const Subject &subject);    // images, kernels, launches
Status verifyGroups(const Subject &subject);  // of kernels, on GPUs
Status verifyMaps(const Subject &subject);    // of tensors, for GPUs
Status verifyData(const Subject &subject);    // data fields
Status verifyEntries(const Subject &subject); // names, and the next four
Status verifyBindings(const Subject &subject, const format::Entry &entry);
Status verifyNodes(const Subject &subject, const format::Entry &entry);
/// Which nodes of the entry a GPU launches together; of one that passed
/// `verifyNodes`.
Status verifyGrouping(const Subject &subject, const format::Entry &entry);
/// That launches which touch the same bytes wait for each other; of an entry
/// whose indices are known to be good.
Status verifyOrder(const Subject &subject, const format::Entry &entry);
/// That storage and bindings share bytes with no other buffer.
Status verifyKept(const Subject &subject);
Status verifyPhases(const Subject &subject);
Status verifyNetworks(const Subject &subject);
/// `owner` is what the expression belongs to, for the message.
Status verifyClock(const Subject &subject,
                   const format::ClockExpression &expression,
                   const std::string &owner);

/// What every GPU that can be asked for takes; `what` is for the message.
Status verifyLaunch(const Subject &subject, const format::GpuLaunch &launch,
                    const std::string &what);

/// Bytes of a tensor, not ok where a size is negative or the product does not
/// fit or there are too many axes.
Checked tensorBytes(const flatbuffers::Vector<int64_t> &shape,
                    format::ElementType element);
/// Whether the value of an enumeration is one of the schema's.
bool isKnown(format::ElementType type);
/// Whether it is, and one of what others than kernels read and write.
bool isVisible(format::ElementType type);
bool isReal(format::ElementType type);

/// Names that have been seen: `add` says whether the name is new and not empty.
class Names {
public:
  bool add(const flatbuffers::String &name) {
    return name.size() > 0 && seen.insert(name.string_view()).second;
  }

private:
  std::set<std::string_view> seen;
};

/// "kernel 3 'conv'": what a message is about.
inline std::string nameOf(const char *kind, uint32_t index,
                          const flatbuffers::String &name) {
  return std::string(kind) + " " + std::to_string(index) + " '" + name.str() +
         "'";
}

} // namespace gan::runtime::verify

#endif // GAN_RUNTIME_EXECUTABLE_VERIFY_H
