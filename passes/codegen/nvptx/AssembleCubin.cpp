// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/AssembleCubin.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace llvm;

namespace {
// A file that lives as long as this.
class Scratch {
public:
  Error create(StringRef suffix) {
    int fd;
    if (std::error_code error =
            sys::fs::createTemporaryFile("ganc", suffix, fd, path))
      return createStringError(error, "cannot make a temporary file: " +
                                          error.message());
    stream.emplace(fd, /*shouldClose=*/true);
    return Error::success();
  }
  ~Scratch() {
    stream.reset();
    if (!path.empty())
      (void)sys::fs::remove(path);
  }
  SmallString<128> path;
  std::optional<raw_fd_ostream> stream;
};
} // namespace

Expected<std::string> gan::findPtxas() {
  const char *home = std::getenv("CUDA_HOME");
  std::string folder = std::string(home ? home : "/usr/local/cuda") + "/bin";
  if (ErrorOr<std::string> found =
          sys::findProgramByName("ptxas", StringRef(folder)))
    return *found;
  if (ErrorOr<std::string> found = sys::findProgramByName("ptxas"))
    return *found;
  return createStringError(
      "ptxas, which makes code for one GPU, is neither in " + folder +
      " nor on $PATH: set CUDA_HOME, or ask for '--target=cuda' alone");
}

static Error failure(StringRef architecture, const Scratch &messages,
                     StringRef otherwise) {
  auto said = MemoryBuffer::getFile(messages.path);
  StringRef text = said ? (*said)->getBuffer().trim() : "";
  return createStringError("ptxas makes no code for " + architecture + ": " +
                           (text.empty() ? otherwise : text));
}

// From what `ptxas -v` tells of each kernel in turn.
static StringMap<gan::ThreadResources> parseResources(StringRef text) {
  Regex entry("Compiling entry function '([^']+)'"),
      spill("([0-9]+) bytes spill stores"),
      registers("Used ([0-9]+) registers");
  StringMap<gan::ThreadResources> resources;
  gan::ThreadResources *now = nullptr;
  SmallVector<StringRef> lines, found;
  text.split(lines, '\n');
  for (StringRef line : lines) {
    if (entry.match(line, &found))
      now = &resources[found[1]];
    else if (now && spill.match(line, &found))
      found[1].getAsInteger(10, now->spilledBytes);
    else if (now && registers.match(line, &found))
      found[1].getAsInteger(10, now->registers);
  }
  return resources;
}

Expected<gan::Cubin> gan::assembleCubin(StringRef ptxas, StringRef ptx,
                                        StringRef architecture) {
  Scratch in, out, messages;
  for (auto [file, suffix] : {std::pair(&in, "ptx"), std::pair(&out, "cubin"),
                              std::pair(&messages, "txt")})
    if (Error error = file->create(suffix))
      return std::move(error);
  *in.stream << ptx;
  in.stream.reset();
  std::string target = ("-arch=" + architecture).str();
  StringRef words[] = {ptxas, "-v", target, in.path, "-o", out.path};
  std::optional<StringRef> streams[] = {"", messages.path, messages.path};
  std::string problem;
  int status =
      sys::ExecuteAndWait(ptxas, words, /*Env=*/std::nullopt, streams,
                          /*SecondsToWait=*/0, /*MemoryLimit=*/0, &problem);
  if (status != 0)
    return failure(architecture, messages, problem);
  auto cubin = MemoryBuffer::getFile(out.path, /*IsText=*/false,
                                     /*RequiresNullTerminator=*/false);
  auto told = MemoryBuffer::getFile(messages.path);
  if (!cubin || !told)
    return failure(architecture, messages, "its files cannot be read");
  StringRef bytes = (*cubin)->getBuffer();
  return Cubin{architecture.str(),
               {bytes.begin(), bytes.end()},
               parseResources((*told)->getBuffer())};
}
