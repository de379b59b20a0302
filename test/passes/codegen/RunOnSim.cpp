// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/passes/codegen/RunOnSim.h"
#include "runtime/device/sim/Launch.h"

#include <algorithm>

using namespace gan::runtime;
using namespace gan::sim;
using namespace gan::test;

// Addresses of inputs, then of outputs, in a memory of their own.
static Result<std::vector<uint64_t>> place(Memory &memory,
                                           const SimLaunch &launch) {
  std::vector<uint64_t> addresses;
  for (const std::vector<char> &bytes : launch.inputs) {
    Result<uint64_t> address =
        memory.allocate(bytes.size(), "input", Use::ReadOnly);
    if (!address.ok())
      return address.status();
    addresses.push_back(*address);
    Status status = memory.write(*address, std::as_bytes(std::span(bytes)));
    if (!status.ok())
      return status;
  }
  for (const std::vector<char> &bytes : launch.outputs) {
    Result<uint64_t> address =
        memory.allocate(bytes.size(), "output", Use::ReadWrite);
    if (!address.ok())
      return address.status();
    addresses.push_back(*address);
  }
  return addresses;
}

// The addresses, then the maps, each at a multiple of 64.
static Result<std::vector<std::byte>>
parametersOf(std::span<const uint64_t> addresses,
             std::span<const SimLaunch::Map> maps) {
  std::span<const std::byte> bytes = std::as_bytes(addresses);
  std::vector<std::byte> all(bytes.begin(), bytes.end());
  for (auto [argument, map] : maps) {
    map.base = addresses[argument];
    Result<TensorMapBytes> encoded = encodeTensorMap(map);
    if (!encoded.ok())
      return encoded.status();
    all.resize((all.size() + 63) / 64 * 64);
    all.insert(all.end(), encoded->begin(), encoded->end());
  }
  return all;
}

static Status runOnce(const Module &module, const SimLaunch &launch,
                      Schedule schedule) {
  Memory memory;
  Result<Image> image = Image::load(module, memory);
  if (!image.ok())
    return image.status();
  Result<Program> program = image->kernel(launch.kernel);
  if (!program.ok())
    return program.status();
  Result<std::vector<uint64_t>> addresses = place(memory, launch);
  if (!addresses.ok())
    return addresses.status();
  LaunchShape shape;
  shape.grid = {launch.blocks, 1, 1};
  shape.block = {launch.threads, 1, 1};
  shape.dynamicShared = launch.dynamicShared;
  Result<std::vector<std::byte>> parameters =
      parametersOf(*addresses, launch.maps);
  if (!parameters.ok())
    return parameters.status();
  shape.parameters = parameters.take();
  Options options;
  options.schedule = schedule;
  Result<Report> report = gan::sim::launch(memory, *program, shape, options);
  if (!report.ok())
    return report.status();
  if (!report->findings.empty())
    return Status(Code::Internal, report->findings.front().text());
  for (size_t i = 0; i < launch.outputs.size(); ++i) {
    Status status =
        memory.read((*addresses)[launch.inputs.size() + i],
                    std::as_writable_bytes(std::span(launch.outputs[i])));
    if (!status.ok())
      return status;
  }
  return Status();
}

struct SimModule::Text {
  Result<Module> module;
};

SimModule::SimModule(const std::string &ptx)
    : text(new Text{parseModule(ptx, "kernels.ptx")}) {}

SimModule::~SimModule() = default;

std::string SimModule::run(const SimLaunch &launch) const {
  if (!text->module.ok())
    return text->module.status().text();
  std::vector<std::vector<char>> first;
  for (Schedule schedule : {Schedule::RoundRobin, Schedule::Reverse}) {
    Status status = runOnce(*text->module, launch, schedule);
    if (!status.ok())
      return status.text();
    if (schedule == Schedule::RoundRobin)
      first.assign(launch.outputs.begin(), launch.outputs.end());
  }
  return std::equal(first.begin(), first.end(), launch.outputs.begin())
             ? ""
             : "other bits under another schedule";
}
