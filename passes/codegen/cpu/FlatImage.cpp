// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/cpu/FlatImage.h"

#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"

using namespace gan;
using namespace llvm;
using object::ELF64LEObjectFile;
using object::ELFSectionRef;
using object::SectionRef;
using object::SymbolRef;

namespace {
// One object on its way into one image.
struct Flattener {
  explicit Flattener(const ELF64LEObjectFile &object) : object(object) {}

  const ELF64LEObjectFile &object;
  Image image;
  DenseMap<uint64_t, uint64_t> offsets; // section index -> offset in the image

  Error place(bool isCode);
  Expected<uint64_t> addressOf(const SymbolRef &symbol);
  Error resolve(const SectionRef &section);
  Error findEntries();
};
} // namespace

static Error refuse(const Twine &what) {
  return createStringError(inconvertibleErrorCode(), what);
}

// Unwind tables serve debuggers and exceptions; an image has neither.
static bool isDropped(const SectionRef &section) {
  uint64_t flags = ELFSectionRef(section).getFlags();
  return !(flags & ELF::SHF_ALLOC) ||
         cantFail(section.getName()) == ".eh_frame";
}

Error Flattener::place(bool isCode) {
  for (const SectionRef &section : object.sections()) {
    if (isDropped(section) || section.isText() != isCode ||
        section.getSize() == 0)
      continue;
    if (ELFSectionRef(section).getFlags() & ELF::SHF_WRITE)
      return refuse("section '" + cantFail(section.getName()) +
                    "' is writable");
    image.bytes.resize(alignTo(image.bytes.size(), section.getAlignment()));
    offsets[section.getIndex()] = image.bytes.size();
    StringRef contents = cantFail(section.getContents());
    image.bytes.insert(image.bytes.end(), contents.begin(), contents.end());
  }
  return Error::success();
}

Expected<uint64_t> Flattener::addressOf(const SymbolRef &symbol) {
  Expected<object::section_iterator> section = symbol.getSection();
  if (!section)
    return section.takeError();
  if (*section == object.section_end() ||
      !offsets.contains((*section)->getIndex()))
    return refuse("'" + cantFail(symbol.getName()) + "' is not defined");
  return offsets[(*section)->getIndex()] + cantFail(symbol.getValue());
}

// S + A - P: the symbol, the addend, the place.
Error Flattener::resolve(const SectionRef &section) {
  Expected<object::section_iterator> target = section.getRelocatedSection();
  if (!target)
    return target.takeError();
  if (*target == object.section_end() ||
      !offsets.contains((*target)->getIndex()))
    return Error::success();
  for (const object::ELFRelocationRef relocation : section.relocations()) {
    Expected<uint64_t> symbol = addressOf(*relocation.getSymbol());
    if (!symbol)
      return symbol.takeError();
    uint64_t place = offsets[(*target)->getIndex()] + relocation.getOffset();
    int64_t value = *symbol + cantFail(relocation.getAddend()) - place;
    char *bytes = image.bytes.data() + place;
    switch (relocation.getType()) {
    case ELF::R_X86_64_PC32:
    case ELF::R_X86_64_PLT32:
      if (!isInt<32>(value))
        return refuse("the image is too large");
      support::endian::write32le(bytes, value);
      break;
    case ELF::R_X86_64_PC64:
      support::endian::write64le(bytes, value);
      break;
    default:
      SmallString<32> name;
      relocation.getTypeName(name);
      return refuse("'" + cantFail(relocation.getSymbol()->getName()) +
                    "' needs relocation " + name);
    }
  }
  return Error::success();
}

Error Flattener::findEntries() {
  for (const object::ELFSymbolRef symbol : object.symbols()) {
    if (symbol.getELFType() != ELF::STT_FUNC ||
        symbol.getBinding() != ELF::STB_GLOBAL)
      continue;
    Expected<uint64_t> address = addressOf(symbol);
    if (!address)
      return address.takeError();
    image.entries[cantFail(symbol.getName())] = *address;
  }
  return Error::success();
}

Expected<Image> gan::flattenObject(StringRef bytes) {
  Expected<std::unique_ptr<object::ObjectFile>> file =
      object::ObjectFile::createELFObjectFile(
          MemoryBufferRef(bytes, "kernels"));
  if (!file)
    return file.takeError();
  Flattener flattener(cast<ELF64LEObjectFile>(**file));
  for (bool isCode : {true, false})
    if (Error error = flattener.place(isCode))
      return std::move(error);
  for (const SectionRef &section : flattener.object.sections())
    if (Error error = flattener.resolve(section))
      return std::move(error);
  if (Error error = flattener.findEntries())
    return std::move(error);
  return std::move(flattener.image);
}
