// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

using namespace gan::runtime;

static Status misused(const std::string &sentence, const std::string &option) {
  return Status(Code::Usage, sentence, option);
}

// Levenshtein's distance.
static size_t distance(const std::string &a, const std::string &b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string gan::runtime::nearestName(const std::string &word,
                                      std::span<const std::string> names) {
  std::string nearest;
  size_t least = word.size() / 3 + 2; // one letter of three, or one in all
  for (const std::string &name : names)
    if (size_t d = distance(word, name); d < least) {
      least = d;
      nearest = name;
    }
  return nearest;
}

static Status unknown(const std::string &word,
                      std::span<const OptionSpec> specs) {
  std::vector<std::string> names;
  for (const OptionSpec &spec : specs)
    names.push_back(std::string("--") + spec.name);
  std::string nearest = nearestName(word, names);
  return misused(nearest.empty() ? "there is no such option"
                                 : "there is no such option; did you mean '" +
                                       nearest + "'?",
                 word);
}

static const OptionSpec *findSpec(std::span<const OptionSpec> specs,
                                  const std::string &word) {
  for (const OptionSpec &spec : specs)
    if (word == std::string("--") + spec.name ||
        (spec.letter && word == std::string{'-', spec.letter}))
      return &spec;
  return nullptr;
}

Result<Arguments> Arguments::parse(std::span<const OptionSpec> specs,
                                   std::span<const std::string> words) {
  Arguments arguments;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string &word = words[i];
    if (word.size() < 2 || word[0] != '-')
      return misused("expected an option, found a word that belongs to none",
                     word);
    size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    std::string name = word.substr(0, equals);
    const OptionSpec *spec = findSpec(specs, name);
    if (!spec)
      return unknown(name, specs);
    std::string value;
    if (equals != std::string::npos && !*spec->value)
      return misused("this option takes no value", name);
    if (equals != std::string::npos)
      value = word.substr(equals + 1);
    else if (*spec->value && ++i < words.size())
      value = words[i];
    // Nothing, or an option where the value was forgotten.
    bool isOption = findSpec(specs, value.substr(0, value.find('=')));
    if (*spec->value && (value.empty() || isOption))
      return misused(std::string("expected ") + spec->value +
                         " behind this option, found " +
                         (isOption ? "'" + value + "'" : "nothing"),
                     name);
    std::vector<std::string> &all = arguments.values[spec->name];
    if (!all.empty() && !spec->repeats)
      return misused("this option is given twice", name);
    all.push_back(value);
  }
  return arguments;
}

std::string Arguments::text(const std::string &name,
                            const std::string &otherwise) const {
  auto found = values.find(name);
  return found == values.end() ? otherwise : found->second.back();
}

std::vector<std::string> Arguments::all(const std::string &name) const {
  auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

Result<uint64_t> Arguments::number(const std::string &name, uint64_t otherwise,
                                   uint64_t least) const {
  auto found = values.find(name);
  if (found == values.end())
    return otherwise;
  const std::string &word = found->second.back();
  uint64_t value = 0;
  std::from_chars_result end =
      std::from_chars(word.data(), word.data() + word.size(), value);
  bool isWhole = end.ptr == word.data() + word.size();
  bool isTooLarge = isWhole && end.ec == std::errc::result_out_of_range;
  if (isWhole && end.ec == std::errc() && value >= least)
    return value;
  return misused("expected a whole number of at " +
                     (isTooLarge ? "most " + std::to_string(UINT64_MAX)
                                 : "least " + std::to_string(least)) +
                     ", found '" + word + "'",
                 "--" + name);
}

// "1,2,3"; nothing where a part of it is no whole number.
static std::optional<std::vector<uint64_t>> parseList(const std::string &text) {
  std::vector<uint64_t> list;
  const char *at = text.data(), *end = at + text.size();
  for (;; ++at) {
    std::from_chars_result part = std::from_chars(at, end, list.emplace_back());
    if (part.ec != std::errc())
      return std::nullopt;
    at = part.ptr;
    if (at == end)
      return list;
    if (*at != ',')
      return std::nullopt;
  }
}

Result<std::vector<std::vector<uint64_t>>>
Arguments::numberLists(const std::string &name) const {
  std::vector<std::vector<uint64_t>> lists;
  for (const std::string &text : all(name)) {
    std::optional<std::vector<uint64_t>> list = parseList(text);
    if (!list)
      return misused("expected whole numbers with commas between them, as "
                     "1,2,3, found '" +
                         text + "'",
                     "--" + name);
    lists.push_back(std::move(*list));
  }
  return lists;
}

Result<double> Arguments::real(const std::string &name,
                               double otherwise) const {
  auto found = values.find(name);
  if (found == values.end())
    return otherwise;
  const std::string &word = found->second.back();
  double value = 0;
  std::from_chars_result end =
      std::from_chars(word.data(), word.data() + word.size(), value);
  if (end.ec == std::errc() && end.ptr == word.data() + word.size() &&
      std::isfinite(value) && value >= 0)
    return value;
  return misused("expected a number of at least 0, found '" + word + "'",
                 "--" + name);
}

std::string gan::runtime::helpText(std::span<const OptionSpec> specs) {
  constexpr size_t kColumn = 26;
  std::string text;
  for (const OptionSpec &spec : specs) {
    std::string line = "  ";
    if (spec.letter)
      line += std::string{'-', spec.letter} + ", ";
    line += std::string("--") + spec.name;
    if (*spec.value)
      line += std::string(" ") + spec.value;
    line.resize(std::max(line.size() + 2, kColumn), ' ');
    text += line + spec.help + "\n";
  }
  return text;
}
