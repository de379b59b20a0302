// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Manifest.h"
#include "runtime/base/File.h"
#include "runtime/base/Json.h"
#include "runtime/format/Hash.h"

#include <cinttypes>
#include <cstdio>
#include <map>
#include <memory>

using namespace gan;
using namespace gan::runtime;

static constexpr uint64_t kForm = 1;
static constexpr uint64_t kPiece = 1 << 20;

static std::string hexOf(uint64_t hash) {
  char text[17];
  std::snprintf(text, sizeof(text), "%016" PRIx64, hash);
  return text;
}

RunIdentity gan::runtime::identityOf(const Executable &executable) {
  const format::Executable &tables = executable.tables();
  RunIdentity identity;
  identity.model = tables.model()->str();
  identity.source = hexOf(tables.source_hash());
  identity.compiler = tables.compiler()->str();
  for (const flatbuffers::String *flag : *tables.flags())
    if (!flag->string_view().starts_with("--target"))
      identity.flags.push_back(flag->str());
  std::vector<uint64_t> hashes;
  for (const format::Image *image : *tables.images())
    hashes.push_back(tables.segments()->Get(image->segment())->hash());
  identity.code =
      hexOf(format::hashBytes(hashes.data(), hashes.size() * sizeof(uint64_t)));
  return identity;
}

static std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : " ") + word;
  return text.empty() ? "no options" : "'" + text + "'";
}

std::string gan::runtime::differenceOf(const RunIdentity &run,
                                       const RunIdentity &asked) {
  auto differ = [](const std::string &what, const std::string &is,
                   const std::string &wanted) {
    return "the run has " + what + is + ", not " + wanted;
  };
  if (run.model != asked.model)
    return "the run is one of '" + run.model + "', not of '" + asked.model +
           "'";
  if (run.flags != asked.flags)
    return "the model of the run was built with " + joined(run.flags) +
           ", this one with " + joined(asked.flags);
  if (run.source != asked.source)
    return "the text of the model has changed since the run began";
  if (run.compiler != asked.compiler)
    return differ("code by ", run.compiler, asked.compiler);
  if (run.code != asked.code)
    return "the code of the kernels is another than that of the run";
  auto ofAdder = [](const std::string &arithmetic) {
    return arithmetic.empty() ? "of every processor" : "'" + arithmetic + "'";
  };
  if (run.arithmetic != asked.arithmetic)
    return differ("the arithmetic ", ofAdder(run.arithmetic),
                  ofAdder(asked.arithmetic) +
                      ": sums of products differ in their last bits");
  if (run.seed != asked.seed)
    return differ("seed ", std::to_string(run.seed),
                  std::to_string(asked.seed));
  std::map<std::string, uint64_t> records(run.records.begin(),
                                          run.records.end());
  for (const auto &[name, count] : asked.records)
    if (records[name] != count)
      return differ("", std::to_string(records[name]),
                    std::to_string(count) + " records of '" + name + "'");
  return "";
}

std::string gan::runtime::textOf(const Manifest &manifest) {
  const RunIdentity &run = manifest.run;
  Json records = Json::object(), files = Json::array();
  for (const auto &[name, count] : run.records)
    records[name] = count;
  for (const FileRecord &file : manifest.files)
    files.push_back(
        {{"name", file.name}, {"bytes", file.bytes}, {"hash", file.hash}});
  Json json = {{"form", kForm},
               {"step", manifest.passes},
               {"phase_ends", manifest.phaseEnds},
               {"model", run.model},
               {"source", run.source},
               {"flags", run.flags},
               {"compiler", run.compiler},
               {"code", run.code},
               {"seed", run.seed},
               {"records", std::move(records)},
               {"files", std::move(files)}};
  if (!run.arithmetic.empty())
    json["arithmetic"] = run.arithmetic;
  if (manifest.rollbacks)
    json["rollbacks"] = manifest.rollbacks;
  std::string line = printJson(json);
  return line + "\n" + hexOf(format::hashBytes(line.data(), line.size())) +
         "\n";
}

namespace {
// Takes members of a parsed object until one is not what it has to be.
class Members {
public:
  Members(const Json &object, const std::string &where)
      : object(object), where(where) {}

