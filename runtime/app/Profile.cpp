// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Profile.h"

#include <algorithm>
#include <cstdio>
#include <map>

using namespace gan;
using namespace gan::runtime;

static constexpr size_t kMostRows = 40;

namespace {
// All nodes of one kernel.
struct KernelTime {
  std::string name, hero, location;
  uint64_t calls = 0, nanoseconds = 0, flops = 0, bytes = 0; // summed
};
} // namespace

static std::vector<KernelTime> sumByKernel(const Executable &executable,
                                           std::span<const NodeTime> times) {
  std::map<std::string, KernelTime> kernels;
  for (const NodeTime &time : times) {
    const format::Node &node = *executable.tables()
                                    .entries()
                                    ->Get(time.entry)
                                    ->nodes()
                                    ->Get(time.node);
    bool isLaunch = node.kind() == format::NodeKind::Launch;
    const format::Kernel *kernel =
        isLaunch ? executable.tables().kernels()->Get(node.kernel()) : nullptr;
    KernelTime &sum = kernels[kernel ? kernel->name()->str() : "copy"];
    if (sum.calls == 0 && node.location())
      sum.location = node.location()->str();
    sum.calls += time.calls;
    sum.nanoseconds += time.nanoseconds;
    if (!kernel)
      continue;
    sum.hero = kernel->hero() ? kernel->hero()->str() : "";
    sum.flops += time.calls * kernel->flops();
    sum.bytes += time.calls * kernel->bytes();
  }
  std::vector<KernelTime> rows;
  for (auto &[name, sum] : kernels) {
    sum.name = name;
    rows.push_back(sum);
  }
  std::sort(rows.begin(), rows.end(),
            [](const KernelTime &a, const KernelTime &b) {
              return a.nanoseconds > b.nanoseconds;
            });
  return rows;
}

std::string gan::runtime::profileText(const Executable &executable,
                                      std::span<const NodeTime> times) {
  std::vector<KernelTime> rows = sumByKernel(executable, times);
  double total = 0;
  for (const KernelTime &row : rows)
    total += static_cast<double>(row.nanoseconds);
  std::string text = "  share    ms/call   calls  GFLOP/s    GB/s  kernel\n";
  for (size_t i = 0; i < std::min(rows.size(), kMostRows); ++i) {
    const KernelTime &row = rows[i];
    double nanoseconds = std::max(1.0, static_cast<double>(row.nanoseconds));
    char line[128];
    std::snprintf(line, sizeof(line), "%6.2f%% %10.4f %7llu %8.1f %7.1f  ",
                  100 * nanoseconds / total,
                  1e-6 * nanoseconds / static_cast<double>(row.calls),
                  static_cast<unsigned long long>(row.calls),
                  static_cast<double>(row.flops) / nanoseconds,
                  static_cast<double>(row.bytes) / nanoseconds);
    text += line + row.name + " (" + row.hero + ") " + row.location + "\n";
  }
  char line[64];
  std::snprintf(line, sizeof(line), "%zu kernels, %.3f s of work\n",
                rows.size(), 1e-9 * total);
  return text + line;
}
