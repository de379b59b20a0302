// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Processors.h"
#include "runtime/device/sim/tool/Npy.h"
#include "runtime/device/sim/tool/Tool.h"

#include <charconv>

using namespace gan::sim;

const std::string_view gan::sim::kToolUsage =
    R"(usage: gan-sim FILE.ptx --entry NAME --grid X[,Y,Z] --block X[,Y,Z] [--arg ...]
  --arg TYPE:VALUE             a scalar: u32:7, f32:0.5, s64:-1, ...
  --arg in:A.npy               a buffer that the kernel only reads
  --arg inout:A.npy[:B.npy]    a buffer; written to B.npy afterwards
  --arg out:TYPE:2x3[:B.npy]   a buffer without values, written to B.npy
  --arg zeros:TYPE:2x3[:B.npy] the same, filled with zero
  --shared BYTES               dynamic shared memory
  --schedule NAME              round-robin (default), reverse, random, one-ahead
  --seed N                     of the random schedule
  --async eager|on-wait        when cp.async arrives (default: as late as allowed)
  --unchecked                  no races, no uninitialised values
  --threads N                  of this machine, for blocks
  --most N                     warp instructions before the kernel is stopped
  --json                       findings and counters as JSON
  --bench N                    run N times and print the rate
  --instructions               list the instructions that are known
)";

static Status refuse(const std::string &sentence) {
  return Status(Code::Usage, sentence, "gan-sim");
}

static bool parseNumber(std::string_view text, uint64_t &number) {
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// "4x2" or "4,2,1"
static bool parseList(std::string_view text, char mark,
                      std::vector<uint64_t> &list) {
  while (true) {
    size_t end = std::min(text.find(mark), text.size());
    uint64_t number = 0;
    if (!parseNumber(text.substr(0, end), number))
      return false;
    list.push_back(number);
    if (end == text.size())
      return true;
    text.remove_prefix(end + 1);
  }
}

static bool parseDim(std::string_view text, Dim3 &dim) {
  std::vector<uint64_t> list;
  if (!parseList(text, ',', list) || list.size() > 3)
    return false;
  list.resize(3, 1);
  dim = {uint32_t(list[0]), uint32_t(list[1]), uint32_t(list[2])};
  return list[0] <= UINT32_MAX && list[1] <= UINT32_MAX &&
         list[2] <= UINT32_MAX;
}

static std::string cut(std::string_view &text) {
  size_t end = std::min(text.find(':'), text.size());
  std::string head(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

static Result<ToolArgument> parseArgument(const std::string &word) {
  ToolArgument argument;
  argument.text = word;
  std::string_view rest = word;
  argument.role = cut(rest);
  bool made = argument.role == "out" || argument.role == "zeros";
  if (made) {
    argument.type = cut(rest);
    if (npyType(argument.type).empty() ||
        !parseList(cut(rest), 'x', argument.shape))
      return refuse("--arg " + word +
                    ": expected a type and a shape like "
                    "f32:2x3");
    argument.target = rest;
    return std::move(argument);
  }
  argument.value = cut(rest);
  argument.target = rest;
  bool file = argument.role == "in" || argument.role == "inout";
  if (argument.value.empty() || (!file && npyType(argument.role).empty()))
    return refuse("--arg " + word +
                  ": expected TYPE:VALUE, in:, inout:, out: "
                  "or zeros:");
  return std::move(argument);
}

static bool parseSchedule(std::string_view name, Schedule &schedule) {
  std::optional<Schedule> named = scheduleNamed(name);
  if (named)
    schedule = *named;
  return named.has_value();
}

// An option with a value; false where the value does not fit.
static bool takeValue(ToolOptions &options, const std::string &name,
                      const std::string &value, bool &known) {
  uint64_t number = 0;
  bool isNumber = parseNumber(value, number);
  if (name == "--entry")
    options.entry = value;
  else if (name == "--grid")
    return parseDim(value, options.shape.grid);
  else if (name == "--block")
    return parseDim(value, options.shape.block);
  else if (name == "--schedule")
    return parseSchedule(value, options.options.schedule);
  else if (name == "--async") {
    options.options.async =
        value == "eager" ? AsyncMode::Eager : AsyncMode::OnWait;
    return value == "eager" || value == "on-wait";
  } else if (name == "--shared" || name == "--seed" || name == "--threads" ||
             name == "--most" || name == "--bench") {
    if (name == "--shared")
      options.shape.dynamicShared = uint32_t(number);
    else if (name == "--seed")
      options.options.seed = number;
    else if (name == "--threads")
      options.options.threads = unsigned(number);
    else if (name == "--most")
      options.options.mostInstructions = number;
    else
      options.repeat = unsigned(number);
    uint64_t most = name == "--threads" ? gan::runtime::kMostThreads : 1u << 30;
    return isNumber && (name == "--seed" || name == "--most" || number <= most);
  } else {
    known = false;
  }
  return true;
}

static bool takeFlag(ToolOptions &options, const std::string &name) {
  if (name == "--json")
    options.json = true;
  else if (name == "--instructions")
    options.listInstructions = true;
  else if (name == "--unchecked")
    options.options.races = options.options.uninitialised = false;
  else
    return false;
  return true;
}

Result<ToolOptions>
gan::sim::parseToolOptions(const std::vector<std::string> &words) {
  ToolOptions options;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string &word = words[i];
    if (takeFlag(options, word))
      continue;
    if (!word.starts_with("--")) {
      if (!options.file.empty())
        return refuse("one PTX file, not '" + options.file + "' and '" + word +
                      "'");
      options.file = word;
      continue;
    }
    if (i + 1 == words.size())
      return refuse("option '" + word + "' needs a value or is not known");
    const std::string &value = words[++i];
    if (word == "--arg") {
      Result<ToolArgument> argument = parseArgument(value);
      if (!argument.ok())
        return argument.status();
      options.arguments.push_back(argument.take());
      continue;
    }
    bool known = true;
    if (!takeValue(options, word, value, known))
      return refuse("'" + value + "' is no value for " + word);
    if (!known)
      return refuse("there is no option '" + word + "'");
  }
  if (!options.listInstructions &&
      (options.file.empty() || options.entry.empty()))
    return refuse("a PTX file and --entry are needed");
  return std::move(options);
}
