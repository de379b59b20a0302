// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/WriteExecutable.h"

#include "runtime/format/Layout.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>

using namespace gan;

// What stands in front of the .ganx: the runtime, filled up to a page.
static uint64_t paddedSize(uint64_t bytes) {
  return (bytes + format::kImageAlignment - 1) / format::kImageAlignment *
         format::kImageAlignment;
}

static void writeTrainer(llvm::raw_ostream &os, llvm::StringRef runtime,
                         llvm::ArrayRef<char> ganx) {
  format::FileTrailer trailer = {};
  std::memcpy(trailer.magic, format::kTrailerMagic, sizeof(trailer.magic));
  trailer.offset = paddedSize(runtime.size());
  trailer.bytes = ganx.size();
  os << runtime;
  os.write_zeros(trailer.offset - runtime.size());
  os.write(ganx.data(), ganx.size());
  os.write(reinterpret_cast<const char *>(&trailer), sizeof(trailer));
}

std::string gan::appendToRuntime(llvm::StringRef runtime,
                                 llvm::ArrayRef<char> ganx,
                                 llvm::StringRef output) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> image =
      llvm::MemoryBuffer::getFile(runtime, /*IsText=*/false,
                                  /*RequiresNullTerminator=*/false);
  if (!image)
    return "cannot read '" + runtime.str() + "': " + image.getError().message();
  llvm::Expected<llvm::sys::fs::TempFile> file =
      llvm::sys::fs::TempFile::create(output + ".%%%%%%", 0755);
  if (!file)
    return "cannot write beside '" + output.str() +
           "': " + llvm::toString(file.takeError());
  std::error_code error;
  {
    llvm::raw_fd_ostream os(file->FD, /*shouldClose=*/false);
    writeTrainer(os, (*image)->getBuffer(), ganx);
    os.flush();
    error = os.error();
    os.clear_error();
  }
  if (error) {
    llvm::consumeError(file->discard());
    return "cannot write '" + output.str() + "': " + error.message();
  }
  llvm::sys::fs::setPermissions(file->FD, llvm::sys::fs::perms(0755));
  if (llvm::Error failure = file->keep(output))
    return "cannot write '" + output.str() +
           "': " + llvm::toString(std::move(failure));
  return "";
}
