// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Folders, archives and databases of images.
#include "runtime/data/FilePictures.h"
#include "runtime/data/ImageReader.h"
#include "runtime/data/PictureCache.h"
#include "runtime/data/Source.h"
#include "runtime/data/array/Array.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/data/image/Decode.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

namespace {
class ImageSource : public Source {
public:
  ImageSource(std::unique_ptr<Container> container, const Opening &opening)
      : container(std::move(container)), opening(opening),
        images(imageEntries(*this->container)) {}
  bool holdsImages() const;
  bool isShareable() const override { return true; }
  Result<std::unique_ptr<FieldReader>>
  read(const FieldRequest &request) const override;
  std::vector<std::string>
  recordNames(const FieldRequest &request) const override;

private:
  bool hasFolderFor(const FieldRequest &request) const;
  std::vector<size_t> entriesOf(const FieldRequest &request) const;
  Result<Share> shareOf(const FieldRequest &request) const;
  Result<std::unique_ptr<FieldReader>>
  readFolderLabels(const FieldRequest &request) const;

  std::unique_ptr<Container> container;
  Opening opening;
  std::vector<size_t> images; // entries
};
} // namespace

static std::vector<const format::DataField *>
pictureFields(const format::Data &data) {
  std::vector<const format::DataField *> fields;
  for (const format::DataField *field : *data.fields())
    if (isOfPictures(*field) && needsSource(*field))
      fields.push_back(field);
  return fields;
}

// Names without an ending say nothing, so the first has to be an image.
bool ImageSource::holdsImages() const {
  if (images.empty() || !endingOf(container->names()[images[0]]).empty())
    return !images.empty();
  Result<FileBytes> bytes = container->read(images[0], kMostImageFileBytes);
  return bytes.ok() && decodeImage(*bytes, container->path()).ok();
}

// Whether all images lie in folders that are called as the fields are.
bool ImageSource::hasFolderFor(const FieldRequest &request) const {
  std::vector<const format::DataField *> fields = pictureFields(request.data);
  return request.isShared && fields.size() > 1 &&
         std::all_of(images.begin(), images.end(), [&](size_t entry) {
           std::string_view name = container->names()[entry];
           return std::any_of(fields.begin(), fields.end(), [&](auto *field) {
             return name.starts_with(field->name()->str() + "/");
           });
         });
}

std::vector<size_t> ImageSource::entriesOf(const FieldRequest &request) const {
  if (!hasFolderFor(request))
    return images;
  std::vector<size_t> entries;
  for (size_t entry : images)
    if (container->names()[entry].starts_with(request.field.name()->str() +
                                              "/"))
      entries.push_back(entry);
  return entries;
}

// Without the folder of the field, and without the ending.
std::vector<std::string>
ImageSource::recordNames(const FieldRequest &request) const {
  std::vector<std::string> names;
  if (request.isShared && !hasFolderFor(request))
    return names; // side by side
  size_t skip = request.isShared ? request.field.name()->size() + 1 : 0;
  for (size_t entry : entriesOf(request)) {
    const std::string &name = container->names()[entry];
    names.push_back(
        name.substr(skip, name.size() - endingOf(name).size() - skip));
  }
  return names;
}

Result<std::unique_ptr<FieldReader>>
ImageSource::readFolderLabels(const FieldRequest &request) const {
  FolderLabels labels = labelsOf(*container, images);
  uint64_t folders = labels.folders.size();
  if (folders > request.field.classes())
    return Status(Code::Mismatch,
                  "its images lie in " + std::to_string(folders) +
                      " folders, but '" + request.name() +
                      "' of the model has " +
                      std::to_string(request.field.classes()) + " classes",
                  container->path());
  return readLabels(std::move(labels.labels), request.field);
}

// Side by side, where the pictures are for several fields and not in folders of
// theirs.
Result<Share> ImageSource::shareOf(const FieldRequest &request) const {
  std::vector<const format::DataField *> fields = pictureFields(request.data);
  if (!request.isShared || fields.size() == 1 || hasFolderFor(request))
    return Share();
  auto isPart = [](const format::DataField *each) { return !isMap(*each); };
  if (!std::all_of(fields.begin(), fields.end(), isPart))
    return Status(Code::Usage,
                  "images and maps of '" + request.data.name()->str() +
                      "' do not lie side by side: their folders are called as "
                      "the fields, or each field has a source, --data " +
                      request.name() + "=FILES",
                  container->path());
  return Share{static_cast<size_t>(
                   std::find(fields.begin(), fields.end(), &request.field) -
                   fields.begin()),
               fields.size()};
}

Result<std::unique_ptr<FieldReader>>
ImageSource::read(const FieldRequest &request) const {
  std::string_view kind = request.field.kind()->string_view();
  if (kind == "label")
    return readFolderLabels(request);
  if (!isOfPictures(request.field))
    return Status(Code::Usage,
                  "'" + request.name() + "' is of kind '" + std::string(kind) +
                      "', which is not read from images",
                  container->path());
  Result<Fit> fit = fitOf(request.data.name()->str(), request.field);
  if (!fit.ok())
    return fit.status();
  Result<Share> share = shareOf(request);
  if (!share.ok())
    return share.status();
  std::vector<size_t> entries = entriesOf(request);
  uint64_t identity =
      mixed(container->fingerprint(), share->parts << 32 | share->part);
  for (size_t entry : entries)
    identity = mixed(identity, entry);
  bool isOfClasses = isMap(request.field);
  std::unique_ptr<Pictures> pictures =
      filePictures(*container, std::move(entries), *share,
                   isOfClasses ? decodeNumbers : decodeImage);
  if (isOfClasses) {
    identity = mixed(identity, request.field.classes());
    pictures = checkClasses(std::move(pictures), request.field.classes());
  }
  pictures = fitPictures(std::move(pictures), *fit);
  if (!opening.keep.empty())
    pictures = cachePictures(std::move(pictures), *fit,
                             identityOf(identity, *fit), opening.keep);
  return readImages(std::move(pictures), *fit, request.data.name()->str(),
                    request.field, opening.workers);
}

Result<std::unique_ptr<Source>>
gan::runtime::imageSource(std::unique_ptr<Container> container,
                          const Opening &opening) {
  std::string path = container->path();
  auto source = std::make_unique<ImageSource>(std::move(container), opening);
  if (!source->holdsImages())
    return Status(Code::Damaged,
                  "it holds no images (.png, .jpg, .jpeg or .webp)", path);
  return std::unique_ptr<Source>(std::move(source));
}
