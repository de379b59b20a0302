// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/PictureCache.h"
#include "runtime/base/File.h"
#include "runtime/base/Log.h"
#include "runtime/base/SlotFile.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/format/Hash.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

// Goes up when the same files give other pictures.
static constexpr uint64_t kVersion = 1;
// Pictures that are cut anywhere are of any aspect; what is longer than this
// many times its width is made each time.
static constexpr int64_t kMostKeptAspect = 3;

namespace {
// What a slot begins with; the pixels follow.
struct SlotHeader {
  uint64_t hash; // of all behind it
  uint32_t width, height;
};

class CachedPictures : public Pictures {
public:
  CachedPictures(std::unique_ptr<Pictures> source, const Fit &fit,
                 SlotFile file, uint64_t slotBytes)
      : source(std::move(source)), fit(fit), file(std::move(file)),
        slotBytes(slotBytes) {}
  uint64_t count() const override { return source->count(); }
  std::string nameOf(uint64_t record) const override {
    return source->nameOf(record);
  }
  Result<Picture> load(uint64_t record) const override;

private:
  bool read(uint64_t record, Picture &picture) const;
  void keep(uint64_t record, const Picture &picture) const;

  std::unique_ptr<Pictures> source;
  Fit fit;
  SlotFile file;
  uint64_t slotBytes;
  mutable std::atomic<bool> isFull = false;
};
} // namespace

static uint64_t hashOf(std::span<const std::byte> slot) {
  return format::hashBytes(slot.data() + sizeof(uint64_t),
                           slot.size() - sizeof(uint64_t));
}

// The slot is copied before it is trusted: others may write to it.
bool CachedPictures::read(uint64_t record, Picture &picture) const {
  std::span<const std::byte> slot = file.slot(record);
  SlotHeader header;
  std::memcpy(&header, slot.data(), sizeof(header));
  uint64_t bytes = uint64_t{header.width} * header.height;
  // Smaller than what is cut out of it there is none.
  if (header.width < fit.width || header.height < fit.height ||
      bytes > slotBytes)
    return false;
  bytes = bytes * fit.channels + sizeof(header);
  if (bytes > slotBytes)
    return false;
  FileBytes copy(slot.begin(), slot.begin() + bytes);
  if (hashOf(copy) != header.hash ||
      std::memcmp(copy.data(), &header, sizeof(header)) != 0)
    return false;
  picture = {header.width, header.height, fit.channels,
             std::vector<uint8_t>(bytes - sizeof(header))};
  std::memcpy(picture.pixels.data(), copy.data() + sizeof(header),
              picture.pixels.size());
  return true;
}

void CachedPictures::keep(uint64_t record, const Picture &picture) const {
  FileBytes slot(sizeof(SlotHeader) + picture.pixels.size());
  if (slot.size() > slotBytes || isFull)
    return;
  SlotHeader header{0, static_cast<uint32_t>(picture.width),
                    static_cast<uint32_t>(picture.height)};
  std::memcpy(slot.data(), &header, sizeof(header));
  std::memcpy(slot.data() + sizeof(header), picture.pixels.data(),
              picture.pixels.size());
  header.hash = hashOf(slot);
  std::memcpy(slot.data(), &header.hash, sizeof(header.hash));
  if (Status status = file.write(record, slot);
      !status.ok() && !isFull.exchange(true))
    logWarning(status.text() + "; pictures are not kept from here on");
}

Result<Picture> CachedPictures::load(uint64_t record) const {
  Picture kept;
  if (read(record, kept))
    return kept;
  Result<Picture> picture = source->load(record);
  if (picture.ok())
    keep(record, *picture);
  return picture;
}

uint64_t gan::runtime::identityOf(uint64_t source, const Fit &fit) {
  uint64_t identity = mixed(kVersion, source);
  for (int64_t number :
       {fit.channels, fit.height, fit.width, fit.resize,
        static_cast<int64_t>(fit.filter), int64_t{fit.cutsAnywhere}})
    identity = mixed(identity, static_cast<uint64_t>(number));
  return identity;
}

std::unique_ptr<Pictures>
gan::runtime::cachePictures(std::unique_ptr<Pictures> fitted, const Fit &fit,
                            uint64_t identity, const std::string &folder) {
  int64_t side = fit.resize ? fit.resize : std::max(fit.height, fit.width);
  int64_t pixels =
      fit.cutsAnywhere ? kMostKeptAspect * side * side : fit.height * fit.width;
  uint64_t slotBytes = sizeof(SlotHeader) + pixels * fit.channels;
  char name[40];
  std::snprintf(name, sizeof(name), "/%016llx.pictures",
                static_cast<unsigned long long>(identity));
  Status made = makeFolders(folder);
  Result<SlotFile> file =
      made.ok() ? SlotFile::open(folder + name, fitted->count(), slotBytes)
                : made;
  if (!file.ok()) {
    logWarning(file.status().text() + "; pictures are not kept");
    return fitted;
  }
  return std::make_unique<CachedPictures>(std::move(fitted), fit, file.take(),
                                          slotBytes);
}
