// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/CommandLine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using llvm::ArrayRef;
using llvm::formatv;
using llvm::StringLiteral;
using llvm::StringRef;

namespace gan::frontend {

using Command = CommandLine::Command;

namespace {

struct CommandEntry {
  StringLiteral name;
  Command command;
  StringLiteral usage, help;
};
constexpr CommandEntry commands[] = {
    {"check", Command::Check, "check MODEL.gan",
     "report the mistakes of a model"},
    {"explain", Command::Explain, "explain MODEL.gan",
     "its layers with shapes and parameters, its moves, the defaults it uses"},
    {"build", Command::Build, "build MODEL.gan [-o TRAINER]",
     "compile it into one program that trains it"},
    {"fmt", Command::Fmt, "fmt [-i] FILE.gan...",
     "print files in the one layout, or rewrite them with -i"},
};

struct Stage {
  StringLiteral name, help;
};
constexpr Stage stages[] = {
    {"ast", "the syntax tree"},
    {"game", "networks, players and phases, functions and loops unrolled"},
    {"tensor", "one function per step on tensors, calls inlined"},
    {"grad", "the same with gradients written out"},
    {"simple",
     "the same simplified, channels last, every sum in a fixed order"},
    {"fused", "kernels"},
    {"plan", "kernels in order, with their places in memory"},
    {"kernels", "loops"},
    {"llvm", "the code of the CPU"},
    {"ptx", "the code of a GPU"},
};

// So many ranks could take part; each adds its part to what is exchanged.
constexpr unsigned mostShards = 1024;

// Takes the words one by one; false from a function: it is reported.
class WordReader {
public:
  WordReader(ArrayRef<const char *> words, llvm::raw_ostream &errors)
      : words(words.begin(), words.end()), errors(errors) {}
  std::optional<CommandLine> run();

private:
  bool readCommand();
  bool readOption(StringRef word);
  bool readValue(StringRef word, StringRef name, std::string &value);
  bool checkWhole();
  bool checkStage();
  bool checkTarget();
  bool fail(const llvm::Twine &message) {
    errors << "ganc: " << message << '\n';
    return false;
  }

