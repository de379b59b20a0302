// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels with one planted fault each, and their clean twins.
#ifndef GAN_TEST_RUNTIME_SIM_FAULTS_H
#define GAN_TEST_RUNTIME_SIM_FAULTS_H

#include "test/runtime/sim/Kernel.h"

#include <span>

namespace gan::sim {

/// One text for two kernels: a line that begins with '+' belongs to the clean
/// twin only, one with '-' to the faulty one only.
///
/// Both begin with these registers: %r1 tid, %r2 ctaid, %r3 thread of the grid,
/// %r4 the address of `sh` (1024 bytes), %r5 = %r4 + 4 tid, %rd1 the buffer p
/// (one word per thread, without values), %rd2 the buffer q (the same, with
/// values, read-only), %rd3 and %rd4 this thread's word of each, %rd5 the
/// buffer z (64 words, zero). The parameter m is a map of q as a tensor of one
/// axis, for copies of 32 words.
struct PlantedFault {
  const char *name;
  Fault fault;
  uint32_t blocks, threads;
  const char *body;
};

std::span<const PlantedFault> memoryFaults();
std::span<const PlantedFault> valueFaults();
std::span<const PlantedFault> raceFaults();
std::span<const PlantedFault> orderFaults();
std::span<const PlantedFault> syncFaults();
std::span<const PlantedFault> productFaults();
std::span<const PlantedFault> copyFaults();

/// The text of a twin.
std::string twinText(const PlantedFault &planted, bool faulty);
/// Its run, with `options`.
Report runTwin(const PlantedFault &planted, bool faulty,
               const Options &options);

} // namespace gan::sim

#endif // GAN_TEST_RUNTIME_SIM_FAULTS_H
