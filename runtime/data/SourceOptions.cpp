// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/SourceOptions.h"
#include "runtime/data/Synthetic.h"

#include <vector>

using namespace gan;
using namespace gan::runtime;

static Status misused(const std::string &sentence) {
  return Status(Code::Usage, sentence, "--data");
}

std::string gan::runtime::nameOf(const format::Data &data,
                                 const format::DataField &field) {
  return data.name()->str() + "." + field.name()->str();
}

bool gan::runtime::needsSource(const format::DataField &field) {
  std::string_view kind = field.kind()->string_view();
  return !isSynthetic(kind) && kind != "index" && !field.other();
}

static std::vector<const format::DataField *>
fieldsToName(const format::Data &data) {
  std::vector<const format::DataField *> fields;
  for (const format::DataField *field : *data.fields())
    if (needsSource(*field))
      fields.push_back(field);
  return fields;
}

// "'a', 'b'"
template <typename List, typename NameFn>
static std::string listNames(const List &list, NameFn name) {
  std::string text;
  for (const auto *item : list)
    text += (text.empty() ? "'" : ", '") + name(item) + "'";
  return text;
}

static Status add(std::map<std::string, std::string> &sources,
                  const std::string &name, const std::string &source) {
  if (!sources.emplace(name, source).second)
    return misused("there are two sources for '" + name + "': '" +
                   sources[name] + "' and '" + source + "'");
  return Status();
}

Result<const format::DataField *>
gan::runtime::mainField(const format::Data &data) {
  std::vector<const format::DataField *> fields = fieldsToName(data), images;
  std::string name = data.name()->str();
  for (const format::DataField *field : fields)
    if (field->kind()->string_view() == "image")
      images.push_back(field);
  if (images.size() == 1)
    return images.front();
  if (fields.size() == 1)
    return fields.front();
  if (fields.empty())
    return misused("'" + name + "' needs no source: all of it is made");
  return misused("say for which field of '" + name + "' the file is: " +
                 listNames(fields, [&](const format::DataField *field) {
                   return nameOf(data, *field);
                 }));
}

static Status addForData(NamedSources &sources, const format::Data &data,
                         const std::string &source) {
  if (fieldsToName(data).empty())
    return mainField(data).status();
  return add(sources.data, data.name()->str(), source);
}

static Status addForOnly(NamedSources &sources, const DataTables &tables,
                         const std::string &source) {
  std::vector<const format::Data *> needing;
  for (const format::Data *data : tables)
    if (!fieldsToName(*data).empty())
      needing.push_back(data);
  if (source == "random") {
    for (const format::Data *data : needing)
      if (Status status = addForData(sources, *data, source); !status.ok())
        return status;
    return Status();
  }
  if (needing.size() == 1)
    return addForData(sources, *needing.front(), source);
  if (needing.empty())
    return misused("the model needs no source: all of its data are made");
  return misused("say for which data '" + source + "' is, NAME=" + source +
                 ": " + listNames(needing, [](const format::Data *data) {
                   return data->name()->str();
                 }));
}

namespace {
// One option, taken apart.
struct Said {
  std::string data, field, source; // empty where not said
};
} // namespace

// What stands before '=' is a name if it looks like one; a path may hold '='.
static Said takeApart(const std::string &option) {
  size_t equals = option.find('=');
  std::string name = option.substr(0, equals);
  bool isName = equals != std::string::npos && !name.empty() &&
                name.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_.") == std::string::npos;
  if (!isName)
    return {"", "", option};
  size_t dot = name.find('.');
  return {name.substr(0, dot),
          dot == std::string::npos ? "" : name.substr(dot + 1),
          option.substr(equals + 1)};
}

static const format::Data *findData(const DataTables &tables,
                                    const std::string &name) {
  for (const format::Data *data : tables)
    if (data->name()->string_view() == name)
      return data;
  return nullptr;
}

static Status checkNamed(const DataTables &tables, const Said &said) {
  if (said.source.empty())
    return misused("expected a file or 'random' as source, found nothing");
  if (said.data.empty())
    return Status();
  const format::Data *data = findData(tables, said.data);
  if (!data)
    return misused("the model has no data '" + said.data + "', it has " +
                   listNames(tables, [](const format::Data *each) {
                     return each->name()->str();
                   }));
  if (said.field.empty())
    return Status();
  for (const format::DataField *field : *data->fields())
    if (field->name()->string_view() == said.field)
      return needsSource(*field) ? Status()
                                 : misused("'" + said.data + "." + said.field +
                                           "' needs no source: it is made");
  return misused("'" + said.data + "' has no field '" + said.field +
                 "', it has " +
                 listNames(*data->fields(), [](const format::DataField *each) {
                   return each->name()->str();
                 }));
}

Result<NamedSources>
gan::runtime::assignSources(const DataTables &tables,
                            std::span<const std::string> options) {
  NamedSources sources;
  for (const std::string &option : options) {
    Said said = takeApart(option);
    Status status = checkNamed(tables, said);
    if (!status.ok())
      return status;
    if (!said.field.empty())
      status = add(sources.fields, said.data + "." + said.field, said.source);
    else if (const format::Data *data = findData(tables, said.data))
      status = addForData(sources, *data, said.source);
    else
      status = addForOnly(sources, tables, said.source);
    if (!status.ok())
      return status;
  }
  return sources;
}