  llvm::SmallVector<StringRef> words;
  size_t position = 0;
  CommandLine line;
  llvm::raw_ostream &errors;
};

} // namespace

template <typename T> static std::string listNames(ArrayRef<T> entries) {
  std::string text;
  for (auto [index, entry] : llvm::enumerate(entries))
    text += (index == 0                    ? ""
             : index + 1 == entries.size() ? " and "
                                           : ", ") +
            entry.name.str();
  return text;
}

bool WordReader::readCommand() {
  if (words.empty())
    return fail("nothing to do; there are " + listNames(ArrayRef(commands)) +
                ", and 'ganc --help' tells more");
  StringRef word = words[position++];
  if (word == "--help" || word == "-h" || word == "help")
    return line.command = Command::Help, true;
  if (word == "--version")
    return line.command = Command::Version, true;
  for (const CommandEntry &entry : commands)
    if (entry.name == word)
      return line.command = entry.command, true;
  return fail("unknown command '" + word + "'; there are " +
              listNames(ArrayRef(commands)));
}

// The value of `--name=value` or of `--name value`.
bool WordReader::readValue(StringRef word, StringRef name, std::string &value) {
  if (word.consume_front(name) && word.consume_front("=")) {
    value = word.str();
  } else {
    if (position == words.size())
      return fail("'" + name + "' needs a value behind it");
    value = words[position++].str();
  }
  return !value.empty() || fail("'" + name + "' needs a value, not nothing");
}

bool WordReader::readOption(StringRef word) {
  StringRef name = word.take_until([](char c) { return c == '='; });
  bool elaborates = line.command != Command::Fmt;
  if (word == "--help" || word == "-h")
    return line.command = Command::Help, true;
  if (name == "--set" && elaborates)
    return readValue(word, name, line.settings.emplace_back());
  if (name == "--emit" &&
      (line.command == Command::Check || line.command == Command::Build))
    return readValue(word, name, line.stage) && checkStage();
  if (word == "--lines" && elaborates)
    return line.showsLines = true;
  if (name == "-o" && line.command == Command::Build)
    return readValue(word, name, line.output);
  if (word == "--c-api" && line.command == Command::Build)
    return line.isLibrary = true;
  if (name == "--weights" && line.command == Command::Build)
    return readValue(word, name, line.weights);
  if (name == "--precision" && elaborates) {
    if (!readValue(word, name, line.precision))
      return false;
    return llvm::is_contained({"f32", "f64", "tf32", "bf16"}, line.precision) ||
           fail("'--precision' is f32, f64, tf32 or bf16, but found '" +
                line.precision + "'");
  }
  if (name == "--target" &&
      (line.command == Command::Build || line.command == Command::Explain))
    return readValue(word, name, line.target) && checkTarget();
  if (name == "--shards" && elaborates) {
    std::string count;
    if (!readValue(word, name, count))
      return false;
    return (!StringRef(count).getAsInteger(10, line.shards) &&
            line.shards >= 1 && line.shards <= mostShards) ||
           fail("'--shards' is a number from 1 to " + llvm::Twine(mostShards) +
                ", but found '" + count + "'");
  }
  if (name == "--without" && elaborates)
    return readValue(word, name, line.without);
  if (word == "-i" && line.command == Command::Fmt)
    return line.inPlace = true;
  if (word == "--verify-diagnostics" && line.command == Command::Check)
    return line.verifyDiagnostics = true;
  return fail("'" + words.front() + "' has no option '" + name +
              "'; 'ganc --help' lists them");
}

// Production: cpu | cuda [ ":" sm_NUMBER [a|f] { "," sm_NUMBER [a|f] } ]
bool WordReader::checkTarget() {
  std::string all = line.target;
  auto [target, list] = StringRef(all).split(':');
  bool isList = all.size() > target.size();
  if (target != "cuda" && all != "cpu")
    return fail("'--target' is cpu, cuda or cuda:ARCHITECTURES, but found '" +
                all + "'");
  line.target = target.str();
  while (isList) {
    auto [name, rest] = list.split(',');
    isList = list.size() > name.size();
    list = rest;
    StringRef number = name;
    bool isName = number.consume_front("sm_");
    if (number.ends_with("a") || number.ends_with("f"))
      number = number.drop_back();
    unsigned value;
    if (!isName || number.getAsInteger(10, value) || value < 80 || value > 999)
      return fail("an architecture of '--target' is sm_80 or newer, as in "
                  "cuda:sm_80,sm_90a, but found '" +
                  name + "'");
    if (!llvm::is_contained(line.architectures, name))
      line.architectures.push_back(name.str());
  }
  return true;
}

bool WordReader::checkStage() {
  for (const Stage &stage : stages)
    if (stage.name == line.stage)
      return true;
  return fail("no stage '" + line.stage + "'; there are " +
              listNames(ArrayRef(stages)));
}

bool WordReader::checkWhole() {
  if (line.command == Command::Help || line.command == Command::Version)
    return true;
  if (line.paths.empty())
    return fail("'" + words.front() + "' needs a file, as in 'ganc " +
                words.front() + " model.gan'");
  if (line.paths.size() > 1 && line.command != Command::Fmt)
    return fail("'" + words.front() + "' takes one file, but found '" +
                line.paths[1] + "' behind '" + line.paths[0] + "'");
  if (line.isLibrary && !line.output.empty() &&
      !StringRef(line.output).ends_with(".so"))
    return fail(
        "'--c-api' makes a library, whose name ends in .so, but found '" +
        line.output + "'");
  if (!line.weights.empty() && !line.isLibrary)
    return fail("'--weights' is of '--c-api'; a trainer takes weights when it "
                "runs: 'train --weights FILE'");
  for (StringRef setting : line.settings)
    if (setting.find('=') == StringRef::npos || setting.starts_with("="))
      return fail("'--set' takes name=value, but found '" + setting + "'");
  return true;
}

std::optional<CommandLine> WordReader::run() {
  if (!readCommand())
    return std::nullopt;
  while (position < words.size() && line.command != Command::Help) {
    StringRef word = words[position++];
    if (word.size() > 1 && word.starts_with("-")) {
      if (!readOption(word))
        return std::nullopt;
    } else {
      line.paths.push_back(word.str());
    }
  }
  if (!checkWhole())
    return std::nullopt;
  return std::move(line);
}

std::optional<CommandLine> parseCommandLine(ArrayRef<const char *> words,
                                            llvm::raw_ostream &errors) {
  return WordReader(words, errors).run();
}

void printHelp(llvm::raw_ostream &os) {
  os << "ganc compiles adversarial games. A .gan file says which networks "
        "exist, what each player\nminimises and in what order they move; ganc "
        "makes of it one program that trains them.\n\n";
  for (const CommandEntry &entry : commands)
    os << formatv("  ganc {0,-32} {1}\n", entry.usage, entry.help);
  os << "\nOptions\n"
        "  --set NAME=VALUE      set a parameter of the model: --set width=32; "
        "once for each\n"
        "  -o PATH               build: the trainer to write; the model's name "
        "if not given\n"
        "  --target=cpu|cuda[:sm_90a,...]\n"
        "                        build: for CPUs (if not given), or for GPUs "
        "too, from sm_80 on; those named start\n"
        "                        at once (needs ptxas of CUDA), others "
        "compile the code when a run begins\n"
        "                        explain: what it costs on GPUs, too; for "
        "those named, the registers\n"
        "  --precision=f32|f64|tf32|bf16\n"
        "                        of real numbers; f32 if not given. tf32, "
        "bf16: "
        "f32, but large matrix products\n"
        "                        and convolutions multiply what is rounded to "
        "these, on tensor cores of GPUs\n"
        "                        (and AMX of CPUs); with bf16 memory holds "
        "activations and their gradients in it, too\n"
        "  --shards=N            cut the samples of each move into N parts: "
        "the "
        "trainer runs on any number of ranks\n"
        "                        (mpirun) that divides N, and gives the same "
        "bits on each\n"
        "  --c-api               build: a shared library for programs in C and "
        "C++ in place of the trainer\n"
        "  --weights=FILE        with --c-api: the library brings these along "
        "(.safetensors of a run)\n"
        "  --without=PASS        leave out a pass that makes programs faster, "
        "to find a fault in ganc\n"
        "  -i                    fmt: rewrite the files\n"
        "  --emit=STAGE          check, build: print a stage of the "
        "compilation\n";
  for (const Stage &stage : stages)
    os << formatv("      {0,-12} {1}\n", stage.name, stage.help);
  os << "  --lines               with --emit, from tensor to llvm: where each "
        "operation comes from\n";
  os << "  --help, --version\n\n"
        "`import \"std\"` is the library that comes with ganc; other imports "
        "are relative to the file.\nThe exit status is 0, or 1 after mistakes "
        "in a model, or 2 after a mistake in the command.\n";
}

} // namespace gan::frontend
