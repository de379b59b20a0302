// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Latents.h"
#include "runtime/app/Outputs.h"
#include "runtime/data/Elements.h"
#include "runtime/device/Inputs.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

// The first axis is the batch.
static uint64_t numbersOfSample(const format::Binding &draw) {
  return elementCount(*draw.shape()) / draw.shape()->Get(0);
}

// By the path of its calls, a draw of a network has a '#' (InlineCalls.cpp).
static bool isOfNetwork(const format::Binding &draw) {
  return draw.name()->str().find('#') != std::string::npos;
}

static std::string
listNames(const std::vector<const format::Binding *> &draws) {
  std::string list;
  for (const format::Binding *draw : draws)
    list += (list.empty() ? "'" : ", '") + draw->name()->str() + "'";
  return list;
}

Result<Latents> Latents::create(const Executable &executable, uint32_t output,
                                const Arguments &arguments) {
  Latents latents(executable, output);
  Status status = latents.prepare(arguments);
  return status.ok() ? Result(std::move(latents)) : status;
}

Status Latents::prepare(const Arguments &arguments) {
  const format::Entry &entry = *executable.tables().entries()->Get(output);
  std::string name = entry.name()->str();
  inputs = drawInputs(entry);
  if (inputs.empty())
    return Status(Code::Usage,
                  "'" + name +
                      "' is drawn from nothing: its samples have no "
                      "latents",
                  "--output");
  const auto &shape = *outputOf(entry).shape();
  batch = shape.size() ? shape.Get(0) : 1;
  for (const format::Binding *draw : inputs)
    if (static_cast<uint64_t>(draw->shape()->Get(0)) != batch)
      return Status(
          Code::Usage,
          "'" + name + "' makes " + std::to_string(batch) + " samples from " +
              std::to_string(draw->shape()->Get(0)) + " of '" +
              draw->name()->str() + "': expected one latent for each sample",
          "--output");
  return choose(arguments.all("draw"));
}

Status Latents::choose(const std::vector<std::string> &names) {
  for (const format::Binding *draw : inputs)
    areMoved.push_back(
        names.empty()
            ? !isOfNetwork(*draw) && numbersOfSample(*draw) > 1
            : std::count(names.begin(), names.end(), draw->name()->str()) > 0);
  for (const std::string &name : names)
    if (std::none_of(inputs.begin(), inputs.end(), [&](const auto *draw) {
          return draw->name()->string_view() == name;
        }))
      return Status(Code::Usage,
                    "the output is not drawn from '" + name + "', but from " +
                        listNames(inputs),
                    "--draw");
  if (std::count(areMoved.begin(), areMoved.end(), true) > 0)
    return Status();
  return Status(Code::Usage,
                "the output has no draw of several numbers outside its "
                "networks: name one of " +
                    listNames(inputs),
                "--draw");
}

Status Latents::checkCount(uint64_t count) const {
  uint64_t numbers = numbersIn(
      sampleShape(outputOf(*executable.tables().entries()->Get(output))));
  uint64_t ofLatent = 0;
  for (const format::Binding *draw : inputs)
    ofLatent += numbersOfSample(*draw);
  return checkFits(count, std::max(numbers, ofLatent));
}

Result<Latent> Latents::ofSeed(Game &game, uint64_t seed) const {
  Result<Draws> draws = game.draw(output, /*move=*/0, seed);
  if (!draws.ok())
    return draws.status();
  Latent latent;
  for (size_t i = 0; i < inputs.size(); ++i) {
    std::vector<double> &numbers = latent.emplace_back();
    for (uint64_t j = 0; j < numbersOfSample(*inputs[i]); ++j)
      numbers.push_back(loadElement(inputs[i]->element(), (*draws)[i], j));
  }
  return latent;
}

Result<std::vector<Latent>>
Latents::ofSeeds(Game &game, std::span<const uint64_t> seeds) const {
  std::vector<Latent> latents;
  for (uint64_t seed : seeds) {
    Result<Latent> latent = ofSeed(game, seed);
    if (!latent.ok())
      return latent.status();
    latents.push_back(latent.take());
  }
  return latents;
}

// A batch of them, at most as many as it has; the last stands in for others.
Draws Latents::drawsOf(std::span<const Latent> latents) const {
  Draws draws;
  for (size_t i = 0; i < inputs.size(); ++i) {
    FileBytes &bytes = draws.emplace_back(bindingBytes(*inputs[i]));
    uint64_t width = numbersOfSample(*inputs[i]);
    for (uint64_t sample = 0; sample < batch; ++sample) {
      const Latent &latent =
          latents[std::min<size_t>(sample, latents.size() - 1)];
      for (uint64_t j = 0; j < width; ++j)
        storeElement(inputs[i]->element(), bytes, sample * width + j,
                     latent[i][j]);
    }
  }
  return draws;
}

Result<Samples> Latents::samplesOf(Game &game,
                                   std::span<const Latent> latents) const {
  const format::Binding &binding =
      outputOf(*executable.tables().entries()->Get(output));
  Samples samples{
      .shape = sampleShape(binding), .element = binding.element(), .bytes = {}};
  uint64_t bytesOfSample = samples.perSample() * elementBytes(samples.element);
  for (size_t begin = 0; begin < latents.size(); begin += batch) {
    std::span<const Latent> part =
        latents.subspan(begin, std::min<size_t>(batch, latents.size() - begin));
    Result<FileBytes> bytes = game.compute(output, drawsOf(part));
    if (!bytes.ok())
      return bytes.status();
    samples.bytes.insert(samples.bytes.end(), bytes->begin(),
                         bytes->begin() + part.size() * bytesOfSample);
  }
  return samples;
}
