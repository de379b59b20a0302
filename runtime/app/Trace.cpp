// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Trace.h"
#include "runtime/app/NodeView.h"
#include "runtime/base/Json.h"

#include <algorithm>
#include <set>

using namespace gan;
using namespace gan::runtime;

static Json named(const char *what, uint32_t thread, const std::string &name) {
  return {{"name", what},
          {"ph", "M"},
          {"pid", 1},
          {"tid", thread},
          {"args", {{"name", name}}}};
}

static Json barOf(const Executable &executable, const Span &span,
                  uint64_t start) {
  NodeView node = viewOfNode(executable, span.entry, span.node);
  const format::Entry &entry = *executable.tables().entries()->Get(span.entry);
  return {{"name", node.name},
          {"cat", node.hero.empty() ? "copy" : node.hero},
          {"ph", "X"},
          {"ts", 1e-3 * static_cast<double>(span.begin - start)},
          {"dur", 1e-3 * static_cast<double>(span.end - span.begin)},
          {"pid", 1},
          {"tid", span.thread},
          {"args",
           {{"entry", entry.name()->str()},
            {"line", node.location},
            {"flops", node.flops},
            {"bytes", node.bytes}}}};
}

std::string gan::runtime::traceText(const Executable &executable,
                                    const Profile &profile) {
  uint64_t start = UINT64_MAX;
  std::set<uint32_t> threads;
  for (const Span &span : profile.spans) {
    start = std::min(start, span.begin);
    threads.insert(span.thread);
  }
  Json events = Json::array();
  events.push_back(
      named("process_name", 0, executable.tables().model()->str()));
  for (uint32_t thread : threads)
    events.push_back(
        named("thread_name", thread, "thread " + std::to_string(thread)));
  for (const Span &span : profile.spans)
    events.push_back(barOf(executable, span, start));
  return printJson(
             {{"traceEvents", std::move(events)}, {"displayTimeUnit", "ms"}}) +
         "\n";
}
