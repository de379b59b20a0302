// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/tool/Tool.h"
#include "runtime/device/sim/Forms.h"
#include "runtime/device/sim/Numbers.h"
#include "runtime/device/sim/ReportJson.h"
#include "runtime/device/sim/tool/Npy.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace gan::sim;
using namespace gan::runtime;

namespace {
/// An argument on the device.
struct Bound {
  const ToolArgument *argument;
  uint64_t address = 0; // of a buffer
  Array array;
};
} // namespace

std::string gan::sim::instructionList() {
  std::string text;
  for (const Form &form : forms())
    text += std::string(form.opcode) + " " + std::string(form.modifiers) +
            "   " + std::string(form.operands) + "\n";
  return text;
}

template <typename T>
static bool parseAs(std::string_view text, FileBytes &bytes) {
  T value = 0;
  const char *end = text.data() + text.size();
  std::from_chars_result parsed = std::from_chars(text.data(), end, value);
  bytes.resize(sizeof(value));
  std::memcpy(bytes.data(), &value, sizeof(value));
  return parsed.ec == std::errc() && parsed.ptr == end;
}

template <Format F>
static bool parseHalf(std::string_view text, FileBytes &bytes) {
  double value = 0;
  bool isNumber = parseAs<double>(text, bytes);
  std::memcpy(&value, bytes.data(), sizeof(value));
  uint16_t half = uint16_t(pack(value, F, Rounding::Nearest));
  bytes.resize(sizeof(half));
  std::memcpy(bytes.data(), &half, sizeof(half));
  return isNumber;
}

// The bytes of a scalar like u32:7 or f32:0.5.
static Result<FileBytes> scalarBytes(const ToolArgument &argument) {
  using Parse = bool (*)(std::string_view, FileBytes &);
  constexpr std::pair<std::string_view, Parse> types[] = {
      {"f16", parseHalf<kF16>},   {"bf16", parseHalf<kBF16>},
      {"f32", parseAs<float>},    {"f64", parseAs<double>},
      {"u8", parseAs<uint8_t>},   {"u16", parseAs<uint16_t>},
      {"u32", parseAs<uint32_t>}, {"u64", parseAs<uint64_t>},
      {"s8", parseAs<int8_t>},    {"s16", parseAs<int16_t>},
      {"s32", parseAs<int32_t>},  {"s64", parseAs<int64_t>},
  };
  FileBytes bytes;
  for (auto [name, parse] : types)
    if (name == argument.role && parse(argument.value, bytes))
      return std::move(bytes);
  return Status(Code::Usage, "'" + argument.value + "' is no " + argument.role,
                "--arg " + argument.text);
}

static Status makeArray(Bound &bound) {
  const ToolArgument &argument = *bound.argument;
  if (argument.role == "in" || argument.role == "inout") {
    Result<Array> array = readNpy(argument.value);
    if (!array.ok())
      return array.status();
    bound.array = array.take();
    return Status();
  }
  bound.array.type = npyType(argument.type);
  bound.array.shape = argument.shape;
  uint64_t bytes = *elementBytes(bound.array.type);
  for (uint64_t extent : argument.shape)
    if (__builtin_mul_overflow(bytes, extent, &bytes) || bytes > 1u << 31)
      return Status(Code::Usage, "an array of more than 2 GiB",
                    "--arg " + argument.text);
  bound.array.content.resize(bytes);
  return Status();
}

// Puts a buffer on the device; its address is then the parameter.
static Result<FileBytes> bindBuffer(Bound &bound, Memory &memory) {
  Status status = makeArray(bound);
  if (!status.ok())
    return status;
  const ToolArgument &argument = *bound.argument;
  Use use = argument.role == "in" ? Use::ReadOnly : Use::ReadWrite;
  Result<uint64_t> address =
      memory.allocate(bound.array.content.size(), argument.text, use);
  if (!address.ok())
    return address.status();
  bound.address = *address;
  if (argument.role != "out")
    status = memory.write(*address, bound.array.content);
  FileBytes bytes(8);
  std::memcpy(bytes.data(), &bound.address, 8);
  return status.ok() ? Result<FileBytes>(std::move(bytes)) : status;
}

