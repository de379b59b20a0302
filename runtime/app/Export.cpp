// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/onnx/ExportNetwork.h"

#include <array>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 4> kOptions = {{
    {"run", 0, "DIR", "folder of the run, or of one of its checkpoints"},
    {"onnx", 0, "FILE", "write a network there, as ONNX, with its weights"},
    {"network", 0, "NAME",
     "which network (default: the only one, or the generator 'G')"},
    {"weights", 0, "FILE",
     "copy the weights there, as safetensors with PyTorch's names and layouts"},
}};

static Result<uint32_t> chooseNetwork(const Executable &executable,
                                      const std::string &name) {
  const auto &networks = *executable.tables().networks();
  if (name.empty() && networks.size() == 1)
    return uint32_t{0};
  if (std::optional<uint32_t> found =
          executable.findNetwork(name.empty() ? "G" : name))
    return *found;
  std::string known;
  for (const format::Network *network : networks)
    known += (known.empty() ? "'" : ", '") + network->name()->str() + "'";
  return Status(Code::Usage,
                "the model has no network '" + (name.empty() ? "G" : name) +
                    "', it has " + (known.empty() ? "none" : known),
                "--network");
}

// The file as it is: names, shapes and order are PyTorch's already.
static Status copyWeights(const std::string &from, const std::string &to) {
  Result<MappedFile> file = MappedFile::open(from);
  return file.ok() ? writeFile(to, file->bytes()) : file.status();
}

static Status exportRun(const CommandContext &context) {
  const Arguments &arguments = context.arguments;
  std::string run = arguments.text("run", "");
  std::string onnx = arguments.text("onnx", "");
  std::string weights = arguments.text("weights", "");
  if (run.empty())
    return Status(Code::Usage, "expected the folder of a run", "--run");
  if (onnx.empty() && weights.empty())
    return Status(Code::Usage, "expected --onnx FILE or --weights FILE");
  if (onnx.empty() && arguments.has("network"))
    return Status(Code::Usage, "belongs to --onnx", "--network");
  std::string from = run + "/" + kWeightsFile;
  if (!onnx.empty()) {
    Result<uint32_t> network =
        chooseNetwork(context.executable, arguments.text("network", ""));
    if (!network.ok())
      return network.status();
    if (Status status =
            onnx::exportNetwork(context.executable, *network, from, onnx);
        !status.ok())
      return status;
    logLine("network: " + onnx);
  }
  if (weights.empty())
    return Status();
  Status status = copyWeights(from, weights);
  if (status.ok())
    logLine("weights: " + weights);
  return status;
}

constinit const Command gan::runtime::kExport = {
    "export", "write a network or weights for other programs", kOptions,
    exportRun};
