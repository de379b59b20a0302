// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches that touch the same bytes wait for each other.
#include "runtime/executable/Shards.h"
#include "runtime/executable/Verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

namespace {
// Node j waits, directly or through others, for node i.
class Ancestors {
public:
  explicit Ancestors(const format::Entry &entry)
      : words((entry.nodes()->size() + 63) / 64),
        bits(words * entry.nodes()->size()) {
    for (uint32_t j = 0; j < entry.nodes()->size(); ++j)
      if (const auto *direct = entry.nodes()->Get(j)->dependencies())
        for (uint32_t i : *direct) {
          for (size_t w = 0; w < words; ++w)
            bits[j * words + w] |= bits[i * words + w];
          bits[j * words + i / 64] |= uint64_t{1} << (i % 64);
        }
  }
  bool isBefore(uint32_t i, uint32_t j) const {
    return i == j || bits[j * words + i / 64] >> (i % 64) & 1;
  }

private:
  size_t words;
  std::vector<uint64_t> bits;
};

// What has happened to a stretch of the arena so far.
struct Stretch {
  std::optional<uint32_t> writer;
  std::vector<uint32_t> readers; // since then
};

// The arena cut at the ends of all accesses so far. An access looks at the
// stretches it covers only: what was overwritten is waited for through what
// overwrote it.
class Arena {
public:
  explicit Arena(uint64_t bytes) : stretches{{0, {}}, {bytes, {}}} {}

  // Returns a node that `node` must wait for and does not.
  std::optional<uint32_t> access(const format::Buffer &buffer, uint32_t node,
                                 bool writes, const Ancestors &ancestors) {
    auto end = cut(buffer.offset() + buffer.bytes());
    for (auto at = cut(buffer.offset()); at != end; ++at) {
      Stretch &stretch = at->second;
      if (stretch.writer && !ancestors.isBefore(*stretch.writer, node))
        return stretch.writer;
      if (!writes) {
        if (stretch.readers.empty() || stretch.readers.back() != node)
          stretch.readers.push_back(node);
        continue;
      }
      for (uint32_t reader : stretch.readers)
        if (!ancestors.isBefore(reader, node))
          return reader;
      stretch = {node, {}};
    }
    return std::nullopt;
  }

private:
  std::map<uint64_t, Stretch>::iterator cut(uint64_t offset) {
    auto next = stretches.lower_bound(offset);
    if (next->first == offset)
      return next;
    return stretches.emplace_hint(next, offset, std::prev(next)->second);
  }
  std::map<uint64_t, Stretch> stretches; // by their first byte
};
} // namespace

Status gan::runtime::verify::verifyOrder(const Subject &subject,
                                         const format::Entry &entry) {
  Ancestors ancestors(entry);
  Arena arena(subject.exe.arena_bytes());
  std::optional<uint32_t> exchange; // the last
  for (uint32_t j = 0; j < entry.nodes()->size(); ++j) {
    const format::Node &node = *entry.nodes()->Get(j);
    bool isExchange = node.kind() == format::NodeKind::Collective;
    if (isExchange && exchange && !ancestors.isBefore(*exchange, j))
      return subject.refuse(
          "entry '" + entry.name()->str() + "' node " + std::to_string(j) +
          " may exchange before or after node " + std::to_string(*exchange));
    if (isExchange)
      exchange = j;
    for (bool writing : {false, true})
      for (uint32_t k = 0; k < node.arguments()->size(); ++k) {
        if (writesArgument(subject.exe, node, k) != writing)
          continue;
        const format::Buffer &buffer =
            *subject.exe.buffers()->Get(node.arguments()->Get(k));
        std::optional<uint32_t> missing =
            arena.access(buffer, j, writing, ancestors);
        if (missing)
          return subject.refuse("entry '" + entry.name()->str() + "' node " +
                                std::to_string(j) + " does not wait for node " +
                                std::to_string(*missing) +
                                ", which touches the same bytes");
      }
  }
  return {};
}
