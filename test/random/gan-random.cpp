// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Random games against the interpreter; see README.md.
#include "test/random/Generate.h"
#include "test/random/Session.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace gan::random;

static cl::opt<std::string> seeds("seeds",
                                  cl::desc("programs to try, from A to B - 1"),
                                  cl::value_desc("A..B"));
static cl::opt<uint64_t> print("print", cl::desc("print one program"),
                               cl::value_desc("SEED"));
static cl::opt<std::string> file(cl::Positional,
                                 cl::desc("a program to try instead"));
static cl::opt<uint64_t> seed("seed", cl::desc("its weights and data"),
                              cl::init(1));
static cl::opt<unsigned> jobs("jobs", cl::desc("trials at a time"),
                              cl::init(2));
static cl::opt<unsigned>
    reduceSeconds("reduce-seconds",
                  cl::desc("time to make a failing program smaller"),
                  cl::init(120));

static cl::opt<bool>
    tellsAll("tell-all", cl::desc("tell of kinks, ranges and progress, too"));

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv,
                              "random games against the interpreter\n");
  if (print.getNumOccurrences()) {
    outs() << generateProgram(print);
    return 0;
  }
  SessionOptions options{jobs, reduceSeconds, tellsAll};
  if (!file.empty()) {
    auto text = MemoryBuffer::getFile(file);
    if (!text) {
      errs() << "gan-random: cannot read '" << file << "'\n";
      return 2;
    }
    return tryFile((*text)->getBuffer().str(), seed, options);
  }
  auto [first, last] = StringRef(seeds).split("..");
  uint64_t begin = 0, end = 0;
  if (first.getAsInteger(10, begin) || last.getAsInteger(10, end)) {
    errs() << "gan-random: expected '--seeds A..B', found '" << seeds << "'\n";
    return 2;
  }
  return trySeeds(begin, end, options);
}
