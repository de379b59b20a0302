// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Launch.h"

#include <cstring>

using namespace gan::sim;

Status Image::place(const Variable &variable) {
  if (variable.space == Space::Shared)
    return Status();
  if (variable.external)
    return Status(Code::Unsupported,
                  "variable '" + std::string(variable.name) +
                      "' is defined in another module",
                  module->file + ":" + std::to_string(variable.line));
  Use use = variable.space == Space::Const ? Use::ReadOnly : Use::ReadWrite;
  Result<uint64_t> address =
      memory->allocate(variable.bytes, std::string(variable.name), use);
  if (!address.ok())
    return address.status();
  addresses[variable.name] = *address;
  // PTX initialises to zero what the file says nothing of.
  if (!variable.initialised)
    return memory->fill(*address, variable.bytes, std::byte{0});
  return memory->write(*address, variable.content);
}

// Initial values that are addresses of other variables.
Status Image::relocate(const Variable &variable) {
  for (const Variable::Relocation &relocation : variable.relocations) {
    auto found = addresses.find(relocation.name);
    if (found == addresses.end())
      return Status(Code::Damaged,
                    "'" + std::string(relocation.name) +
                        "' is no variable whose address is known",
                    module->file + ":" + std::to_string(variable.line));
    uint64_t value = found->second + uint64_t(relocation.addend);
    Status status = memory->write(addresses[variable.name] + relocation.offset,
                                  std::as_bytes(std::span(&value, 1)));
    if (!status.ok())
      return status;
  }
  return Status();
}

Result<Image> Image::load(const Module &module, Memory &memory) {
  Image image(module, memory);
  for (const Variable &variable : module.variables)
    if (Status status = image.place(variable); !status.ok())
      return status;
  for (const Variable &variable : module.variables)
    if (Status status = image.relocate(variable); !status.ok())
      return status;
  return std::move(image);
}

Result<Program> Image::kernel(std::string_view entry) const {
  return decode(*module, entry, addresses);
}
