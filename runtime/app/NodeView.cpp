// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/NodeView.h"

#include <charconv>

using namespace gan;
using namespace gan::runtime;

// The name of the group that begins at `node`.
static std::string groupAt(const format::Executable &tables, uint32_t entry,
                           uint32_t node) {
  for (const format::GroupedNodes *grouped :
       *tables.entries()->Get(entry)->groups())
    if (grouped->first() == node)
      return tables.gpu_groups()->Get(grouped->group())->name()->str();
  return "";
}

NodeView gan::runtime::viewOfNode(const Executable &executable, uint32_t entry,
                                  uint32_t node, uint32_t nodes) {
  const format::Executable &tables = executable.tables();
  const format::Node &table = *tables.entries()->Get(entry)->nodes()->Get(node);
  NodeView view;
  if (table.location())
    view.location = table.location()->str();
  if (table.kind() != format::NodeKind::Launch) {
    uint32_t into = table.arguments()->Get(1);
    view.bytes = 2.0 * tables.buffers()->Get(into)->bytes();
    return view;
  }
  const format::Kernel &kernel = *tables.kernels()->Get(table.kernel());
  view.name = kernel.name()->str();
  if (kernel.hero())
    view.hero = kernel.hero()->str();
  view.flops = kernel.flops();
  view.bytes = kernel.bytes();
  if (nodes == 1)
    return view;
  for (uint32_t i = 1; i < nodes; ++i) {
    NodeView member = viewOfNode(executable, entry, node + i);
    view.flops += member.flops;
    view.bytes += member.bytes;
  }
  view.name = groupAt(tables, entry, node);
  view.hero = "group";
  return view;
}

uint32_t gan::runtime::lineOfModel(const Executable &executable,
                                   std::string_view location) {
  std::string_view file = executable.tables().source_name()->string_view();
  file.remove_prefix(file.rfind('/') + 1); // npos + 1 is 0
  std::string wanted = std::string(file) + ":";
  for (size_t at = 0; (at = location.find(wanted, at)) != location.npos;
       at += wanted.size()) {
    if (at != 0 && location[at - 1] != ' ')
      continue;
    const char *first = location.data() + at + wanted.size();
    uint32_t line = 0;
    std::from_chars(first, location.data() + location.size(), line);
    return line;
  }
  return 0;
}

std::string gan::runtime::textOfLine(const Executable &executable,
                                     uint32_t line) {
  std::string_view text = executable.tables().source()->string_view();
  for (; line > 1; --line) {
    size_t end = text.find('\n');
    if (end == text.npos)
      return "";
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  size_t first = text.find_first_not_of(" \t");
  if (first == text.npos)
    return "";
  return std::string(
      text.substr(first, text.find_last_not_of(" \t\r") + 1 - first));
}
