// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Json.h"

#include <set>

using namespace gan::runtime;

static constexpr int kMaxDepth = 32;

namespace {
// Sees the keys of the objects that are open while parsing.
struct KeyWatch {
  std::vector<std::set<std::string>> open;
  std::string duplicate;
  bool tooDeep = false;

  void see(int depth, Json::parse_event_t event, const Json &parsed) {
    tooDeep |= depth >= kMaxDepth;
    if (event == Json::parse_event_t::object_start)
      open.emplace_back();
    else if (event == Json::parse_event_t::object_end && !open.empty())
      open.pop_back();
    else if (event == Json::parse_event_t::key && !open.empty() &&
             !open.back().insert(*parsed.get_ptr<const std::string *>()).second)
      duplicate = *parsed.get_ptr<const std::string *>();
  }
};
} // namespace

Result<Json> gan::runtime::parseJson(std::string_view text,
                                     const std::string &where) {
  KeyWatch watch;
  Json json = Json::parse(
      text,
      [&](int depth, Json::parse_event_t event, Json &parsed) {
        watch.see(depth, event, parsed);
        return true;
      },
      /*allow_exceptions=*/false);
  if (json.is_discarded())
    return Status(Code::Damaged, "is not JSON", where);
  if (watch.tooDeep)
    return Status(Code::Damaged,
                  "is nested deeper than " + std::to_string(kMaxDepth), where);
  if (!watch.duplicate.empty())
    return Status(Code::Damaged, "has the key '" + watch.duplicate + "' twice",
                  where);
  return json;
}

std::string gan::runtime::printJson(const Json &json) {
  return json.dump(/*indent=*/-1, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace);
}

const Json *gan::runtime::findMember(const Json &object, std::string_view key) {
  if (!object.is_object())
    return nullptr;
  auto found = object.find(std::string(key));
  return found == object.end() ? nullptr : &*found;
}

static Status wrongMember(std::string_view key, const char *expected,
                          const std::string &where) {
  return Status(Code::Damaged, "'" + std::string(key) + "' is not " + expected,
                where);
}

Result<std::string> gan::runtime::textMember(const Json &object,
                                             std::string_view key,
                                             const std::string &where) {
  const Json *member = findMember(object, key);
  if (!member || !member->is_string())
    return wrongMember(key, "a text", where);
  return *member->get_ptr<const std::string *>();
}

Result<uint64_t> gan::runtime::sizeMember(const Json &object,
                                          std::string_view key,
                                          const std::string &where) {
  const Json *member = findMember(object, key);
  if (!member || !member->is_number_unsigned())
    return wrongMember(key, "a size", where);
  return member->get<uint64_t>();
}

Result<double> gan::runtime::realMember(const Json &object,
                                        std::string_view key,
                                        const std::string &where) {
  const Json *member = findMember(object, key);
  if (!member || !member->is_number())
    return wrongMember(key, "a number", where);
  return member->get<double>();
}

Result<std::vector<uint64_t>>
gan::runtime::sizesMember(const Json &object, std::string_view key,
                          const std::string &where) {
  const Json *member = findMember(object, key);
  if (!member || !member->is_array())
    return wrongMember(key, "a list of sizes", where);
  std::vector<uint64_t> sizes;
  for (const Json &size : *member) {
    if (!size.is_number_unsigned())
      return wrongMember(key, "a list of sizes", where);
    sizes.push_back(size.get<uint64_t>());
  }
  return sizes;
}
