// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The border to C: a failure becomes a text of this thread and a number. This
// file alone is compiled with exceptions, so that the one that memory running
// out raises in the library of C++ ends here.
#include "runtime/base/Mapping.h"
#include "runtime/library/Generator.h"

#include <algorithm>
#include <cstring>
#include <mutex>

using namespace gan::runtime;

struct gan_generator {
  std::unique_ptr<Generator> model;
  std::mutex computing;
};

// Plain memory: a thread may end after the library is unloaded.
static thread_local char lastError[1024];

// Remembers why; returns the exit status that a program would have.
static int fail(Code code, std::string_view text) {
  size_t bytes = std::min(text.size(), sizeof(lastError) - 1);
  std::copy_n(text.data(), bytes, lastError);
  std::replace(lastError, lastError + bytes, '\n', ' ');
  lastError[bytes] = '\0';
  return exitStatus(code);
}

static int fail(const Status &status) {
  return fail(status.code(), status.text());
}

// The model at the end of the file that this code lies in.
static Result<Executable> loadModel() {
  static const char anchor = '\0';
  Result<std::string> self = mappedFileOf(&anchor);
  return self.ok() ? Executable::load(*self) : self.status();
}

static Result<std::unique_ptr<Generator>>
open(const GeneratorOptions &options) {
  Result<Executable> executable = loadModel();
  return executable.ok() ? Generator::open(executable.take(), options)
                         : executable.status();
}

gan_generator *gan_open(const char *weights, const char *device,
                        unsigned threads) try {
  Result<std::unique_ptr<Generator>> model =
      open({.weights = weights ? weights : "",
            .device = device ? device : "cpu",
            .threads = threads});
  if (model.ok())
    return new gan_generator{.model = model.take(), .computing = {}};
  fail(model.status());
  return nullptr;
} catch (...) {
  fail(Code::OutOfMemory, "there is too little memory to open the model");
  return nullptr;
}

const gan_tensor *gan_output(const gan_generator *generator, size_t index) {
  return generator ? generator->model->output(index) : nullptr;
}

const gan_tensor *gan_input(const gan_generator *generator, size_t output,
                            size_t index) {
  return generator ? generator->model->input(output, index) : nullptr;
}

int gan_generate(gan_generator *generator, size_t output, uint64_t count,
                 uint64_t seed, const void *const *inputs, void *samples,
                 size_t bytes) try {
  if (!generator || (!samples && bytes > 0))
    return fail(Status(Code::Usage, "expected a generator and room for the "
                                    "samples, found a null pointer"));
  size_t given = 0;
  while (inputs && generator->model->input(output, given))
    ++given;
  std::lock_guard<std::mutex> lock(generator->computing);
  Status status = generator->model->generate(
      output, count, seed, std::span(inputs, given),
      std::span(static_cast<std::byte *>(samples), bytes));
  return status.ok() ? 0 : fail(status);
} catch (...) {
  return fail(Code::OutOfMemory, "there is too little memory to compute");
}

const char *gan_error(void) { return lastError; }

void gan_close(gan_generator *generator) { delete generator; }