static Status bindArguments(const ToolOptions &options, const Program &program,
                            Memory &memory, std::vector<Bound> &bound,
                            std::vector<std::byte> &parameters) {
  if (options.arguments.size() != program.parameters.size())
    return Status(
        Code::Usage,
        "the kernel takes " + std::to_string(program.parameters.size()) +
            " arguments, not " + std::to_string(options.arguments.size()),
        options.entry);
  parameters.resize(program.parameterBytes);
  bound.reserve(options.arguments.size());
  for (size_t i = 0; i < options.arguments.size(); ++i) {
    const ToolArgument &argument = options.arguments[i];
    bool scalar = !npyType(argument.role).empty();
    bound.push_back({&argument, 0, {}});
    Result<FileBytes> bytes =
        scalar ? scalarBytes(argument) : bindBuffer(bound.back(), memory);
    if (!bytes.ok())
      return bytes.status();
    const Parameter &parameter = program.parameters[i];
    if (bytes->size() != parameter.bytes)
      return Status(Code::Usage,
                    "parameter '" + parameter.name + "' has " +
                        std::to_string(parameter.bytes) + " bytes, not " +
                        std::to_string(bytes->size()),
                    "--arg " + argument.text);
    std::memcpy(parameters.data() + parameter.offset, bytes->data(),
                bytes->size());
  }
  return Status();
}

static Status writeResults(std::vector<Bound> &bound, const Memory &memory) {
  for (Bound &one : bound) {
    if (one.argument->target.empty())
      continue;
    Status status = memory.read(one.address, one.array.content);
    if (status.ok())
      status = writeNpy(one.argument->target, one.array);
    if (!status.ok())
      return status;
  }
  return Status();
}

static void print(const Program &program, const Report &report, bool json) {
  if (json) {
    std::puts(printJson(reportJson(program, report)).c_str());
    return;
  }
  for (const Finding &finding : report.findings)
    std::puts(finding.text().c_str());
  std::printf("%zu findings\n", report.findings.size());
  std::fputs(counterText(program, report.counters).c_str(), stdout);
}

// The rate over several runs, in time of the processor: other programs do not
// count. The first report stands for all.
static Result<Report> measure(Memory &memory, const Program &program,
                              const ToolOptions &options) {
  Result<Report> report =
      launch(memory, program, options.shape, options.options);
  uint64_t instructions = 0;
  std::clock_t start = std::clock();
  for (unsigned i = 0; report.ok() && i < options.repeat; ++i) {
    Result<Report> again =
        launch(memory, program, options.shape, options.options);
    if (again.ok())
      instructions += again->counters.total().issued;
  }
  double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  if (report.ok() && options.repeat)
    std::printf("%.1f million warp instructions per second of a processor, "
                "%llu in %.3f s\n",
                double(instructions) / seconds / 1e6,
                static_cast<unsigned long long>(instructions), seconds);
  return report;
}

Result<int> gan::sim::runTool(const ToolOptions &options) {
  Result<FileBytes> bytes = readFile(options.file, uint64_t(1) << 28);
  if (!bytes.ok())
    return bytes.status();
  Result<Module> module =
      parseModule(std::string(textOf(*bytes)), options.file);
  if (!module.ok())
    return module.status();
  Memory memory;
  Result<Image> image = Image::load(*module, memory);
  if (!image.ok())
    return image.status();
  Result<Program> program = image->kernel(options.entry);
  if (!program.ok())
    return program.status();
  std::vector<Bound> bound;
  ToolOptions complete = options;
  Status status = bindArguments(complete, *program, memory, bound,
                                complete.shape.parameters);
  if (!status.ok())
    return status;
  Result<Report> report = measure(memory, *program, complete);
  if (!report.ok())
    return report.status();
  print(*program, *report, options.json);
  status = writeResults(bound, memory);
  if (!status.ok())
    return status;
  return report->findings.empty() ? 0 : 1;
}
