// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"

#include <cstdio>
#include <map>

using namespace gan;
using namespace gan::runtime;

static void printLine(const std::string &title, const std::string &text) {
  std::printf("%-10s %s\n", title.c_str(), text.c_str());
}

static std::string textOf(const flatbuffers::Vector<int64_t> &shape) {
  std::string text = "[";
  for (int64_t size : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

static void printCompiler(const format::Executable &tables) {
  char hash[17];
  std::snprintf(hash, sizeof(hash), "%016llx",
                static_cast<unsigned long long>(tables.source_hash()));
  std::string flags;
  for (const flatbuffers::String *flag : *tables.flags())
    flags += " " + flag->str();
  printLine("model", tables.model()->str());
  printLine("source", tables.source_name()->str() + ", hash " + hash);
  printLine("compiler", tables.compiler()->str() + flags);
  printLine("reals", std::string(elementName(tables.reals())));
  printLine("arena", std::to_string(tables.arena_bytes()) + " bytes");
}

static void printCode(const Executable &executable) {
  const format::Executable &tables = executable.tables();
  for (const format::Image *image : *tables.images())
    printLine("image",
              image->target()->str() + ", " +
                  std::to_string(executable.segment(image->segment()).size()) +
                  " bytes");
  if (tables.gpu_images())
    for (const format::GpuImage *image : *tables.gpu_images())
      printLine(
          "GPU image",
          image->architecture()->str() +
              (image->kind() == format::GpuImageKind::Ptx ? ", PTX, " : ", ") +
              std::to_string(executable.segment(image->segment()).size()) +
              " bytes");
  std::map<std::string, unsigned> heroes;
  for (const format::Kernel *kernel : *tables.kernels())
    ++heroes[kernel->hero() ? kernel->hero()->str() : "other"];
  std::string text = std::to_string(tables.kernels()->size());
  const char *separator = ": ";
  for (const auto &[hero, count] : heroes) {
    text += separator + std::to_string(count) + " " + hero;
    separator = ", ";
  }
  printLine("kernels", text);
}

static void printGame(const format::Executable &tables) {
  static const char *const kUnits[] = {"steps", "images", "epochs"};
  for (const format::Data *data : *tables.data())
    for (const format::DataField *field : *data->fields())
      printLine("data", data->name()->str() + "." + field->name()->str() +
                            ": " + field->kind()->str() + " " +
                            textOf(*field->shape()));
  for (const format::Phase *phase : *tables.phases())
    printLine("phase",
              phase->name()->str() + ": " + std::to_string(phase->length()) +
                  " " + kUnits[static_cast<unsigned>(phase->unit())] +
                  ", batch " + std::to_string(phase->batch()) +
                  (phase->check()
                       ? ", asked every " + std::to_string(phase->check()) +
                             " steps whether it is over"
                       : ""));
  for (const format::Entry *entry : *tables.entries()) {
    std::string text = entry->name()->str() + ": " +
                       std::to_string(entry->nodes()->size()) + " nodes";
    for (const format::Binding *output : *entry->outputs())
      text += ", " + output->name()->str() +
              (output->shape()->size() ? " " + textOf(*output->shape()) : "");
    printLine("entry", text);
  }
}

static void printStorage(const format::Executable &tables) {
  static const char *const kKinds[] = {"parameters", "states",
                                       "optimizer states"};
  struct Sum {
    uint64_t tensors = 0, elements = 0;
    std::string lines;
  };
  std::map<std::pair<std::string, format::StorageKind>, Sum> sums;
  for (const format::Storage *storage : *tables.storage()) {
    Sum &sum = sums[{storage->owner()->str(), storage->kind()}];
    ++sum.tensors;
    sum.elements += elementCount(*storage->shape());
    sum.lines += "             " + storage->name()->str() + " " +
                 textOf(*storage->shape()) + "\n";
  }
  for (const auto &[key, sum] : sums) {
    printLine("storage", key.first + ": " + std::to_string(sum.elements) + " " +
                             kKinds[static_cast<unsigned>(key.second)] +
                             " in " + std::to_string(sum.tensors) + " tensors");
    if (key.second != format::StorageKind::Optimizer)
      std::fputs(sum.lines.c_str(), stdout);
  }
}

static Status info(const CommandContext &context) {
  const format::Executable &tables = context.executable.tables();
  printCompiler(tables);
  printCode(context.executable);
  printGame(tables);
  printStorage(tables);
  return Status();
}

constinit const Command gan::runtime::kInfo = {
    "info", "tell what is in this trainer", {}, info};
