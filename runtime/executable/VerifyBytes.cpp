// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The bytes of a .ganx: what can be checked without understanding it.
#include "runtime/executable/Verify.h"

#include "runtime/format/Hash.h"
#include "runtime/format/Layout.h"

#include <algorithm>
#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

using Bytes = std::span<const std::byte>;

static Status damaged(const std::string &name, std::string sentence) {
  return Status(Code::Damaged, std::move(sentence), name);
}

static bool isZero(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](std::byte b) { return b == std::byte{0}; });
}

static Status verifyHeader(Bytes file, const std::string &name,
                           format::FileHeader &header) {
  if (file.size() < sizeof(header))
    return damaged(name, "ends inside its header");
  std::memcpy(&header, file.data(), sizeof(header));
  if (std::memcmp(header.magic, format::kHeaderMagic, sizeof(header.magic)))
    return damaged(name, "does not begin as a .ganx does");
  if (header.version != format::kFormatVersion)
    return Status(Code::Unsupported,
                  "is of version " + std::to_string(header.version) +
                      " of the format, this program reads version " +
                      std::to_string(format::kFormatVersion),
                  name);
  if (header.reserved0 != 0 ||
      !isZero(std::as_bytes(std::span(header.reserved))))
    return damaged(name, "has reserved bytes in its header that are not zero");
  if (header.fileBytes != file.size())
    return damaged(name, "has " + std::to_string(file.size()) +
                             " bytes, its header says " +
                             std::to_string(header.fileBytes));
  if (header.tableBytes > kMaxTableBytes ||
      header.tableBytes > file.size() - sizeof(header))
    return damaged(name, "has a table of " + std::to_string(header.tableBytes) +
                             " bytes that does not fit");
  return {};
}

static Status verifyTable(Bytes table, const std::string &name) {
  auto *start = reinterpret_cast<const uint8_t *>(table.data());
  flatbuffers::Verifier verifier(start, table.size(), kMaxDepth, kMaxTables);
  if (!format::VerifyExecutableBuffer(verifier))
    return damaged(name, "has a table that is not a FlatBuffer of a .ganx");
  const format::Executable &exe = *format::GetExecutable(start);
  if (Status good = verifyAlignment({exe, name}); !good.ok())
    return good;
  if (exe.format_version() != format::kFormatVersion ||
      exe.schema_hash() != format::schemaHash())
    return Status(Code::Unsupported,
                  "was made by " + exe.compiler()->str() +
                      ", whose format differs from that of this program",
                  name);
  if (exe.source_hash() !=
      format::hashBytes(exe.source()->data(), exe.source()->size()))
    return damaged(name, "has a model text that differs from its hash");
  return {};
}

// Segments follow the table and each other with nothing but zeros up to the
// next aligned place between them, and the last one ends the file.
static Status verifySegments(Bytes file, uint64_t end,
                             const format::Executable &exe,
                             const std::string &name) {
  for (uint32_t i = 0; i < exe.segments()->size(); ++i) {
    const format::Segment &segment = *exe.segments()->Get(i);
    std::string what = "segment " + std::to_string(i);
    if (segment.offset() % format::kSegmentAlignment != 0 ||
        segment.offset() < end ||
        segment.offset() - end >= format::kImageAlignment ||
        !(Checked(segment.offset()) + segment.bytes()).atMost(file.size()))
      return damaged(name, what + " of " + std::to_string(segment.bytes()) +
                               " bytes cannot stand at " +
                               std::to_string(segment.offset()));
    if (!isZero(file.subspan(end, segment.offset() - end)))
      return damaged(name, "has bytes before " + what + " that are not zero");
    Bytes content = file.subspan(segment.offset(), segment.bytes());
    if (format::hashBytes(content.data(), content.size()) != segment.hash())
      return damaged(name, what + " differs from its hash");
    end = segment.offset() + segment.bytes();
  }
  if (end != file.size())
    return damaged(name, "goes on for " + std::to_string(file.size() - end) +
                             " bytes behind its last segment");
  return {};
}

Status gan::runtime::verify::verifyBytes(Bytes file, const std::string &name) {
  format::FileHeader header;
  if (Status good = verifyHeader(file, name, header); !good.ok())
    return good;
  Bytes table = file.subspan(sizeof(header), header.tableBytes);
  if (format::hashBytes(table.data(), table.size()) != header.tableHash)
    return damaged(name, "has a table that differs from its hash");
  if (Status good = verifyTable(table, name); !good.ok())
    return good;
  return verifySegments(file, sizeof(header) + header.tableBytes,
                        *format::GetExecutable(table.data()), name);
}
