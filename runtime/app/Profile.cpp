// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Profile.h"
#include "runtime/app/NodeView.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <tuple>

using namespace gan;
using namespace gan::runtime;

static constexpr size_t kMostRows = 40;
// Lines that cause less of all work than this are left out.
static constexpr double kLeastShare = 0.001;

namespace {
// What is summed: the calls of a kernel, or of a line.
struct Work {
  std::string hero, location; // of a kernel
  double calls = 0, nanoseconds = 0, instructions = 0, flops = 0, bytes = 0;
  double leastNanoseconds = 0; // by the roofline

  void add(const NodeTime &time, const NodeView &node, const Peak &peak) {
    calls += time.calls;
    nanoseconds += time.nanoseconds;
    instructions += time.instructions;
    flops += time.calls * node.flops;
    bytes += time.calls * node.bytes;
    if (peak.flopsPerSecond > 0 && peak.bytesPerSecond > 0)
      leastNanoseconds += 1e9 * time.calls *
                          std::max(node.flops / peak.flopsPerSecond,
                                   node.bytes / peak.bytesPerSecond);
  }
  double time() const { return std::max(nanoseconds, 1.0); }
};

class Report {
public:
  Report(const Executable &executable, const Profile &profile, unsigned threads,
         uint64_t passes);
  std::string text();
  Json rows() const;

private:
  [[gnu::format(printf, 2, 3)]] void print(const char *format, ...);
  void printThreads();
  std::vector<std::pair<std::string, Work>> sortedKernels() const;
  void printKernels();
  void printLines();

  const Executable &executable;
  const Profile &profile;
  Peak peak; // for the reals of the model
  unsigned threads;
  double passes;
  std::map<std::string, Work> kernels;
  std::map<uint32_t, Work> lines;
  double total = 1; // nanoseconds of work
  uint64_t instructions = 0;
  std::string result;
};
} // namespace

Report::Report(const Executable &executable, const Profile &profile,
               unsigned threads, uint64_t passes)
    : executable(executable), profile(profile), peak(profile.peak),
      threads(threads), passes(std::max<double>(passes, 1)) {
  if (executable.tables().reals() == format::ElementType::F64)
    peak.flopsPerSecond /= 2;
  for (const NodeTime &time : profile.nodes) {
    NodeView node = viewOfNode(executable, time.entry, time.node, time.nodes);
    Work first{.hero = node.hero, .location = node.location};
    kernels.try_emplace(node.name, first).first->second.add(time, node, peak);
    lines[lineOfModel(executable, node.location)].add(time, node, peak);
    total += time.nanoseconds;
    instructions += time.instructions;
  }
}

void Report::print(const char *format, ...) {
  char line[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof(line), format, arguments);
  va_end(arguments);
  result += line;
}

// Of all threads' time: work, waits inside submissions, and what lies between
// them.
void Report::printThreads() {
  if (profile.elapsed > 0) {
    double all = static_cast<double>(profile.elapsed) * threads;
    double inside = static_cast<double>(profile.submitted) * threads;
    print("%.3f s on %u thread%s: %.1f %% kernels, %.1f %% waiting for other "
          "threads, %.1f %% between programs (batches, metrics, samples)\n",
          1e-9 * static_cast<double>(profile.elapsed), threads,
          threads == 1 ? "" : "s", 100 * total / all,
          100 * std::max(inside - total, 0.0) / all,
          100 * (all - inside) / all);
  }
  if (peak.flopsPerSecond > 0)
    print("a thread at most: %.1f GFLOP/s of fused multiply-adds, %.1f GB/s "
          "of copies\n",
          1e-9 * peak.flopsPerSecond, 1e-9 * peak.bytesPerSecond);
}

std::vector<std::pair<std::string, Work>> Report::sortedKernels() const {
  std::vector<std::pair<std::string, Work>> rows(kernels.begin(),
                                                 kernels.end());
  std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
    return std::tie(b.second.nanoseconds, a.first) <
           std::tie(a.second.nanoseconds, b.first);
  });
  return rows;
}

Json Report::rows() const {
  Json list = Json::array();
  std::vector<std::pair<std::string, Work>> sorted = sortedKernels();
  for (size_t i = 0; i < std::min(sorted.size(), kMostRows); ++i) {
    const auto &[name, row] = sorted[i];
    list.push_back({{"name", name},
                    {"place", row.location},
                    {"share", row.nanoseconds / total},
                    {"milliseconds", 1e-6 * row.time() / row.calls},
                    {"calls", row.calls},
                    {"gflops", row.flops / row.time()},
                    {"gbytes", row.bytes / row.time()}});
  }
  return list;
}

void Report::printKernels() {
  std::vector<std::pair<std::string, Work>> rows = sortedKernels();
  bool hasPeak = peak.flopsPerSecond > 0 && peak.bytesPerSecond > 0;
  print("  share    ms/call   calls  GFLOP/s    GB/s  %s%skernel\n",
        hasPeak ? "of peak  of roof  " : "",
        instructions ? "warp instructions/call  " : "");
  for (size_t i = 0; i < std::min(rows.size(), kMostRows); ++i) {
    const auto &[name, row] = rows[i];
    print("%6.2f%% %10.4f %7.0f %8.1f %7.1f  ", 100 * row.nanoseconds / total,
          1e-6 * row.time() / row.calls, row.calls, row.flops / row.time(),
          row.bytes / row.time());
    if (hasPeak)
      print("%6.1f%% %7.1f%%  ",
            100 * 1e9 * row.flops / row.time() / peak.flopsPerSecond,
            100 * row.leastNanoseconds / row.time());
    if (instructions)
      print("%22.0f  ", row.instructions / row.calls);
    result += name + (row.hero.empty() ? " " : " (" + row.hero + ") ") +
              row.location + "\n";
  }
  print("%zu kernels, %.3f s of work", rows.size(), 1e-9 * total);
  if (instructions)
    print(", %llu warp instructions",
          static_cast<unsigned long long>(instructions));
  result += "\n";
}

void Report::printLines() {
  print("  share    ms/pass  GFLOP/s  line of the model\n");
  for (const auto &[line, work] : lines) {
    if (work.nanoseconds < kLeastShare * total)
      continue;
    print("%6.2f%% %10.4f %8.1f  ", 100 * work.nanoseconds / total,
          1e-6 * work.nanoseconds / passes, work.flops / work.time());
    if (line != 0)
      print("%4u  ", line);
    result += (line == 0 ? "   -  what no line of it names"
                         : textOfLine(executable, line)) +
              "\n";
  }
}

std::string Report::text() {
  printThreads();
  printKernels();
  printLines();
  return result;
}

std::string gan::runtime::profileText(const Executable &executable,
                                      const Profile &profile, unsigned threads,
                                      uint64_t passes) {
  return Report(executable, profile, threads, passes).text();
}

Json gan::runtime::kernelRows(const Executable &executable,
                              const Profile &profile) {
  return Report(executable, profile, /*threads=*/1, /*passes=*/1).rows();
}
