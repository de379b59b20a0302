// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Checkpoints.h"
#include "runtime/base/File.h"
#include "runtime/checkpoint/Storage.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

static constexpr const char *kManifestFile = "manifest.json";
static constexpr uint64_t kMostManifest = 1 << 20;
// Of what is being written, or removed.
static constexpr std::string_view kUnfinished = "unfinished-";

// Wide enough that names sort as numbers do in any run that ends.
static std::string nameOf(uint64_t passes) {
  char text[24];
  std::snprintf(text, sizeof(text), "%09llu",
                static_cast<unsigned long long>(passes));
  return text;
}

// The number in the name of a checkpoint.
static uint64_t passesOf(const std::string &path) {
  uint64_t passes = 0;
  std::from_chars(path.data() + path.rfind('/') + 1, path.data() + path.size(),
                  passes);
  return passes;
}

static bool isCheckpoint(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

Result<std::vector<std::string>> Checkpoints::list() const {
  if (!exists(folder))
    return std::vector<std::string>();
  Result<std::vector<std::string>> names = listFolder(folder);
  if (!names.ok())
    return names.status();
  std::vector<std::string> found;
  for (const std::string &name : *names)
    if (isCheckpoint(name))
      found.push_back(folder + "/" + name);
  std::reverse(found.begin(), found.end());
  return found;
}

// ---- reading

static Status verifyFile(const std::string &path, const FileRecord &expected) {
  if (expected.name.find('/') != std::string::npos)
    return Status(Code::Damaged, "names '" + expected.name + "'", path);
  Result<FileRecord> found = recordOf(path, expected.name);
  if (!found.ok())
    return found.status();
  if (found->bytes != expected.bytes)
    return Status(Code::Damaged,
                  "has " + std::to_string(found->bytes) + " bytes, not " +
                      std::to_string(expected.bytes),
                  path + "/" + expected.name);
  if (found->hash != expected.hash)
    return Status(Code::Damaged, "has another hash than when it was written",
                  path + "/" + expected.name);
  return Status();
}

static Result<Manifest> readManifest(const std::string &path) {
  std::string manifestPath = path + "/" + kManifestFile;
  Result<FileBytes> text = readFile(manifestPath, kMostManifest);
  return text.ok() ? parseManifest(runtime::textOf(*text), manifestPath)
                   : text.status();
}

Result<Manifest> Checkpoints::verify(const std::string &path) {
  Result<Manifest> manifest = readManifest(path);
  if (!manifest.ok())
    return manifest.status();
  for (const char *name : {kWeightsFile, kOptimizerFile})
    if (std::none_of(manifest->files.begin(), manifest->files.end(),
                     [&](const FileRecord &file) { return file.name == name; }))
      return Status(Code::Damaged,
                    std::string("does not tell of '") + name + "'",
                    path + "/" + kManifestFile);
  for (const FileRecord &file : manifest->files)
    if (Status status = verifyFile(path, file); !status.ok())
      return status;
  return manifest;
}

Status Checkpoints::verifyNames() const {
  Result<std::vector<std::string>> paths = list();
  if (!paths.ok())
    return paths.status();
  std::vector<FileRecord> known;
  for (const std::string &path : *paths)
    if (Result<Manifest> manifest = readManifest(path); manifest.ok())
      known.insert(known.end(), manifest->files.begin(), manifest->files.end());
  for (const char *name : {kWeightsFile, kOptimizerFile}) {
    if (!exists(run + "/" + name))
      continue;
    Result<FileRecord> found = recordOf(run, name);
    if (!found.ok())
      return found.status();
    if (std::find(known.begin(), known.end(), *found) == known.end())
      return Status(Code::Damaged,
                    "is that of no checkpoint; when the run goes on, it is "
                    "replaced",
                    run + "/" + name);
  }
  return Status();
}

Result<std::optional<Checkpoints::Found>>
Checkpoints::findLatest(std::vector<Status> &passedOver,
                        uint64_t before) const {
  Result<std::vector<std::string>> paths = list();
  if (!paths.ok())
    return paths.status();
  std::erase_if(*paths, [&](const std::string &path) {
    return passesOf(path) >= before;
  });
  for (const std::string &path : *paths) {
    Result<Manifest> manifest = verify(path);
    if (manifest.ok())
      return std::optional<Found>({path, manifest.take()});
    passedOver.push_back(manifest.status());
  }
  if (!paths->empty())
    return Status(Code::Damaged, "no checkpoint of the run is whole", folder);
  return std::optional<Found>();
}

// ---- writing

Status Checkpoints::write(const Executable &executable, Device &device,
                          Manifest &manifest,
                          const std::optional<Rating> &rating,
                          const std::string &into) const {
  Status status = saveStorage(executable, device, into);
  std::vector<std::string> names = {kWeightsFile, kOptimizerFile};
  if (status.ok() && rating) {
    names.push_back(kRatingFile);
    status =
        writeFile(into + "/" + kRatingFile, bytesOf(runtime::textOf(*rating)));
  }
  for (const std::string &name : names) {
    if (!status.ok())
      return status;
    Result<FileRecord> record = recordOf(into, name);
    if (record.ok())
      manifest.files.push_back(record.take());
    else
      status = record.status();
  }
  return status.ok() ? writeFile(into + "/" + kManifestFile,
                                 bytesOf(runtime::textOf(manifest)))
                     : status;
}

// The files of the run are those of the checkpoint; where no file can have two
// names, the same once more.
Status Checkpoints::nameInRun(const Executable &executable, Device &device,
                              const std::string &checkpoint) const {
  for (const char *name : {kOptimizerFile, kWeightsFile}) {
    Status status = linkFile(checkpoint + "/" + name, run + "/" + name);
    if (status.code() == Code::Unsupported)
      return saveStorage(executable, device, run);
    if (!status.ok())
      return status;
  }
  return Status();
}

// A folder that is being removed has lost its name first.
static Status removeCheckpoint(const std::string &folder,
                               const std::string &path) {
  std::string aside = folder + "/" + std::string(kUnfinished) + "removed";
  if (exists(aside))
    if (Status status = removeFolder(aside); !status.ok())
      return status;
  Status status = renamePath(path, aside);
  return status.ok() ? removeFolder(aside) : status;
}

// Later ones than `latest` were not whole, or the run would have gone on from
// them: they are no reason to remove what is.
Status Checkpoints::prune(const std::string &latest, uint64_t keep,
                          uint64_t doubtfulSince) const {
  Result<std::vector<std::string>> paths = list();
  if (!paths.ok())
    return paths.status();
  size_t later =
      std::count_if(paths->begin(), paths->end(),
                    [&](const std::string &path) { return path > latest; });
  std::vector<std::string> present(paths->begin() + later, paths->end());
  std::vector<bool> isBest = findBest(present);
  std::vector<std::string> superfluous(paths->begin(), paths->begin() + later);
  bool hasUndoubted = false;
  for (size_t i = 0; i < present.size(); ++i) {
    bool isUndoubted = !hasUndoubted && passesOf(present[i]) < doubtfulSince;
    hasUndoubted |= isUndoubted;
    if (i >= keep && !isBest[i] && !isUndoubted)
      superfluous.push_back(present[i]);
  }
  for (const std::string &path : superfluous)
    if (Status status = removeCheckpoint(folder, path); !status.ok())
      return status;
  return Status();
}

Status Checkpoints::save(const Executable &executable, Device &device,
                         Manifest manifest, uint64_t keep,
                         const std::optional<Rating> &rating,
                         std::optional<uint64_t> doubtfulSince) const {
  std::string unfinished = folder + "/" + std::string(kUnfinished) + "new";
  std::string path = folder + "/" + nameOf(manifest.passes);
  Status status = makeFolders(folder);
  if (status.ok() && exists(unfinished)) // of a process that was killed
    status = removeFolder(unfinished);
  if (status.ok())
    status = makeNewFolder(unfinished);
  if (status.ok())
    status = write(executable, device, manifest, rating, unfinished);
  // One that was not whole, as this run has come here again.
  if (status.ok() && exists(path))
    status = removeCheckpoint(folder, path);
  if (status.ok())
    status = renamePath(unfinished, path);
  if (status.ok())
    status = nameInRun(executable, device, path);
  return status.ok() ? prune(path, keep, doubtfulSince.value_or(UINT64_MAX))
                     : status;
}

Status Checkpoints::removeAfter(uint64_t after) const {
  Result<std::vector<std::string>> paths = list();
  if (!paths.ok())
    return paths.status();
  for (const std::string &path : *paths)
    if (passesOf(path) > after)
      if (Status status = removeCheckpoint(folder, path); !status.ok())
        return status;
  return Status();
}

// No checkpoint is of step 0, unless the run ended before its first.
Status Checkpoints::clear() const {
  Status status = removeAfter(0);
  std::string first = folder + "/" + nameOf(0);
  return status.ok() && exists(first) ? removeCheckpoint(folder, first)
                                      : status;
}
