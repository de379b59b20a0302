// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The options by which every command chooses its device.
#ifndef GAN_RUNTIME_APP_DEVICEOPTIONS_H
#define GAN_RUNTIME_APP_DEVICEOPTIONS_H

#include "runtime/app/Arguments.h"
#include "runtime/device/Device.h"

namespace gan::runtime {

inline constexpr OptionSpec kDeviceOption = {
    "device", 0, "NAME", "cpu (default), cuda, or sim, a simulated GPU"};
inline constexpr OptionSpec kThreadsOption = {
    "threads", 0, "T", "threads of this machine (default: all processors)"};
inline constexpr OptionSpec kIsaOption = {
    "isa", 0, "NAME",
    "x86-64-v3, x86-64-v4 or x86-64-v4-amx (default: the best that runs here); "
    "of sim: sm_80 (default) or sm_90a"};
inline constexpr OptionSpec kSimScheduleOption = {
    "sim-schedule", 0, "NAME",
    "of sim: round-robin (default), reverse, one-ahead, random or random:SEED"};

/// The device that the options ask for, with the executable loaded.
Result<std::unique_ptr<Device>> openDevice(const Executable &executable,
                                           const Arguments &arguments,
                                           bool profile,
                                           Communicator *ranks = nullptr);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_DEVICEOPTIONS_H
