// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/container/EntryNames.h"

using namespace gan::runtime;

uint64_t gan::runtime::mixed(uint64_t hash, uint64_t number) {
  char bytes[16];
  for (int i = 0; i < 8; ++i) {
    bytes[i] = static_cast<char>(hash >> 8 * i);
    bytes[8 + i] = static_cast<char>(number >> 8 * i);
  }
  return fnv1a64({bytes, sizeof(bytes)});
}

// What is no printable character of ASCII as "\x0a", so that a message shows it
// and does no harm.
static std::string quoted(std::string_view name) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (char c : name.substr(0, 100)) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f)
      text += c;
    else
      text += {'\\', 'x', kDigits[byte / 16], kDigits[byte % 16]};
  }
  return text;
}

Result<std::optional<std::string>>
gan::runtime::cleanName(std::string_view name, const std::string &path) {
  auto refused = [&](const std::string &why) {
    return Status(Code::Damaged, "the entry '" + quoted(name) + "' " + why,
                  path);
  };
  if (name.size() > kMostNameBytes)
    return refused("has a name of " + std::to_string(name.size()) +
                   " bytes, at most " + std::to_string(kMostNameBytes) +
                   " are read");
  for (char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return refused("has a control character in its name");
  if (name.starts_with('/'))
    return refused("leads out of where it lies");
  std::string clean;
  bool isHidden = false;
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find('/', begin), name.size());
    std::string_view part = name.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".")
      continue;
    if (part == "..")
      return refused("leads out of where it lies");
    isHidden |= part.starts_with('.') || part == "__MACOSX";
    clean += clean.empty() ? "" : "/";
    clean += part;
  }
  return isHidden || clean.empty() ? std::nullopt
                                   : std::optional(std::move(clean));
}