  std::string text(std::string_view key) {
    return take(textMember(object, key, where));
  }
  uint64_t size(std::string_view key) {
    return take(sizeMember(object, key, where));
  }
  std::vector<uint64_t> sizes(std::string_view key) {
    return take(sizesMember(object, key, where));
  }
  // The member, which has to be a list or, else, an object.
  const Json *container(std::string_view key, bool isList) {
    const Json *member = findMember(object, key);
    if (member && (isList ? member->is_array() : member->is_object()))
      return member;
    refuse(Status(Code::Damaged,
                  "'" + std::string(key) + "' is no " +
                      (isList ? "list" : "object"),
                  where));
    return nullptr;
  }
  void refuse(Status problem) {
    if (status.ok())
      status = std::move(problem);
  }

  Status status;

private:
  template <typename T> T take(Result<T> value) {
    if (value.ok())
      return value.take();
    refuse(value.status());
    return T();
  }
  const Json &object;
  const std::string &where;
};
} // namespace

static Status readLists(const Json &json, Members &members, Manifest &manifest,
                        const std::string &where) {
  if (const Json *flags = members.container("flags", /*isList=*/true))
    for (const Json &flag : *flags) {
      const std::string *text = flag.get_ptr<const std::string *>();
      if (!text)
        members.refuse(Status(Code::Damaged, "'flags' are no texts", where));
      else
        manifest.run.flags.push_back(*text);
    }
  if (const Json *records = members.container("records", /*isList=*/false)) {
    Members counts(*records, where);
    for (const auto &item : records->items())
      manifest.run.records.emplace_back(item.key(), counts.size(item.key()));
    members.refuse(counts.status);
  }
  if (const Json *files = members.container("files", /*isList=*/true))
    for (const Json &each : *files) {
      Members file(each, where);
      manifest.files.push_back({.name = file.text("name"),
                                .bytes = file.size("bytes"),
                                .hash = file.text("hash")});
      members.refuse(file.status);
    }
  return members.status;
}

Result<Manifest> gan::runtime::parseManifest(std::string_view text,
                                             const std::string &where) {
  size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  std::string hash = hexOf(format::hashBytes(line.data(), line.size())) + "\n";
  if (end == text.npos || text.substr(end + 1) != hash)
    return Status(Code::Damaged, "has another hash than it says", where);
  Result<Json> json = parseJson(line, where);
  if (!json.ok())
    return json.status();
  Members members(*json, where);
  uint64_t form = members.size("form");
  if (members.status.ok() && form != kForm)
    return Status(Code::Unsupported,
                  "has form " + std::to_string(form) + ", this program reads " +
                      std::to_string(kForm),
                  where);
  Manifest manifest;
  manifest.passes = members.size("step");
  manifest.phaseEnds = members.sizes("phase_ends");
  if (findMember(*json, "rollbacks"))
    manifest.rollbacks = members.size("rollbacks");
  if (findMember(*json, "arithmetic"))
    manifest.run.arithmetic = members.text("arithmetic");
  manifest.run.model = members.text("model");
  manifest.run.source = members.text("source");
  manifest.run.compiler = members.text("compiler");
  manifest.run.code = members.text("code");
  manifest.run.seed = members.size("seed");
  if (Status status = readLists(*json, members, manifest, where); !status.ok())
    return status;
  return manifest;
}

Result<FileRecord> gan::runtime::recordOf(const std::string &folder,
                                          const std::string &name) {
  Result<InputFile> file = InputFile::open(folder + "/" + name);
  if (!file.ok())
    return file.status();
  std::unique_ptr<XXH64_state_t, decltype(&XXH64_freeState)> state(
      XXH64_createState(), XXH64_freeState);
  XXH64_reset(state.get(), 0);
  FileBytes piece;
  for (uint64_t at = 0; at < file->size(); at += piece.size()) {
    piece.resize(std::min(kPiece, file->size() - at));
    if (Status read = file->readAt(at, piece); !read.ok())
      return read;
    XXH64_update(state.get(), piece.data(), piece.size());
  }
  return FileRecord{.name = name,
                    .bytes = file->size(),
                    .hash = hexOf(XXH64_digest(state.get()))};
}
