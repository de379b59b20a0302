// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/FilePictures.h"
#include "runtime/data/image/Decode.h"

#include <algorithm>

using namespace gan::runtime;

namespace {
class Files : public Pictures {
public:
  Files(const Container &container, std::vector<size_t> entries, Share share,
        DecodeFn decode)
      : container(container), entries(std::move(entries)), share(share),
        decode(decode) {}
  uint64_t count() const override { return entries.size(); }
  std::string nameOf(uint64_t record) const override {
    return container.nameOf(entries[record]);
  }
  Result<Picture> load(uint64_t record) const override;

private:
  const Container &container;
  std::vector<size_t> entries;
  Share share;
  DecodeFn decode;
};
} // namespace

// Columns [left, left + width).
static Picture columnsOf(const Picture &picture, int64_t left, int64_t width) {
  Picture part = {width, picture.height, picture.channels, {}};
  part.pixels.reserve(width * picture.height * picture.channels);
  for (int64_t y = 0; y < picture.height; ++y) {
    auto row =
        picture.pixels.begin() + (y * picture.width + left) * picture.channels;
    part.pixels.insert(part.pixels.end(), row, row + width * picture.channels);
  }
  return part;
}

Result<Picture> Files::load(uint64_t record) const {
  Result<FileBytes> bytes =
      container.read(entries[record], kMostImageFileBytes);
  if (!bytes.ok())
    return bytes.status();
  Result<Picture> picture = decode(*bytes, nameOf(record));
  if (!picture.ok() || share.parts == 1)
    return picture;
  auto parts = static_cast<int64_t>(share.parts);
  if (picture->width % parts != 0)
    return Status(Code::Damaged,
                  "the image is " + std::to_string(picture->width) +
                      " pixels wide, which are not " + std::to_string(parts) +
                      " images side by side",
                  nameOf(record));
  int64_t width = picture->width / parts;
  return columnsOf(*picture, width * static_cast<int64_t>(share.part), width);
}

std::string gan::runtime::endingOf(const std::string &name) {
  size_t dot = name.rfind('.');
  if (dot == std::string::npos || name.find('/', dot) != std::string::npos)
    return "";
  std::string ending = name.substr(dot);
  for (char &c : ending)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return ending;
}

std::vector<size_t> gan::runtime::imageEntries(const Container &container) {
  std::vector<size_t> images, others;
  for (size_t i = 0; i < container.names().size(); ++i) {
    std::string ending = endingOf(container.names()[i]);
    if (ending == ".png" || ending == ".jpg" || ending == ".jpeg" ||
        ending == ".webp")
      images.push_back(i);
    else if (ending.empty())
      others.push_back(i);
  }
  return images.empty() ? others : images;
}

std::unique_ptr<Pictures>
gan::runtime::filePictures(const Container &container,
                           std::vector<size_t> entries, Share share,
                           DecodeFn decode) {
  return std::make_unique<Files>(container, std::move(entries), share, decode);
}

FolderLabels gan::runtime::labelsOf(const Container &container,
                                    const std::vector<size_t> &entries) {
  std::vector<std::string> folders;
  for (size_t entry : entries)
    folders.push_back(folderOf(container.names()[entry]));
  FolderLabels result{{}, folders};
  std::sort(result.folders.begin(), result.folders.end());
  auto end = std::unique(result.folders.begin(), result.folders.end());
  result.folders.erase(end, result.folders.end());
  for (const std::string &folder : folders)
    result.labels.push_back(static_cast<uint32_t>(
        std::lower_bound(result.folders.begin(), result.folders.end(), folder) -
        result.folders.begin()));
  return result;
}
