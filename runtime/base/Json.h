// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// JSON, read and written: the one wrapper of nlohmann-json, which aborts where
// it would throw. What comes from outside passes `parseJson` and the accessors
// here, which return a Status instead.
#ifndef GAN_RUNTIME_BASE_JSON_H
#define GAN_RUNTIME_BASE_JSON_H

#include "runtime/base/Status.h"

// The same code in programs that have exceptions and in those that have not.
#define JSON_NOEXCEPTION
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime {

/// Keeps the order in which keys were put in. Building one and printing it is
/// safe; of one that was parsed only the accessors below are.
using Json = nlohmann::ordered_json;

/// Refuses what is not JSON, is nested deeper than 32, or names a key of one
/// object twice. `where` is the file, for the message.
Result<Json> parseJson(std::string_view text, const std::string &where);

/// One line. What is not UTF-8 is replaced, what is not finite becomes null.
std::string printJson(const Json &json);

/// The member `key` of an object, or null.
const Json *findMember(const Json &object, std::string_view key);
/// The member as what it has to be; the message names `key`.
Result<std::string> textMember(const Json &object, std::string_view key,
                               const std::string &where);
Result<uint64_t> sizeMember(const Json &object, std::string_view key,
                            const std::string &where);
Result<double> realMember(const Json &object, std::string_view key,
                          const std::string &where);
Result<std::vector<uint64_t>>
sizesMember(const Json &object, std::string_view key, const std::string &where);

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_JSON_H
